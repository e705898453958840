"""The viewer on a real library: keys, zoom, neighbours, files that Qt cannot read, and files that are gone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from library_of_photos import copy_photos
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.viewer.canvas import Canvas
from desktop.viewer.filmstrip import Filmstrip
from desktop.viewer.message import Message
from desktop.viewer.pictures import Picture
from desktop.viewer.slideshow import Slideshow
from desktop.viewer.viewer import Viewer
from engine.api import Engine, Home, Sort, Stage

HEIC = Path(__file__).parents[1] / "imaging" / "files" / "turned.heic"


@pytest.fixture
def viewer(qtbot: QtBot, library: Engine, background: Background, window_settings: QSettings) -> Viewer:
    return shown_viewer(qtbot, library, background, window_settings)


@pytest.fixture
def odd_library(tmp_path: Path) -> Iterator[Engine]:
    """A photo that Qt cannot read, one that has been deleted since, and one that is as it should be."""
    photos = copy_photos(tmp_path / "photos", ("coffee.png", "rocket.jpg"))
    shutil.copy(HEIC, photos / HEIC.name)
    with Engine.open(Home(tmp_path / "home"), leave_out={Stage.CAPTION, Stage.TEXT, Stage.VIEWS}) as engine:
        engine.add_folder(photos)
        assert engine.wait_until_idle(120)
        (photos / "coffee.png").unlink()
        yield engine


def shown_viewer(qtbot: QtBot, engine: Engine, background: Background, settings: QSettings) -> Viewer:
    viewer = Viewer(engine, background, settings)
    qtbot.addWidget(viewer)
    viewer.resize(900, 700)
    with qtbot.waitActive(viewer):
        viewer.show()
        viewer.activateWindow()
    return viewer


def canvas(viewer: Viewer) -> Canvas:
    return viewer.findChild(Canvas)


def pixels(viewer: Viewer) -> QImage:
    return canvas(viewer).grab().toImage()


def named(engine: Engine) -> dict[str, int]:
    photos = engine.describe_photos(engine.list_photos(sort=Sort.OLDEST).tolist())
    return {photo.paths[0].name: photo_id for photo_id, photo in photos.items()}


def is_sharp(viewer: Viewer, width_px: int) -> bool:
    picture = canvas(viewer).photo
    return picture is not None and picture.image.width() == width_px


def test_the_keys_lead_through_all_photos_and_stop_at_both_ends(qtbot: QtBot, viewer: Viewer, library: Engine) -> None:
    ids = library.list_photos().tolist()
    seen: list[int] = []
    viewer.current_changed.connect(seen.append)
    viewer.show_photos(ids, 1)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Left):
        qtbot.keyClick(canvas(viewer), key)
    assert [ids.index(photo_id) for photo_id in seen] == [1, 2, 1, 5, 5, 0, 0]


def test_the_photo_is_shown_with_all_the_pixels_that_fit_and_described_by_its_caption(
    qtbot: QtBot, viewer: Viewer, library: Engine
) -> None:
    viewer.show_photos([named(library)["coffee.png"]], 0)
    qtbot.waitUntil(lambda: is_sharp(viewer, 600))
    saucer = pixels(viewer).pixelColor(canvas(viewer).rect().center() + QPoint(0, 160))
    assert saucer.red() > 2 * saucer.blue()
    qtbot.waitUntil(lambda: canvas(viewer).accessibleName().startswith("A cup of coffee"))
    assert QAccessible.queryAccessibleInterface(canvas(viewer)).role() is QAccessible.Role.Graphic


def test_escape_closes_and_every_button_has_a_name(qtbot: QtBot, viewer: Viewer, library: Engine) -> None:
    viewer.show_photos(library.list_photos().tolist(), 0)
    assert all(button.accessibleName() for button in viewer.findChildren(QToolButton))
    with qtbot.waitSignal(viewer.closed):
        qtbot.keyClick(canvas(viewer), Qt.Key.Key_Escape)


def test_full_screen_hides_all_but_the_photo_and_escape_ends_it_first(
    qtbot: QtBot, viewer: Viewer, library: Engine
) -> None:
    asked: list[bool] = []
    viewer.fullscreen_asked.connect(asked.append)
    viewer.show_photos(library.list_photos().tolist(), 0)
    qtbot.keyClick(canvas(viewer), Qt.Key.Key_F)
    qtbot.waitUntil(lambda: canvas(viewer).size() == viewer.size())
    with qtbot.assertNotEmitted(viewer.closed):
        qtbot.keyClick(canvas(viewer), Qt.Key.Key_Escape)
    assert asked == [True, False]
    assert viewer.findChild(Filmstrip).isVisible()


def test_a_slideshow_goes_on_by_itself_round_and_round(qtbot: QtBot, viewer: Viewer, library: Engine) -> None:
    ids = library.list_photos().tolist()
    viewer.findChild(Slideshow).set_interval(0.02)
    viewer.show_photos(ids, len(ids) - 2)
    seen: list[int] = []
    viewer.current_changed.connect(seen.append)
    qtbot.keyClick(canvas(viewer), Qt.Key.Key_S)
    qtbot.waitUntil(lambda: len(seen) >= 3)
    qtbot.keyClick(canvas(viewer), Qt.Key.Key_S)
    assert seen[:3] == [ids[-1], ids[0], ids[1]]
    assert not viewer.findChild(Slideshow).is_running


def test_the_pace_of_the_slideshow_is_kept(
    qtbot: QtBot, viewer: Viewer, library: Engine, background: Background, window_settings: QSettings
) -> None:
    choose = next(button.menu() for button in viewer.findChildren(QToolButton) if button.menu()).actions()
    assert [action.text() for action in choose if action.isChecked()] == ["5 seconds each"]
    next(action for action in choose if action.text() == "10 seconds each").trigger()
    again = shown_viewer(qtbot, library, background, QSettings(window_settings.fileName(), QSettings.Format.IniFormat))
    assert again.findChild(Slideshow).interval_s == 10


def test_a_click_in_the_filmstrip_chooses_a_neighbour(qtbot: QtBot, viewer: Viewer, library: Engine) -> None:
    ids = library.list_photos().tolist()
    viewer.show_photos(ids, 2)
    strip = viewer.findChild(Filmstrip)
    with qtbot.waitSignal(viewer.current_changed) as chosen:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.rect().center() + QPoint(strip.height(), 0))
    assert chosen.args == [ids[3]]


def test_a_photo_that_qt_cannot_read_is_shown_through_a_copy(
    qtbot: QtBot, odd_library: Engine, background: Background, window_settings: QSettings
) -> None:
    viewer = shown_viewer(qtbot, odd_library, background, window_settings)
    photo_id = named(odd_library)[HEIC.name]
    details = odd_library.photo_details(photo_id)
    assert details
    viewer.show_photos([photo_id], 0)
    qtbot.waitUntil(lambda: is_sharp(viewer, details.width_px))


def test_a_file_that_is_gone_says_so_and_the_others_go_on(
    qtbot: QtBot, odd_library: Engine, background: Background, window_settings: QSettings
) -> None:
    viewer = shown_viewer(qtbot, odd_library, background, window_settings)
    ids = named(odd_library)
    viewer.show_photos([ids["coffee.png"], ids["rocket.jpg"]], 0)
    message = viewer.findChild(Message)
    qtbot.waitUntil(message.isVisible)
    assert message.text
    assert canvas(viewer).photo, "the thumbnail stays"
    qtbot.keyClick(canvas(viewer), Qt.Key.Key_Right)
    assert not message.isVisible()
    qtbot.waitUntil(lambda: is_sharp(viewer, 640))


def a_canvas(qtbot: QtBot) -> Canvas:
    """A canvas of 400 × 300 with a picture of 1600 × 1200, red on the left and blue on the right."""
    image = QImage(1600, 1200, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    painter = QPainter(image)
    painter.fillRect(0, 0, 800, 1200, QColor("red"))
    painter.end()
    shown = Canvas()
    qtbot.addWidget(shown)
    shown.resize(400, 300)
    shown.show()
    shown.show_picture(Picture(image, image.size()))
    return shown


def colour(shown: Canvas, x: int, y: int) -> str:
    return shown.grab().toImage().pixelColor(x, y).name()


def test_zooming_keeps_what_is_under_the_pointer_there(qtbot: QtBot) -> None:
    shown = a_canvas(qtbot)
    assert shown.zoom == 0.25
    assert (colour(shown, 198, 10), colour(shown, 202, 10)) == ("#ff0000", "#0000ff")
    for _ in range(5):
        turn_wheel(shown, QPointF(200, 20))
        assert (colour(shown, 196, 10), colour(shown, 204, 10)) == ("#ff0000", "#0000ff")
    assert shown.zoom > 0.5


def test_zoomed_out_again_the_whole_picture_is_fitted(qtbot: QtBot) -> None:
    shown = a_canvas(qtbot)
    shown.zoom_fully()
    assert shown.zoom == 1
    for _ in range(20):
        shown.zoom_out()
    assert shown.is_fitted
    shown.resize(200, 150)
    assert shown.zoom == 0.125


def test_the_picture_is_moved_by_hand_and_never_out_of_view(qtbot: QtBot) -> None:
    shown = a_canvas(qtbot)
    shown.zoom_fully()
    shown.pan(-1, 0)
    assert colour(shown, 399, 150) == "#ff0000"
    qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(390, 150))
    qtbot.mouseMove(shown, QPoint(140, 150))
    qtbot.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(140, 150))
    assert (colour(shown, 348, 150), colour(shown, 352, 150)) == ("#ff0000", "#0000ff")
    shown.pan(50, 50)
    assert colour(shown, 399, 299) == "#0000ff"


def test_two_fingers_on_the_screen_zoom_and_one_moves(qtbot: QtBot) -> None:
    shown, screen = a_canvas(qtbot), QTest.createTouchDevice()
    QTest.touchEvent(shown, screen).press(0, QPoint(180, 150)).press(1, QPoint(220, 150)).commit()
    for reach in (40, 80):
        QTest.touchEvent(shown, screen).move(0, QPoint(200 - reach, 150)).move(1, QPoint(200 + reach, 150)).commit()
    QTest.touchEvent(shown, screen).release(0, QPoint(120, 150)).release(1, QPoint(280, 150)).commit()
    assert shown.zoom == pytest.approx(1.0)
    assert (colour(shown, 185, 10), colour(shown, 215, 10)) == ("#ff0000", "#0000ff")
    QTest.touchEvent(shown, screen).press(0, QPoint(200, 150)).commit()
    QTest.touchEvent(shown, screen).move(0, QPoint(300, 150)).commit()
    QTest.touchEvent(shown, screen).release(0, QPoint(300, 150)).commit()
    assert (colour(shown, 285, 10), colour(shown, 315, 10)) == ("#ff0000", "#0000ff")


def turn_wheel(shown: Canvas, at: QPointF) -> None:
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, shown.mapToGlobal(at), QPoint(), QPoint(0, 120), *none, False)
    QApplication.sendEvent(shown, event)
