"""Every folder that cannot be added is refused with a sentence that helps."""

import os
from pathlib import Path

import pytest
from small_files import Put

from engine.errors import FolderAlreadyAdded, FolderUnavailable
from engine.library.new_folder import check_new_folder

HOME = Path("/nowhere/reverie")


def test_a_folder_is_added_under_its_real_path(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root.parent / "link").symlink_to(root)
    monkeypatch.chdir(root.parent)
    assert check_new_folder(root.parent / "link", [], HOME) == root
    assert check_new_folder(Path("photos"), [], HOME) == root
    monkeypatch.setenv("HOME", str(root.parent))
    assert check_new_folder(Path("~/photos"), [], HOME) == root


def test_a_folder_that_is_missing_or_a_file_is_refused(root: Path, put: Put) -> None:
    with pytest.raises(FolderUnavailable, match="not there"):
        check_new_folder(root / "nowhere", [], HOME)
    with pytest.raises(FolderUnavailable, match="a file, not a folder"):
        check_new_folder(put("1.jpg"), [], HOME)


def test_a_folder_that_may_not_be_opened_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    # As root, which tests often run as, no permission stops anybody.
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(FolderUnavailable, match="no permission"):
        check_new_folder(root, [], HOME)


def test_reveries_own_folder_is_refused_and_a_folder_around_it_is_not(root: Path) -> None:
    home = root / "app" / "Reverie"
    (home / "thumbnails").mkdir(parents=True)
    for own in (home, home / "thumbnails"):
        with pytest.raises(FolderUnavailable, match="its own files"):
            check_new_folder(own, [], home)
    assert check_new_folder(root, [], home) == root


def test_a_folder_that_is_in_the_library_already_is_refused(root: Path) -> None:
    (root / "2019").mkdir()
    with pytest.raises(FolderAlreadyAdded, match="in your library already\\. "):
        check_new_folder(root, [root], HOME)
    with pytest.raises(FolderAlreadyAdded, match=f"part of {root}"):
        check_new_folder(root / "2019", [root.parent / "other", root], HOME)


def test_another_name_of_a_chosen_folder_is_refused_too(root: Path) -> None:
    """On a disk that ignores case, `Photos` and `photos` are one folder with two names; here a link has to do."""
    (root / "2019").mkdir()
    (root.parent / "PHOTOS").symlink_to(root)
    with pytest.raises(FolderUnavailable, match="already"):
        check_new_folder(root / "2019", [root.parent / "PHOTOS"], HOME)


def test_a_folder_around_a_chosen_one_is_accepted_even_while_that_is_offline(root: Path) -> None:
    assert check_new_folder(root, [root / "unplugged"], HOME) == root
