"""Marks are gathered until somebody looks."""

from pathlib import Path

from engine.library.dirty import DirtyFolders
from engine.library.scope import Scope

ROOT = Path("/photos")


def test_what_is_marked_is_taken_once_and_only_the_first_mark_wakes() -> None:
    wakes: list[None] = []
    dirty = DirtyFolders(ROOT, lambda: wakes.append(None), clock=lambda: 5.0)
    dirty.mark_files_of(ROOT / "a")
    dirty.mark_files_of(ROOT / "a")
    dirty.mark_deep(ROOT / "b")
    assert (len(wakes), dirty.since) == (1, 5.0)
    assert dirty.take() == Scope(deep=frozenset({ROOT / "b"}), shallow=frozenset({ROOT / "a"}))
    assert dirty.take() == Scope()
    dirty.mark_files_of(ROOT)
    assert len(wakes) == 2


def test_folders_below_a_marked_one_are_not_looked_at_twice() -> None:
    dirty = DirtyFolders(ROOT, lambda: None)
    for folder in (ROOT / "a", ROOT / "a" / "b"):
        dirty.mark_deep(folder)
        dirty.mark_files_of(folder)
    assert dirty.take() == Scope(deep=frozenset({ROOT / "a"}))


def test_very_many_marks_become_one_look_at_everything() -> None:
    dirty = DirtyFolders(ROOT, lambda: None)
    for number in range(1500):
        dirty.mark_files_of(ROOT / str(number))
    assert dirty.take() == Scope(deep=frozenset({ROOT}))
