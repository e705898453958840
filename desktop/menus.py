"""The menu bar: everything that can be done, with its keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.grid.painted import USUAL_SIZE

if TYPE_CHECKING:
    from desktop.library_view import LibraryView
    from desktop.window import MainWindow

_Keys = QKeySequence.StandardKey


def build_menus(window: "MainWindow", view: "LibraryView") -> None:
    """Fill the menu bar of a window that shows a library."""
    bar = window.menuBar()
    bar.clear()
    library = bar.addMenu(window.tr("&Library"))
    _add(library, window.tr("&Add a folder…"), window.pick_folder, "Ctrl+O")
    _add(library, window.tr("&Look through all folders again"), window.rescan, _Keys.Refresh)
    _add(library, window.tr("What could &not be read"), view.show_problems)
    library.addSeparator()
    _add(library, window.tr("&Settings…"), window.show_settings, "Ctrl+,").setMenuRole(QAction.MenuRole.PreferencesRole)
    _add(library, window.tr("&Quit"), window.close, _Keys.Quit).setMenuRole(QAction.MenuRole.QuitRole)
    _add_search(bar.addMenu(window.tr("&Search")), view)
    bar.addMenu(view.search.actions_on_photos.menu)
    _add_undo(view.search.actions_on_photos.menu, view)
    _add_view(bar.addMenu(window.tr("&View")), view)


def _add_search(menu: QMenu, view: "LibraryView") -> None:
    _add(menu, menu.tr("&Describe a photo"), view.start_search, _Keys.Find, "/")
    _add(menu, menu.tr("&Forget what I searched for"), view.search.field.history.clear)


def _add_undo(menu: QMenu, view: "LibraryView") -> None:
    menu.addSeparator()
    undo = _add(menu, menu.tr("&Undo"), view.search.undo, _Keys.Undo)
    undo.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # texts have the same keys
    view.search.addAction(undo)


def _add_view(menu: QMenu, view: "LibraryView") -> None:
    grid = view.search.grid
    for action in (
        _add(menu, menu.tr("&Larger photos"), lambda: grid.set_size(grid.photo_size + 1), "Ctrl++", "Ctrl+="),
        _add(menu, menu.tr("&Smaller photos"), lambda: grid.set_size(grid.photo_size - 1), "Ctrl+-"),
        _add(menu, menu.tr("&Usual size"), lambda: grid.set_size(USUAL_SIZE), "Ctrl+0"),
    ):
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # the viewer has the same keys
        view.search.addAction(action)
    menu.addSeparator()
    _add_column(menu, menu.tr("S&idebar"), view.sidebar, view.toggle_sidebar, "Ctrl+B")
    _add_column(menu, menu.tr("&Details"), view.details, view.toggle_details, "Ctrl+I")
    plain_key = QAction(grid)  # the viewer has it too
    plain_key.setShortcut("I")
    plain_key.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    plain_key.triggered.connect(view.toggle_details)
    grid.addAction(plain_key)


def _add_column(menu: QMenu, label: str, column: QWidget, toggle: Callable[[], object], keys: str) -> None:
    action = _add(menu, label, toggle, keys)
    action.setCheckable(True)
    menu.aboutToShow.connect(lambda: action.setChecked(column.isVisible()))


def _add(menu: QMenu, label: str, do: Callable[[], object], *keys: str | QKeySequence.StandardKey) -> QAction:
    action = QAction(label, menu)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda _checked: do())
    menu.addAction(action)
    return action
