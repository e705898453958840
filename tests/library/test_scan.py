"""A scan finds the photos of a folder, and nothing else, whatever the folder is like."""

import errno
import os
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_files import Put

from engine.errors import Cancelled
from engine.library import scan as scanning
from engine.library.exclusions import is_hidden, is_in_cloud
from engine.library.scan import Root, Scan, scan_folder
from engine.library.scope import Scope


def names(scan: Scan, root: Path) -> set[str]:
    return {file.path.relative_to(root).as_posix() for file in scan.seen}


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, int], None]:
    """Make one folder fail when it is listed: as root, which tests often run as, no permission stops anybody."""

    def make(folder: Path, code: int = errno.EACCES) -> None:
        real = os.scandir

        def scandir(path: str | Path) -> object:
            if Path(path) == folder:
                raise OSError(code, os.strerror(code), str(path))
            return real(path)

        monkeypatch.setattr(scanning.os, "scandir", scandir)

    return make


def test_photos_are_found_in_all_folders_with_their_size_and_time(root: Path, put: Put) -> None:
    path = put("2019/Sweden/IMG_0042.jpg", b"12345")
    put("top.HEIC")
    put("notes.txt")
    scan = scan_folder(root)
    assert names(scan, root) == {"2019/Sweden/IMG_0042.jpg", "top.HEIC"}
    seen = next(file for file in scan.seen if file.path == path)
    assert (seen.size_bytes, seen.mtime_ns) == (5, path.stat().st_mtime_ns)
    assert scan.root is Root.FOUND
    assert scan.is_whole


@pytest.mark.parametrize(
    "name",
    [
        "._IMG_1.jpg",
        ".trashed-1700000000-IMG_1.jpg",
        ".pending-1700000000-IMG_1.jpg",
        "@eaDir/IMG_1.jpg/SYNOPHOTO_THUMB_M.jpg",
        ".thumbnails/1.jpg",
        ".Trash-1000/files/1.jpg",
        "$RECYCLE.BIN/S-1-5/1.jpg",
        "System Volume Information/1.jpg",
        ".picasaoriginals/1.jpg",
        ".dtrash/files/1.jpg",
        "Photos Library.photoslibrary/originals/0/1.heic",
        "Old.aplibrary/Masters/1.jpg",
        "Catalog Previews.lrdata/A/1.jpg",
        "Session/Shoot.cocatalog/1.jpg",
        "album.jpg/notes.txt",
    ],
)
def test_bins_caches_and_the_insides_of_photo_libraries_are_left_out(root: Path, put: Put, name: str) -> None:
    put(name)
    put("kept.jpg")
    assert names(scan_folder(root), root) == {"kept.jpg"}


def test_a_hidden_folder_that_was_chosen_itself_is_looked_at(root: Path, put: Put) -> None:
    put(".private/1.jpg")
    assert names(scan_folder(root / ".private"), root) == {".private/1.jpg"}


def test_folders_hidden_by_the_system_and_files_in_the_cloud_are_recognised() -> None:
    # Linux knows neither flag; these are the numbers of winnt.h and of macOS's sys/stat.h.
    assert is_hidden(SimpleNamespace(st_file_attributes=0x12))  # type: ignore[arg-type]
    assert is_hidden(SimpleNamespace(st_flags=0x8000))  # type: ignore[arg-type]
    assert is_in_cloud(SimpleNamespace(st_file_attributes=0x400020))  # type: ignore[arg-type]
    assert is_in_cloud(SimpleNamespace(st_flags=0x40000040))  # type: ignore[arg-type]
    assert not is_hidden(Path().stat())
    assert not is_in_cloud(Path().stat())


def test_a_photo_that_was_moved_to_icloud_waits_instead_of_being_gone(root: Path, put: Put) -> None:
    put(".IMG_7.HEIC.icloud")
    put("other.jpg")
    scan = scan_folder(root)
    assert scan.waiting == {root / "IMG_7.HEIC"}
    assert names(scan, root) == {"other.jpg"}


def test_names_that_are_not_valid_text_are_found(root: Path) -> None:
    odd = os.fsencode(root) + b"/caf\xe9.jpg"
    Path(os.fsdecode(odd)).touch()
    assert [os.fsencode(file.path) for file in scan_folder(root).seen] == [odd]


def test_reveries_own_folder_and_other_chosen_folders_are_left_out(root: Path, put: Put) -> None:
    put("Reverie/thumbnails/ab/1.jpg")
    put("Reverie 2/1.jpg")
    put("reverie/1.jpg")
    scan = scan_folder(root, left_out={root / "Reverie", root.parent, root / "not there"})
    assert names(scan, root) == {"Reverie 2/1.jpg", "reverie/1.jpg"}


def test_a_folder_that_cannot_be_listed_is_named_and_the_others_are_found(
    root: Path, put: Put, refuse: Callable[[Path], None]
) -> None:
    put("closed/1.jpg")
    put("open/1.jpg")
    refuse(root / "closed")
    scan = scan_folder(root)
    assert names(scan, root) == {"open/1.jpg"}
    assert scan.unreadable == {root / "closed"}
    assert scan.root is Root.FOUND


def test_a_folder_that_vanishes_under_way_is_simply_not_there(
    root: Path, put: Put, refuse: Callable[[Path, int], None]
) -> None:
    put("gone/1.jpg")
    put("there/1.jpg")
    refuse(root / "gone", errno.ENOENT)
    scan = scan_folder(root)
    assert names(scan, root) == {"there/1.jpg"}
    assert scan.unreadable == frozenset()


def test_a_root_that_is_missing_or_a_file_or_closed_is_missing(
    root: Path, put: Put, refuse: Callable[[Path], None]
) -> None:
    assert scan_folder(root / "nowhere").root is Root.MISSING
    assert scan_folder(put("1.jpg")).root is Root.MISSING
    refuse(root)
    assert scan_folder(root).root is Root.MISSING


def test_a_root_with_nothing_visible_in_it_is_empty(root: Path, put: Put) -> None:
    put(".Trash-1000/files/1.jpg")
    assert scan_folder(root).root is Root.EMPTY


def test_a_drive_that_is_pulled_during_a_scan_is_missing(root: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("1.jpg")
    # The mount point stays: only the number of the device tells. Nothing can be mounted in a test.
    devices = iter([1, 2])
    monkeypatch.setattr(scanning, "device_of", lambda _root: next(devices))
    assert scan_folder(root).root is Root.MISSING


def test_a_scan_can_be_stopped(root: Path, put: Put) -> None:
    put("1.jpg")
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        scan_folder(root, stop=stop)


def test_a_pipe_is_no_photo_and_does_not_block(root: Path, put: Put) -> None:
    os.mkfifo(root / "pipe.jpg")
    put("1.jpg")
    assert names(scan_folder(root), root) == {"1.jpg"}


def test_a_scope_limits_a_scan_to_a_folder_or_to_its_own_files(root: Path, put: Put) -> None:
    for name in ("1.jpg", "a/2.jpg", "a/b/3.jpg", "c/4.jpg"):
        put(name)
    deep = scan_folder(root, Scope(deep=frozenset({root / "a"})))
    shallow = scan_folder(root, Scope(shallow=frozenset({root, root / "a"})))
    assert names(deep, root) == {"a/2.jpg", "a/b/3.jpg"}
    assert names(shallow, root) == {"1.jpg", "a/2.jpg"}
    assert not deep.is_whole
    assert deep.scope.covers(root / "a/b/3.jpg")
    assert not shallow.scope.covers(root / "a/b/3.jpg")


def test_a_scope_outside_the_folder_or_in_what_is_left_out_is_not_looked_at(root: Path, put: Put) -> None:
    for name in ("a/1.jpg", "@eaDir/2.jpg", "other/3.jpg"):
        put(name)
    outside = frozenset({root.parent, root / "@eaDir", root / "other"})
    scan = scan_folder(root, Scope(deep=outside), left_out={root / "other"})
    assert scan.seen == ()
    assert scan.scope == Scope()


def test_a_scope_that_is_gone_is_still_covered_so_that_its_files_are_forgotten(root: Path, put: Put) -> None:
    put("1.jpg")
    scan = scan_folder(root, Scope(deep=frozenset({root / "gone"})))
    assert scan.scope.covers(root / "gone/1.jpg")
    assert scan.seen == ()


@pytest.mark.parametrize(("listed", "reported"), [("Café", "Café"), ("Trip", "trip")])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_folder_is_scanned_under_the_name_that_the_disk_lists(
    root: Path, put: Put, listed: str, reported: str, form: str
) -> None:
    """macOS reports events under other spellings than it lists; a file must not be found under both."""
    listed = unicodedata.normalize(form, listed)
    reported = unicodedata.normalize("NFC" if form == "NFD" else "NFD", reported)
    put(f"{listed}/1.jpg")
    scan = scan_folder(root, Scope(shallow=frozenset({root / reported})))
    assert names(scan, root) == {f"{listed}/1.jpg"}
    assert scan.scope.covers(root / listed / "1.jpg")
    assert scan.scope.covers(root / reported / "1.jpg")


def test_both_sides_of_a_rename_that_changes_only_case_find_each_photo_once(root: Path, put: Put) -> None:
    put("Trip/day/1.jpg")
    both_sides = Scope(deep=frozenset({root / "trip", root / "Trip"}), shallow=frozenset({root / "trip" / "day"}))
    scan = scan_folder(root, both_sides)
    assert [file.path for file in scan.seen] == [root / "Trip/day/1.jpg"]
    assert scan.scope.covers(root / "trip/1.jpg")
