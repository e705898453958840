"""Symbolic links lead to photos elsewhere, but never in circles and never twice to the same one."""

from pathlib import Path

import pytest
from small_files import Put

from engine.library.scan import Scan, scan_folder
from engine.library.scope import Scope


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "drive"
    (folder / "album").mkdir(parents=True)
    (folder / "a.jpg").write_bytes(b"a")
    (folder / "album" / "b.jpg").write_bytes(b"b")
    return folder


def names(scan: Scan, root: Path) -> list[str]:
    return sorted(file.path.relative_to(root).as_posix() for file in scan.seen)


def link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def test_links_to_folders_and_files_elsewhere_are_followed(root: Path, put: Put, outside: Path) -> None:
    put("1.jpg")
    link(root / "drive", outside / "album")
    link(root / "best.jpg", outside / "a.jpg")
    scan = scan_folder(root)
    assert names(scan, root) == ["1.jpg", "best.jpg", "drive/b.jpg"]
    assert scan.has_links
    assert scan.unfollowed == frozenset()


def test_links_that_lead_back_or_upwards_end_no_scan_in_a_circle(root: Path, put: Put, outside: Path) -> None:
    put("a/1.jpg")
    link(root / "a" / "self", root / "a")
    link(root / "a" / "top", root)
    link(root / "up", root.parent)
    link(root / "everything", Path("/"))
    link(root / "ring", root / "ring")
    link(root / "drive", outside)
    link(outside / "album" / "back", outside)
    link(outside / "album" / "home", root)
    scan = scan_folder(root)
    assert names(scan, root) == ["a/1.jpg", "drive/a.jpg", "drive/album/b.jpg"]


def test_no_photo_is_found_twice_through_links(root: Path, put: Put, outside: Path) -> None:
    put("a/1.jpg")
    link(root / "again", root / "a")
    link(root / "favourite.jpg", root / "a" / "1.jpg")
    link(root / "link1", outside)
    link(root / "link2", outside)
    link(root / "link3", outside / "album")
    link(root / "0 first.jpg", outside / "album" / "b.jpg")
    link(root / "copy.jpg", outside / "a.jpg")
    scan = scan_folder(root)
    assert len(scan.seen) == len({file.path.resolve() for file in scan.seen}) == 3


def test_a_link_into_a_hidden_store_in_the_same_folder_is_followed(root: Path, put: Put) -> None:
    """git-annex keeps each photo so."""
    stored = put(".git/annex/objects/xx/SHA256-1234.jpg")
    link(root / "2019" / "IMG_1.jpg", stored)
    assert names(scan_folder(root), root) == ["2019/IMG_1.jpg"]


def test_links_into_other_chosen_folders_are_left_to_those(root: Path, put: Put, outside: Path) -> None:
    put("1.jpg")
    link(root / "drive", outside / "album")
    assert names(scan_folder(root, left_out={outside}), root) == ["1.jpg"]


def test_a_link_to_nowhere_is_remembered_for_the_drive_may_come_back(root: Path, put: Put, outside: Path) -> None:
    put("1.jpg")
    link(root / "drive", outside)
    outside.rename(outside.with_name("unplugged"))
    assert scan_folder(root).unfollowed == {root / "drive"}


def test_a_scan_of_a_part_follows_no_links(root: Path, put: Put, outside: Path) -> None:
    put("1.jpg")
    link(root / "drive", outside)
    scan = scan_folder(root, Scope(shallow=frozenset({root})))
    assert names(scan, root) == ["1.jpg"]
    assert scan.unfollowed == {root / "drive"}
