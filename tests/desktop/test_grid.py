"""The grid, on real photos."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPixmap, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.grid.dragged import dragged_picture
from desktop.grid.layout import Section
from desktop.grid.painted import SIZES_PX
from desktop.grid.photos import PhotoModel, PhotoRole
from desktop.grid.thumbnails import Thumbnails, read_square
from desktop.grid.view import GridView
from engine.api import Engine

CTRL, SHIFT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier(0)
SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect


@pytest.fixture
def grid(qtbot: QtBot, library: Engine, background: Background) -> Iterator[GridView]:
    """All six photos, four in the first section and two in the second, three beside each other."""
    thumbnails = Thumbnails(library.thumbnail)
    view = GridView(PhotoModel(library, background), thumbnails)
    qtbot.addWidget(view)
    view.resize(QSize(600, 500))
    view.show_photos(library.list_photos(), {}, [Section("June", 4), Section("May", 2)])
    view.show()
    view.setFocus()
    yield view
    thumbnails.close()


def current(grid: GridView) -> int:
    return grid.currentIndex().row()


def test_the_keys_go_where_the_eye_goes(qtbot: QtBot, grid: GridView) -> None:
    grid.setCurrentIndex(grid.model().index(0))
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_End):
        qtbot.keyClick(grid, key)
        seen.append(current(grid))
    assert seen == [1, 3, 4, 3, 2, 5]
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    assert current(grid) == 0
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert current(grid) == 4


def test_shift_selects_everything_between_and_control_single_photos(qtbot: QtBot, grid: GridView) -> None:
    ids = grid.model().photo_ids.tolist()
    grid.setCurrentIndex(grid.model().index(1))
    qtbot.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    assert grid.selected_ids() == ids[1:5]
    for row, modifier in ((0, NONE), (5, CTRL)):
        place = grid.visualRect(grid.model().index(row)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)
    assert grid.selected_ids() == [ids[0], ids[5]]
    qtbot.keyClick(grid, Qt.Key.Key_A, CTRL)
    assert grid.selected_ids() == ids


def test_the_keyboard_selects_ranges_single_photos_and_only_one_again(qtbot: QtBot, grid: GridView) -> None:
    ids = grid.model().photo_ids.tolist()
    peeked = QSignalSpy(grid.peeked)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right):
        qtbot.keyClick(grid, key)
    qtbot.keyClick(grid, Qt.Key.Key_End, SHIFT)
    assert grid.selected_ids() == ids[1:]
    qtbot.keyClick(grid, Qt.Key.Key_Home, SHIFT)
    assert grid.selected_ids() == ids[:2]
    qtbot.keyClick(grid, Qt.Key.Key_PageDown, SHIFT)
    assert grid.selected_ids() == ids[1:5]
    qtbot.keyClick(grid, Qt.Key.Key_Right, CTRL)
    qtbot.keyClick(grid, Qt.Key.Key_Space, CTRL)
    assert grid.selected_ids() == ids[1:]
    assert peeked.count() == 0
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.selected_ids() == [ids[5]]


def test_escape_and_up_from_the_first_line_lead_out(qtbot: QtBot, grid: GridView) -> None:
    left = QSignalSpy(grid.left)
    grid.setCurrentIndex(grid.model().index(4))
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    assert left.count() == 0
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert left.count() == 2


def test_shift_and_a_click_select_everything_between(qtbot: QtBot, grid: GridView) -> None:
    for row, modifier in ((1, NONE), (4, SHIFT)):
        place = grid.visualRect(grid.model().index(row)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)
    assert grid.selected_ids() == grid.model().photo_ids.tolist()[1:5]


def test_the_wheel_with_control_changes_the_size_a_step_a_notch(grid: GridView) -> None:
    size = grid.photo_size
    seen = []
    for delta in (120, 40, 40, 40, 0, -120):
        turn_wheel(grid, delta)
        seen.append(grid.photo_size - size)
    assert seen == [1, 1, 1, 2, 2, 1]


def turn_wheel(grid: GridView, delta: int) -> None:
    place = QPointF(50, 50)
    event = QWheelEvent(
        place, place, QPoint(), QPoint(0, delta), Qt.MouseButton(0), CTRL, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(grid.viewport(), event)


def test_no_thumbnail_is_read_again_while_sizes_change(qtbot: QtBot, grid: GridView, library: Engine) -> None:
    model = grid.model()
    qtbot.waitUntil(lambda: grid.thumbnail(0) is not None)
    before = grid.thumbnail(0).width()
    for size in (3, 4, 5):
        grid.set_size(size)
        grid.viewport().repaint()
        assert grid.thumbnail(0).width() == before
    wanted = round(grid.visualRect(model.index(0)).width() * grid.devicePixelRatioF()) - 12
    qtbot.waitUntil(lambda: abs(grid.thumbnail(0).width() - wanted) <= 1)


def test_what_is_dragged_is_seen_and_counted(grid: GridView) -> None:
    blue = QPixmap(50, 50)
    blue.fill(QColor("blue"))
    one, many = (dragged_picture(blue, count, grid).toImage() for count in (1, 250))
    middle, corner = one.rect().center(), one.rect().topRight() + QPoint(-8, 8)
    assert one.pixelColor(middle) == many.pixelColor(middle) == QColor("blue")
    assert one.pixelColor(corner) == QColor("blue") != many.pixelColor(corner)


def test_the_caption_is_shown_under_the_pointer_and_the_keyboard(qtbot: QtBot, grid: GridView) -> None:
    grid.set_captions_below(False)
    qtbot.waitUntil(lambda: grid.thumbnail(0) is not None and grid.thumbnail(1) is not None)
    grid.clearFocus()
    plain = cell_picture(grid, 1)
    grid.setFocus()
    grid.selectionModel().setCurrentIndex(grid.model().index(1), QItemSelectionModel.SelectionFlag.NoUpdate)
    assert cell_picture(grid, 1) != plain
    grid.clearFocus()
    assert cell_picture(grid, 1) == plain
    qtbot.mouseMove(grid.viewport(), grid.visualRect(grid.model().index(1)).center())
    qtbot.waitUntil(lambda: cell_picture(grid, 1) != plain)


def cell_picture(grid: GridView, row: int) -> QImage:
    """Return the lower part of a cell, where a caption may be."""
    cell = grid.visualRect(grid.model().index(row))
    return grid.viewport().grab(cell.adjusted(20, cell.height() - 40, -20, -20)).toImage()


def test_enter_opens_and_space_peeks(qtbot: QtBot, grid: GridView) -> None:
    opened, peeked = QSignalSpy(grid.opened), QSignalSpy(grid.peeked)
    grid.setCurrentIndex(grid.model().index(2))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert (opened.at(0), peeked.at(0)) == ([2], [2])


def test_a_double_click_opens(qtbot: QtBot, grid: GridView) -> None:
    opened = QSignalSpy(grid.opened)
    place = grid.visualRect(grid.model().index(1)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert opened.count() == 1
    assert opened.at(0) == [1]


def test_photos_are_drawn_when_their_thumbnails_arrive(qtbot: QtBot, grid: GridView) -> None:
    place = grid.visualRect(grid.model().index(0)).center()
    background = grid.palette().color(grid.palette().ColorRole.AlternateBase)

    def is_drawn() -> bool:
        return QColor(grid.viewport().grab().toImage().pixel(place)) != background

    qtbot.waitUntil(is_drawn)


def test_the_photo_in_the_middle_stays_in_sight_when_sizes_change(qtbot: QtBot, grid: GridView) -> None:
    for size in range(len(SIZES_PX)):
        grid.set_size(size)
    assert grid.photo_size == len(SIZES_PX) - 1
    grid.scrollTo(grid.model().index(3), GridView.ScrollHint.PositionAtCenter)
    before = grid.indexAt(grid.viewport().rect().center()).row()
    grid.set_size(len(SIZES_PX) - 2)
    assert grid.visualRect(grid.model().index(before)).intersects(grid.viewport().rect())


def test_showing_the_same_photos_again_keeps_place_and_selection(qtbot: QtBot, grid: GridView, library: Engine) -> None:
    ids = library.list_photos()
    grid.set_size(len(SIZES_PX) - 1)
    grid.setCurrentIndex(grid.model().index(4))
    offset, selected = grid.verticalOffset(), grid.selected_ids()
    assert offset > 0
    grid.show_photos(ids[1:], {}, [Section("June", 5)], stay=True)
    assert (current(grid), grid.selected_ids()) == (3, selected)
    assert grid.verticalOffset() == min(offset, grid.verticalScrollBar().maximum())


def test_the_keyboard_goes_on_where_a_photo_has_gone(grid: GridView, library: Engine) -> None:
    ids = library.list_photos()
    for gone, place in ((2, 2), (4, 3)):
        grid.show_photos(ids, {}, [Section("June", 6)])
        grid.selectionModel().setCurrentIndex(
            grid.model().index(gone), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        left = np.delete(ids, gone)[: place + 1]
        grid.show_photos(left, {}, [Section("June", len(left))], stay=True)
        assert (current(grid), grid.selected_ids()) == (place, [int(left[place])])


def test_a_menu_is_wanted_only_where_a_photo_is(grid: GridView) -> None:
    asked = QSignalSpy(grid.menu_asked)
    photo = grid.visualRect(grid.model().index(1)).center()
    for point in (QPoint(5, 5), photo):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, grid.viewport().mapToGlobal(point))
        QApplication.sendEvent(grid.viewport(), event)
    assert asked.count() == 1
    assert asked.at(0) == [photo]


def test_shift_and_f10_ask_for_the_menu_where_the_keyboard_is(qtbot: QtBot, grid: GridView) -> None:
    asked = QSignalSpy(grid.menu_asked)
    qtbot.keyClick(grid, Qt.Key.Key_End)
    grid.verticalScrollBar().setValue(0)
    qtbot.keyClick(grid, Qt.Key.Key_F10, SHIFT)
    place = grid.visualRect(grid.model().index(5)).center()
    assert asked.at(0) == [place]
    assert grid.viewport().rect().contains(place)


def test_a_screen_reader_hears_the_caption(qtbot: QtBot, grid: GridView) -> None:
    model = grid.model()
    index = model.index(1)
    qtbot.waitUntil(lambda: model.data(index, PhotoRole.PHOTO) is not None)
    caption = model.data(index, PhotoRole.PHOTO).caption
    assert caption
    assert str(model.data(index, Qt.ItemDataRole.AccessibleTextRole)).startswith(caption)


def test_a_photo_of_several_files_is_one_stack_with_their_number(qtbot: QtBot, grid: GridView, library: Engine) -> None:
    ids = library.list_photos()
    (photo,) = library.describe_photos(ids[:1].tolist()).values()
    pictures, said = [], []
    for files in (1, 3):
        hits = {photo.photo_id: replace(photo, paths=photo.paths * files)}
        grid.show_photos(ids[:1], hits, [Section("", 1)])
        pictures.append(grid.viewport().grab(grid.visualRect(grid.model().index(0))).toImage())
        said.append(str(grid.model().index(0).data(Qt.ItemDataRole.AccessibleTextRole)))
    assert pictures[0] != pictures[1]
    assert [text.endswith("3 copies") for text in said] == [False, True]


def test_photos_are_dragged_out_as_copies_of_their_files(grid: GridView) -> None:
    model = grid.model()
    data = model.mimeData([model.index(0), model.index(1)])
    assert [Path(url.toLocalFile()).exists() for url in data.urls()] == [True, True]
    assert model.supportedDragActions() == Qt.DropAction.CopyAction


def test_the_pages_of_a_large_library_are_described_when_they_come_into_sight(
    qtbot: QtBot, library: Engine, background: Background
) -> None:
    known = library.list_photos()
    model = PhotoModel(library, background)
    model.show(np.resize(known, 100_000), {})
    changed = QSignalSpy(model.dataChanged)
    assert model.photo(70_123) is None
    qtbot.waitUntil(lambda: changed.count() == 1)
    assert (changed.at(0)[0].row(), changed.at(0)[1].row()) == (70_000, 70_199)
    photo = model.photo(70_123)
    assert photo
    assert photo.photo_id == known[70_123 % len(known)]


def test_a_photo_is_cut_to_a_square_with_round_corners(tmp_path: Path, qapp: object) -> None:
    tall = QImage(200, 400, QImage.Format.Format_RGB32)
    tall.fill(QColor("red"))
    for x in range(200):
        for y in range(200, 400):
            tall.setPixelColor(x, y, QColor("blue"))
    tall.save(str(tmp_path / "tall.png"))
    square = read_square(tmp_path / "tall.png", 100)
    assert square.size() == QSize(100, 100)
    assert square.pixelColor(0, 0).alpha() < 255
    assert square.pixelColor(50, 30) == QColor("red"), "more of the top is kept than of the bottom"
    assert square.pixelColor(50, 90) == QColor("blue")


@pytest.mark.qt_log_ignore("JPEG datastream contains no image")
def test_what_cannot_be_read_is_no_picture(tmp_path: Path, qapp: object) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 nothing")
    assert read_square(broken, 100).isNull()
    assert read_square(tmp_path / "missing.jpg", 100).isNull()


def test_thumbnails_out_of_sight_are_not_read(qtbot: QtBot, tmp_path: Path) -> None:
    picture = QImage(50, 50, QImage.Format.Format_RGB32)
    picture.fill(QColor("green"))
    for number in range(300):
        picture.save(str(tmp_path / f"{number}.png"))
    thumbnails = Thumbnails(lambda name: tmp_path / f"{name}.png")
    thumbnails.want([str(number) for number in range(300)], 400)
    thumbnails.want(["7", "299"], 400)
    qtbot.waitUntil(lambda: None not in (thumbnails.pixmap("7"), thumbnails.pixmap("299")))
    assert sum(thumbnails.pixmap(str(number)) is not None for number in range(300)) < 100
    thumbnails.close()


def test_a_heading_stays_in_sight_while_its_photos_do(qtbot: QtBot, grid: GridView) -> None:
    grid.set_size(len(SIZES_PX) - 1)
    grid.verticalScrollBar().setValue(SIZES_PX[-1])
    top = grid.viewport().grab().toImage()
    base = grid.palette().color(grid.palette().ColorRole.Base).rgb()
    ink = {top.pixel(QPoint(x, y)) for x in range(5, 80) for y in range(5, 30)} - {base}
    assert ink, "the heading is written above the photos"
