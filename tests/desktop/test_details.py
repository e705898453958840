"""The details panel on a real library: a caption edited, undone and given back, and all that is known."""

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from conftest import CAPTIONS, photo_ids
from library_of_photos import copy_photos
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.theme import Appearance, apply_appearance
from desktop.viewer.caption_text import CaptionText, tint
from desktop.viewer.details import DetailsPanel
from desktop.viewer.facts import list_facts
from desktop.viewer.why import Bar
from engine.api import Engine, Home, PhotoDetails, Query, Stage

_SHORT = QLocale.FormatType.ShortFormat


@pytest.fixture
def panel(qtbot: QtBot, own_library: Engine, background: Background) -> DetailsPanel:
    return shown_panel(qtbot, own_library, background)


def shown_panel(qtbot: QtBot, engine: Engine, background: Background) -> DetailsPanel:
    panel = DetailsPanel(engine, background)
    qtbot.addWidget(panel)
    panel.resize(360, 800)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    return panel


def field(panel: DetailsPanel) -> CaptionText:
    return panel.findChild(CaptionText)


def texts(panel: DetailsPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def button(panel: DetailsPanel, text: str) -> QPushButton:
    return next(button for button in panel.findChildren(QPushButton) if button.text() == text)


def show(qtbot: QtBot, panel: DetailsPanel, engine: Engine, name: str) -> int:
    photo_id = photo_ids(engine)[name]
    panel.show_photo(photo_id)
    qtbot.waitUntil(lambda: field(panel).toPlainText() == CAPTIONS[name])
    return photo_id


def write(qtbot: QtBot, panel: DetailsPanel, text: str) -> None:
    field(panel).setFocus()
    field(panel).selectAll()
    qtbot.keyClicks(field(panel), text)


def test_a_caption_is_edited_found_by_its_new_words_and_taken_back(
    qtbot: QtBot, panel: DetailsPanel, own_library: Engine
) -> None:
    photo_id = show(qtbot, panel, own_library, "coffee.png")
    before = own_library.caption(photo_id)
    write(qtbot, panel, "The last espresso before the ferry.")
    with qtbot.waitSignal(panel.caption_edited) as edited:
        qtbot.keyClick(field(panel), Qt.Key.Key_Return)
    assert edited.args == [photo_id]
    assert own_library.search(Query("espresso")).hits[0].photo_id == photo_id
    qtbot.waitUntil(button(panel, "Undo").isVisible)
    with qtbot.waitSignal(panel.caption_edited):
        qtbot.keyClick(field(panel), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert own_library.caption(photo_id) == before
    qtbot.waitUntil(lambda: field(panel).toPlainText() == CAPTIONS["coffee.png"])
    assert not button(panel, "Undo").isVisible()


def test_without_a_photo_the_panel_says_so(qtbot: QtBot, panel: DetailsPanel, own_library: Engine) -> None:
    assert texts(panel) == "Choose a photo to see what is known of it."
    show(qtbot, panel, own_library, "coffee.png")
    assert "Choose a photo" not in texts(panel)
    panel.show_photo(None)
    assert texts(panel) == "Choose a photo to see what is known of it."


def test_words_are_stored_for_the_photo_they_were_typed_for_when_another_is_shown(
    qtbot: QtBot, panel: DetailsPanel, own_library: Engine
) -> None:
    coffee = show(qtbot, panel, own_library, "coffee.png")
    write(qtbot, panel, "Espresso in Trieste.")
    with qtbot.waitSignal(panel.caption_edited) as edited:
        show(qtbot, panel, own_library, "rocket.jpg")
    assert edited.args == [coffee]
    caption = own_library.caption(coffee)
    assert caption
    assert caption.text == "Espresso in Trieste."
    assert not button(panel, "Undo").isVisible(), "that is for the photo in view"


def test_escape_and_an_empty_field_leave_the_caption_as_it_was(
    qtbot: QtBot, panel: DetailsPanel, own_library: Engine
) -> None:
    show(qtbot, panel, own_library, "coffee.png")
    with qtbot.assertNotEmitted(panel.caption_edited, wait=50):
        write(qtbot, panel, "Nothing of the kind")
        qtbot.keyClick(field(panel), Qt.Key.Key_Escape)
        assert field(panel).toPlainText() == CAPTIONS["coffee.png"]
        write(qtbot, panel, " ")
        qtbot.keyClick(field(panel), Qt.Key.Key_Return)
        assert field(panel).toPlainText() == CAPTIONS["coffee.png"]


def test_what_is_being_typed_survives_news_of_the_photo(qtbot: QtBot, panel: DetailsPanel, own_library: Engine) -> None:
    photo_id = show(qtbot, panel, own_library, "coffee.png")
    write(qtbot, panel, "Half a sent")
    own_library.unlock_caption(photo_id)
    panel.refresh()
    qtbot.waitUntil(lambda: "until a model writes others" in texts(panel))
    assert field(panel).toPlainText() == "Half a sent"


def test_a_caption_is_given_back_to_the_model(qtbot: QtBot, panel: DetailsPanel, own_library: Engine) -> None:
    photo_id = show(qtbot, panel, own_library, "coffee.png")
    assert "Your words" in texts(panel)
    with qtbot.waitSignal(panel.caption_edited):
        button(panel, "Give back to the model").click()
    caption = own_library.caption(photo_id)
    assert caption
    assert not caption.locked
    qtbot.waitUntil(lambda: "until a model writes others" in texts(panel))
    qtbot.waitUntil(lambda: not button(panel, "Give back to the model").isVisible())


def test_a_caption_tells_who_wrote_it_when_and_whether_it_is_locked(
    qtbot: QtBot, panel: DetailsPanel, own_library: Engine
) -> None:
    photo_id = show(qtbot, panel, own_library, "coffee.png")
    mark = next(label for label in panel.findChildren(QLabel) if "No model overwrites" in label.toolTip())
    assert mark.isVisible()
    caption = own_library.caption(photo_id)
    assert caption
    own_library.restore_caption(photo_id, replace(caption, model="Big model", locked=False))
    panel.refresh()
    when = panel.locale().toString(datetime.fromisoformat(caption.created_at).astimezone().date(), _SHORT)
    qtbot.waitUntil(lambda: f"Written by Big model, {when}." in texts(panel))
    assert not mark.isVisible()


def test_why_a_photo_was_found_is_marked_and_measured(qtbot: QtBot, library: Engine, background: Background) -> None:
    panel = shown_panel(qtbot, library, background)
    hit = library.search(Query("a cup of coffee on a table")).hits[0]
    panel.show_photo(hit.photo_id, hit)
    qtbot.waitUntil(lambda: field(panel).marked == CAPTIONS["coffee.png"])
    assert hit.why.summary in texts(panel)
    bars = panel.findChildren(Bar)
    assert len(bars) == len(hit.why.sources)
    assert bars[0].accessibleName().endswith("strong")
    panel.show_photo(hit.photo_id, None)
    qtbot.waitUntil(lambda: not field(panel).marked)
    assert hit.why.summary not in texts(panel)


def test_all_copies_are_listed_and_their_folders_can_be_asked_for(
    qtbot: QtBot, tmp_path: Path, background: Background
) -> None:
    photos = copy_photos(tmp_path / "photos", ("coffee.png",))
    shutil.copy(photos / "coffee.png", photos / "again.png")
    with Engine.open(Home(tmp_path / "home"), leave_out={Stage.CAPTION, Stage.TEXT, Stage.VIEWS}) as engine:
        engine.add_folder(photos)
        assert engine.wait_until_idle(120)
        panel = shown_panel(qtbot, engine, background)
        panel.show_photo(int(engine.list_photos()[0]))
        qtbot.waitUntil(lambda: "again.png" in texts(panel))
        assert "coffee.png" in texts(panel)
        assert "600 × 400" in texts(panel)
        asked: list[Path] = []
        panel.folder_asked.connect(asked.append)
        for folder in panel.findChildren(QToolButton):
            folder.click()
        background.close()
    assert sorted(path.name for path in asked) == ["again.png", "coffee.png"]


def test_facts_are_said_as_people_say_them() -> None:
    details = PhotoDetails(
        photo_id=1, fingerprint="f", caption=None, tags=(), text_in_photo="", taken_at="2024-06-01T14:05:00",
        taken_offset="+02:00", added_at="2024-06-02T00:00:00", camera="NIKON D750", lens=None, f_number=2.8,
        exposure_s=0.004, iso=100, focal_length_mm=35.0, format="JPEG", width_px=6016, height_px=4016, kind=None,
        latitude=45.65, longitude=-13.77, altitude_m=None, district=None, city="Trieste", region=None,
        country="Italy", warning=None, files=(), is_excluded=False,
    )  # fmt: skip
    english = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    facts = dict(list_facts(details, english))
    assert facts.pop("Date").startswith(english.toString(date(2024, 6, 1), QLocale.FormatType.LongFormat))
    assert facts == {
        "Place": "Trieste, Italy",
        "Position": "45.6500° N, 13.7700° W",
        "Camera": "NIKON D750",
        "Exposure": "1/250 s · f/2.8 · ISO 100 · 35 mm",
        "Size": "6,016 × 4,016 · 24.2 MP · JPEG",
    }


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_marked_words_can_be_read_in_light_and_dark(qapp: QApplication, appearance: Appearance) -> None:
    apply_appearance(appearance)
    palette = qapp.palette()
    lighter, darker = sorted((luminance(tint(palette)), luminance(palette.text().color())), reverse=True)
    apply_appearance(Appearance.SYSTEM)
    assert (lighter + 0.05) / (darker + 0.05) > 4.5


def luminance(colour: QColor) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
