"""The column on the left."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QMessageBox, QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.library.entries import Section, list_entries
from desktop.library.folder_menu import FolderMenu
from desktop.library.selection import Selection, Special
from desktop.library.sidebar import Sidebar
from engine.api import Country, Engine, Facet, Facets, Filters, Folder, FolderState, PhotoKind, Progress

FACETS = Facets(
    total=12_431,
    recent=40,
    duplicates=3,
    excluded=0,
    years=(Facet("2024", 7000), Facet("2019", 5431)),
    countries=(Country("France", 900, (Facet("Paris", 700), Facet("Nice", 200))),),
    cameras=(Facet("Canon EOS R6", 5000),),
    kinds=(Facet("burst", 30), Facet("selfie", 12)),
)


def folder(number: int, name: str, state: FolderState = FolderState.ONLINE) -> Folder:
    return Folder(number, Path("/photos") / name, state, on_network=False, scanned_at="2026-01-01T00:00:00")


def test_everything_the_library_can_be_looked_through_by_is_listed() -> None:
    listed = list_entries(FACETS, [folder(1, "Trips")], frozenset(), failures=2)
    assert list(listed) == list(Section)
    assert [entry.selection for entry in listed[Section.YEARS]] == [
        Selection("2024", Filters(date_from=date(2024, 1, 1), date_to=date(2024, 12, 31))),
        Selection("2019", Filters(date_from=date(2019, 1, 1), date_to=date(2019, 12, 31))),
    ]
    assert [(entry.label, entry.count, entry.selection) for entry in listed[Section.KINDS]] == [
        ("Bursts", 30, Selection("Bursts", Filters(kinds=frozenset({PhotoKind.BURST})))),
        ("Selfies", 12, Selection("Selfies", Filters(kinds=frozenset({PhotoKind.SELFIE})))),
    ]
    france = listed[Section.PLACES][0]
    assert [city.selection for city in france.children] == [
        Selection("Paris", Filters(places=frozenset({"Paris"}))),
        Selection("Nice", Filters(places=frozenset({"Nice"}))),
    ]
    assert [(entry.label, entry.count) for entry in listed[Section.ODDITIES]] == [
        ("Duplicates", 3),
        ("Could not be read", 2),
    ]


@pytest.mark.parametrize(
    ("state", "scanned", "note", "says"),
    [
        (FolderState.OFFLINE, False, "offline", "Offline"),
        (FolderState.ONLINE, True, "looking…", "Looking for new photos"),
        (FolderState.ONLINE, False, "", "Watched"),
    ],
)
def test_a_folder_says_whether_it_is_watched_offline_or_looked_at(
    state: FolderState, scanned: bool, note: str, says: str
) -> None:
    listed = list_entries(FACETS, [folder(1, "Trips", state)], {1} if scanned else set(), failures=0)
    assert listed[Section.FOLDERS][0].note == note
    assert says in listed[Section.FOLDERS][0].hint


@pytest.fixture
def sidebar(qtbot: QtBot, background: Background, own_library: Engine) -> Sidebar:
    sidebar = Sidebar(own_library, background)
    qtbot.addWidget(sidebar)
    sidebar.resize(260, 600)
    sidebar.show()
    sidebar.refresh(own_library.progress())
    qtbot.waitUntil(lambda: line(sidebar, "All photos") is not None)
    return sidebar


def tree(sidebar: Sidebar) -> QTreeWidget:
    found = sidebar.findChild(QTreeWidget)
    assert isinstance(found, QTreeWidget)
    return found


def line(sidebar: Sidebar, label: str) -> QTreeWidgetItem | None:
    found = tree(sidebar).findItems(label, Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive)
    return found[0] if found else None


def click(qtbot: QtBot, sidebar: Sidebar, label: str) -> None:
    item = line(sidebar, label)
    assert item
    centre = tree(sidebar).visualItemRect(item).center()
    qtbot.mouseClick(tree(sidebar).viewport(), Qt.MouseButton.LeftButton, pos=centre)


def test_a_click_chooses_once_and_a_second_click_chooses_again(qtbot: QtBot, sidebar: Sidebar) -> None:
    chosen = QSignalSpy(sidebar.chosen)
    click(qtbot, sidebar, "Recently added")
    assert [chosen.at(row)[0].special for row in range(chosen.count())] == [Special.RECENT]
    click(qtbot, sidebar, "Recently added")
    assert chosen.count() == 2
    sidebar.clear_choice()
    click(qtbot, sidebar, "Recently added")
    assert chosen.count() == 3


def test_arrow_keys_choose_too(qtbot: QtBot, sidebar: Sidebar) -> None:
    click(qtbot, sidebar, "All photos")
    with qtbot.waitSignal(sidebar.chosen) as chosen:
        qtbot.keyClick(tree(sidebar), Qt.Key.Key_Down)
    assert chosen.args[0].title == "Recently added"


def test_a_folder_lists_its_photos(qtbot: QtBot, sidebar: Sidebar, own_library: Engine) -> None:
    with qtbot.waitSignal(sidebar.chosen) as chosen:
        click(qtbot, sidebar, "Pictures")
    assert len(own_library.list_photos(chosen.args[0].filters)) == 6


def test_refreshing_keeps_what_is_chosen_and_chooses_nothing_anew(qtbot: QtBot, sidebar: Sidebar) -> None:
    click(qtbot, sidebar, "All photos")
    chosen = QSignalSpy(sidebar.chosen)
    sidebar.refresh(Progress(files_failed=3))
    qtbot.waitUntil(lambda: line(sidebar, "Could not be read") is not None)
    assert tree(sidebar).currentItem().text(0) == "All photos"
    assert chosen.count() == 0


def test_could_not_be_read_leads_to_the_problems(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.refresh(Progress(files_failed=3))
    qtbot.waitUntil(lambda: line(sidebar, "Could not be read") is not None)
    with qtbot.waitSignal(sidebar.problems_asked):
        click(qtbot, sidebar, "Could not be read")


def test_removing_a_folder_asks_first_and_says_that_photos_stay(
    qtbot: QtBot, sidebar: Sidebar, own_library: Engine
) -> None:
    menu = sidebar.findChild(FolderMenu)
    assert isinstance(menu, FolderMenu)
    chosen = own_library.folders()[0]
    menu.choose(chosen)
    menu.remove.trigger()
    question = sidebar.findChild(QMessageBox)
    assert isinstance(question, QMessageBox)
    assert "untouched" in question.informativeText()
    assert [folder.path for folder in own_library.folders()] == [chosen.path]
    yes = next(button for button in question.buttons() if button.text() == "Remove")
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: line(sidebar, "Pictures") is None)
    assert own_library.folders() == []
    assert chosen.path.is_dir()
