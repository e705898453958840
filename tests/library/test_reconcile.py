"""The catalog follows the disk, and forgets nothing that may come back."""

import os
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from small_files import Put
from sqlite_utils import Database

from engine.catalog import captions, files, folders, photos
from engine.catalog.connection import transaction
from engine.catalog.folders import FolderState
from engine.library.reconcile import Changes, reconcile
from engine.library.scan import Root, Scan, scan_folder
from engine.library.scope import Scope

ONLINE, OFFLINE = FolderState.ONLINE, FolderState.OFFLINE


@pytest.fixture
def folder_id(db: Database, root: Path) -> int:
    with transaction(db):
        return folders.add_folder(db, root).folder_id


def follow(db: Database, folder_id: int, scan: Scan) -> Changes:
    with transaction(db):
        return reconcile(db, folder_id, scan)


def known(db: Database, root: Path) -> set[str]:
    rows = db.execute("SELECT path FROM files").fetchall()
    return {Path(os.fsdecode(path)).relative_to(root).as_posix() for (path,) in rows}


def state(db: Database) -> FolderState:
    return folders.list_folders(db)[0].state


def read_all(db: Database) -> None:
    """Do the indexer's part: tell each pending file's photo by its content."""
    facts = {"format": "JPEG", "width_px": 1, "height_px": 1}
    for file in files.claim_files(db, 100):
        fingerprint, status = file.path.read_bytes().hex(), file.path.stat()
        with transaction(db):
            photo_id = photos.find_photo(db, fingerprint) or photos.add_photo(db, fingerprint, facts)
            files.link_file(db, file.file_id, photo_id, status.st_size, status.st_mtime_ns)


def photo_of(db: Database, path: Path) -> int | None:
    row = db.execute("SELECT photo_id FROM files WHERE path = ?", [os.fsencode(path)]).fetchone()
    return row[0] if row else None


def test_new_changed_and_gone_files_are_counted_and_recorded(
    db: Database, root: Path, put: Put, folder_id: int
) -> None:
    for name in ("kept.jpg", "edited.jpg", "a/gone.jpg"):
        put(name)
    assert follow(db, folder_id, scan_folder(root)) == Changes(ONLINE, added=3)
    read_all(db)
    put("edited.jpg", b"other", age_s=60)
    put("new.jpg")
    (root / "a" / "gone.jpg").unlink()
    assert follow(db, folder_id, scan_folder(root)) == Changes(ONLINE, added=1, changed=1, gone=1)
    assert known(db, root) == {"kept.jpg", "edited.jpg", "new.jpg"}
    assert {file.path.name for file in files.claim_files(db, 10)} == {"edited.jpg", "new.jpg"}
    assert folders.list_folders(db)[0].scanned_at is not None


def test_nothing_is_done_twice(db: Database, root: Path, put: Put, folder_id: int) -> None:
    put("1.jpg")
    follow(db, folder_id, scan_folder(root))
    read_all(db)
    assert follow(db, folder_id, scan_folder(root)) == Changes(ONLINE)
    assert files.claim_files(db, 10) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a/1.jpg", "a/renamed.jpg"),
        ("a/1.jpg", "b/1.jpg"),
        ("a/1.jpg", "a/1.JPG"),
        ("a/1.jpg", "A/1.jpg"),
        (unicodedata.normalize("NFC", "Café/ü.jpg"), unicodedata.normalize("NFD", "Café/ü.jpg")),
    ],
)
def test_a_photo_that_is_moved_or_renamed_stays_the_same_photo(
    db: Database, root: Path, put: Put, folder_id: int, before: str, after: str
) -> None:
    put(before)
    follow(db, folder_id, scan_folder(root))
    read_all(db)
    photo_id = photo_of(db, root / before)
    assert photo_id is not None
    with transaction(db):
        captions.edit_caption(db, photo_id, "Grandma")
    (root / after).parent.mkdir(exist_ok=True)
    (root / before).rename(root / after)
    assert follow(db, folder_id, scan_folder(root)) == Changes(ONLINE, added=1, gone=1)
    read_all(db)
    assert known(db, root) == {after}
    assert photo_of(db, root / after) == photo_id
    caption = captions.read_caption(db, photo_id)
    assert caption is not None
    assert caption.text == "Grandma"


def test_a_renamed_folder_takes_its_photos_along(db: Database, root: Path, put: Put, folder_id: int) -> None:
    for number in range(3):
        put(f"trip/day/{number}.jpg", str(number).encode())
    follow(db, folder_id, scan_folder(root))
    read_all(db)
    before = {photo_of(db, root / f"trip/day/{number}.jpg") for number in range(3)}
    (root / "trip").rename(root / "Sweden")
    scope = Scope(deep=frozenset({root / "trip", root / "Sweden"}))
    assert follow(db, folder_id, scan_folder(root, scope)) == Changes(ONLINE, added=3, gone=3)
    read_all(db)
    assert {photo_of(db, root / f"Sweden/day/{number}.jpg") for number in range(3)} == before


def test_a_duplicate_is_a_second_file_of_one_photo(db: Database, root: Path, put: Put, folder_id: int) -> None:
    first, second = put("1.jpg"), put("copy of 1.jpg")
    follow(db, folder_id, scan_folder(root))
    read_all(db)
    assert photo_of(db, first) == photo_of(db, second)
    first.unlink()
    follow(db, folder_id, scan_folder(root))
    assert photo_of(db, second) is not None


def test_a_missing_root_is_offline_and_back_online_with_everything_in_place(
    db: Database, root: Path, put: Put, folder_id: int
) -> None:
    put("1.jpg")
    follow(db, folder_id, scan_folder(root))
    read_all(db)
    root.rename(root.with_name("unplugged"))
    assert follow(db, folder_id, scan_folder(root)) == Changes(OFFLINE)
    assert (state(db), known(db, root)) == (OFFLINE, {"1.jpg"})
    root.with_name("unplugged").rename(root)
    assert follow(db, folder_id, scan_folder(root)) == Changes(ONLINE)
    assert state(db) is ONLINE
    assert files.claim_files(db, 10) == []


@pytest.mark.parametrize("scope", [None, "a"])
def test_a_root_that_is_suddenly_empty_is_an_unplugged_drive(
    db: Database, root: Path, put: Put, folder_id: int, scope: str | None
) -> None:
    put("a/1.jpg")
    follow(db, folder_id, scan_folder(root))
    (root / "a").rename(root.parent / "unplugged")
    part = Scope(deep=frozenset({root / scope})) if scope else None
    assert follow(db, folder_id, scan_folder(root, part)) == Changes(OFFLINE)
    assert known(db, root) == {"a/1.jpg"}


def test_an_empty_folder_that_never_held_a_photo_is_online(db: Database, root: Path, folder_id: int) -> None:
    assert follow(db, folder_id, scan_folder(root)) == Changes(ONLINE)


def test_the_last_photo_of_a_folder_that_holds_other_things_is_gone(
    db: Database, root: Path, put: Put, folder_id: int
) -> None:
    path = put("1.jpg")
    put("letter.txt")
    follow(db, folder_id, scan_folder(root))
    path.unlink()
    assert follow(db, folder_id, scan_folder(root)) == Changes(ONLINE, gone=1)


def test_what_nobody_could_look_at_is_not_forgotten(db: Database, root: Path, put: Put, folder_id: int) -> None:
    for name in ("1.jpg", "closed/deep/2.jpg", "closed elsewhere/3.jpg", "link/4.jpg", "written.jpg"):
        put(name)
    follow(db, folder_id, scan_folder(root))
    seen = tuple(file for file in scan_folder(root).seen if file.path.name == "1.jpg")
    half = replace(
        scan_folder(root),
        seen=seen,
        unreadable=frozenset({root / "closed"}),
        unfollowed=frozenset({root / "link"}),
        waiting=frozenset({root / "written.jpg"}),
    )
    assert follow(db, folder_id, half) == Changes(ONLINE, gone=1)
    assert known(db, root) == {"1.jpg", "closed/deep/2.jpg", "link/4.jpg", "written.jpg"}


def test_a_part_that_is_scanned_says_nothing_about_the_rest(db: Database, root: Path, put: Put, folder_id: int) -> None:
    for name in ("1.jpg", "a/2.jpg", "a/b/3.jpg", "a b/4.jpg", "a0/5.jpg"):
        put(name)
    follow(db, folder_id, scan_folder(root))
    for name in ("1.jpg", "a/2.jpg", "a/b/3.jpg"):
        (root / name).unlink()
    assert follow(db, folder_id, scan_folder(root, Scope(shallow=frozenset({root / "a"})))).gone == 1
    assert known(db, root) == {"1.jpg", "a/b/3.jpg", "a b/4.jpg", "a0/5.jpg"}
    assert follow(db, folder_id, scan_folder(root, Scope(deep=frozenset({root / "a"})))).gone == 1
    assert known(db, root) == {"1.jpg", "a b/4.jpg", "a0/5.jpg"}


def test_names_that_are_not_valid_text_are_followed(db: Database, root: Path, folder_id: int) -> None:
    odd = Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9"))
    odd.mkdir()
    (odd / "1.jpg").write_bytes(b"1")
    assert follow(db, folder_id, scan_folder(root)).added == 1
    read_all(db)
    assert follow(db, folder_id, scan_folder(root)) == Changes(ONLINE)
    (odd / "1.jpg").unlink()
    assert follow(db, folder_id, scan_folder(root, Scope(shallow=frozenset({odd})))).gone == 1


def test_an_inner_chosen_folder_keeps_its_files_and_an_outer_one_takes_them_over_once_it_is_removed(
    db: Database, root: Path, put: Put, folder_id: int
) -> None:
    put("inner/1.jpg")
    put("2.jpg")
    with transaction(db):
        inner = folders.add_folder(db, root / "inner")
    follow(db, inner.folder_id, scan_folder(inner.path, left_out={root}))
    assert follow(db, folder_id, scan_folder(root, left_out={inner.path})).added == 1
    owners = dict(db.execute("SELECT path, folder_id FROM files").fetchall())
    assert owners == {os.fsencode(root / "inner/1.jpg"): inner.folder_id, os.fsencode(root / "2.jpg"): folder_id}
    with transaction(db):
        folders.remove_folder(db, inner.folder_id)
    assert follow(db, folder_id, scan_folder(root)).added == 1


def test_a_scan_of_a_folder_that_was_removed_meanwhile_changes_nothing(
    db: Database, root: Path, put: Put, folder_id: int
) -> None:
    put("1.jpg")
    scan = scan_folder(root)
    with transaction(db):
        folders.remove_folder(db, folder_id)
    assert follow(db, folder_id, scan).added == 0
    assert known(db, root) == set()


def test_a_scan_that_lost_its_drive_under_way_forgets_nothing(
    db: Database, root: Path, put: Put, folder_id: int
) -> None:
    put("1.jpg")
    follow(db, folder_id, scan_folder(root))
    lost = replace(scan_folder(root), root=Root.MISSING, seen=())
    assert follow(db, folder_id, lost) == Changes(OFFLINE)
    assert known(db, root) == {"1.jpg"}


def test_what_could_not_be_read_is_tried_again_when_its_drive_comes_back(
    db: Database, root: Path, put: Put, folder_id: int
) -> None:
    put("1.jpg")
    follow(db, folder_id, scan_folder(root))
    (file,) = files.claim_files(db, 1)
    files.fail_file(db, file.file_id, "Can't read this photo: the drive does not answer.", "")
    follow(db, folder_id, scan_folder(root))
    assert files.claim_files(db, 1) == []
    follow(db, folder_id, Scan(Root.MISSING, Scope()))
    follow(db, folder_id, scan_folder(root))
    assert files.claim_files(db, 1) == [file]
