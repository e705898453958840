"""The search page of a real library, with real searches."""

from contextlib import closing
from pathlib import Path

import pytest
from conftest import ask, names, photo_ids
from library_of_photos import sample_photo
from PySide6.QtCore import QMimeData, QSettings, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QPixmap
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.library.elided import ElidedLabel
from desktop.library.selection import Selection, Special
from desktop.search.count import note_text
from desktop.search.page import SearchPage
from engine.api import Engine, Filters, Home, Progress, Sort, Stage
from engine.catalog.connection import open_writer, transaction
from engine.catalog.work import StageCount


def test_what_is_described_comes_first_while_typing(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "a cat with green eyes")
    assert names(page)[0] == "chelsea.png"
    ask(qtbot, page, "astronaut in orange")
    assert names(page)[0] == "astronaut.png"
    assert page.model.photo(0) is page.answer.hits[int(page.answer.photo_ids[0])]


def test_nothing_typed_lists_everything(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "coffee")
    page.field.set_text("")
    qtbot.waitUntil(lambda: page.answer.request.is_listing)
    assert len(page.answer.photo_ids) == 6
    assert page.controls.count_text == "6 photos"
    assert [section.title for section in page.answer.sections] == ["Without a date"]


def test_the_arrow_keys_bring_back_earlier_searches(qtbot: QtBot, page: SearchPage) -> None:
    line = page.field.focusProxy()
    for text in ("coffee", "old coins"):
        ask(qtbot, page, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    ask(qtbot, page, "a cat")
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(line, key)
        seen.append(page.field.text)
    assert seen == ["old coins", "coffee", "coffee", "old coins", "a cat"], "what was being typed is not lost"
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert page.grid.hasFocus()
    assert len(page.grid.selected_ids()) == 1
    qtbot.keyClick(page.grid, Qt.Key.Key_Up)
    assert line.hasFocus(), "up from the first line leads back"


def test_the_key_up_brings_something_else_than_what_is_there(qtbot: QtBot, page: SearchPage) -> None:
    line = page.field.focusProxy()
    for text in ("coffee", "old coins"):
        ask(qtbot, page, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert page.field.text == "coffee"


def test_only_the_last_of_what_is_typed_quickly_is_searched_for(qtbot: QtBot, page: SearchPage) -> None:
    answered = QSignalSpy(page.model.modelReset)
    qtbot.keyClicks(page.field.focusProxy(), "coffee")
    qtbot.waitUntil(lambda: page.answer.request.text == "coffee")
    assert answered.count() == 1


def test_an_answer_that_was_overtaken_is_not_shown(qtbot: QtBot, page: SearchPage) -> None:
    shown = []
    page.model.modelReset.connect(lambda: shown.append(page.field.text))
    page.field.set_text("coffee")
    page.field.set_text("a cat with green eyes")
    qtbot.waitUntil(lambda: page.answer.request.text == "a cat with green eyes")
    assert shown == ["a cat with green eyes"]


def ask_beside_coins(qtbot: QtBot, page: SearchPage, library: Engine, words: str) -> None:
    """Bring a photo, and type words beside it."""
    page.find_similar(photo_ids(library)["coins.png"])
    qtbot.waitUntil(lambda: page.answer.request.likeness is not None)
    ask(qtbot, page, words)


def test_escape_takes_the_words_away_and_then_the_photo(qtbot: QtBot, page: SearchPage, library: Engine) -> None:
    line = page.field.focusProxy()
    ask_beside_coins(qtbot, page, library, "with green eyes")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.answer.request.text == "")
    assert page.answer.request.likeness
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.answer.request.likeness is None)
    assert len(page.answer.photo_ids) == 6


def test_backspace_in_front_of_the_words_takes_the_photo_away(qtbot: QtBot, page: SearchPage, library: Engine) -> None:
    line = page.field.focusProxy()
    ask_beside_coins(qtbot, page, library, "cat")
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert (page.field.text, page.field.has_photo) == ("ca", True)
    line.setCursorPosition(0)
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert (page.field.text, page.field.has_photo) == ("ca", False)
    qtbot.waitUntil(lambda: page.answer.request.likeness is None)


def test_searches_are_remembered_for_the_next_start(
    qtbot: QtBot, page: SearchPage, library: Engine, background: Background, window_settings: QSettings
) -> None:
    ask(qtbot, page, "coffee")
    qtbot.keyClick(page.field.focusProxy(), Qt.Key.Key_Return)
    later = SearchPage(library, background, window_settings)
    qtbot.addWidget(later)
    later.field.step_back()
    assert later.field.text == "coffee"
    later.close_threads()


def test_chips_say_how_words_were_understood_and_can_be_taken_away(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "rocket type:png")
    assert page.chips.labels()[0] == "rocket"
    assert len(page.chips.labels()) == 2
    assert "rocket.jpg" not in names(page)
    kind = page.chips.labels()[1]
    remove = next(
        button for button in page.chips.findChildren(QToolButton) if button.accessibleName() == f"Search without {kind}"
    )
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.answer.request.text == "rocket")
    assert names(page)[0] == "rocket.jpg"
    assert page.chips.labels() == [], "one chip that says what was typed says nothing"


def test_a_chip_is_taken_away_with_the_keyboard_which_then_is_in_the_field(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "rocket type:png")
    remove = page.chips.findChildren(QToolButton)[-1]
    remove.setFocus()
    qtbot.keyClick(remove, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.answer.request.text == "rocket")
    assert page.field.focusProxy().hasFocus()


def test_words_stay_words_when_the_chip_beside_them_is_taken_away(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "it's noon, no cat")
    assert page.chips.labels() == ["noon", "no cat"]
    remove = page.chips.findChildren(QToolButton)[-1]
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.answer.request.text == "`noon`")
    assert page.chips.labels() == ["noon"]


def test_a_chip_is_edited_in_the_field(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "rocket type:png")
    kind = page.chips.labels()[1]
    edit = next(button for button in page.chips.findChildren(QToolButton) if button.accessibleName() == f"Edit {kind}")
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    line = page.field.focusProxy()
    qtbot.waitUntil(line.hasFocus)
    assert line.selectedText() == "type:png"


def test_what_is_to_be_edited_is_marked_exactly(qtbot: QtBot, page: SearchPage) -> None:
    page.field.set_text("Straße 🐶 hot-dog -dog")
    qtbot.waitUntil(lambda: "no dog" in page.chips.labels())
    edit = next(button for button in page.chips.findChildren(QToolButton) if button.accessibleName() == "Edit no dog")
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    line = page.field.focusProxy()
    assert (line.selectedText(), line.selectionEnd()) == ("-dog", len(line.text()) + 1)


def test_a_filter_that_nothing_passes_is_left_out_and_named(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "coffee from 1999")
    assert names(page)[0] == "coffee.png"
    assert "No photo fits the date" in page.note.text


@pytest.mark.parametrize("words", ["coffee ", ""])
def test_photos_left_out_for_want_of_a_date_are_told_and_can_be_seen(
    qtbot: QtBot, own_page: SearchPage, tmp_path: Path, words: str
) -> None:
    with closing(open_writer(Home(tmp_path / "home").catalog)) as db, transaction(db):
        db.execute("UPDATE photos SET taken_at = '2019-07-04T22:00:00' WHERE photo_id = 1")
    ask(qtbot, own_page, f"{words}2019 at night")
    assert len(own_page.answer.photo_ids) == 1
    assert own_page.note.text == "5 photos without a date are left out."
    (way,) = [button for button in own_page.note.findChildren(QToolButton) if button.text().startswith("Without")]
    assert way.text() == "Without the date and time"
    qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(own_page.answer.photo_ids) == 6)
    assert own_page.note.text == ""
    assert not own_page.answer.request.plan.filters


def test_a_choice_of_the_sidebar_narrows_the_search_until_its_chip_is_removed(qtbot: QtBot, page: SearchPage) -> None:
    left = QSignalSpy(page.scope_left)
    page.look_in(Selection("JPEGs", Filters(formats=frozenset({"JPEG"}))))
    qtbot.waitUntil(lambda: len(page.answer.photo_ids) == 1)
    assert page.chips.labels() == ["JPEGs"]
    ask(qtbot, page, "coffee")
    assert names(page) == ["rocket.jpg"]
    page.chips.scope_removed.emit()
    qtbot.waitUntil(lambda: len(page.answer.photo_ids) > 1)
    assert left.count() == 1
    assert names(page)[0] == "coffee.png"


def test_strictness_cuts_what_is_less_likely(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "a cup of coffee")
    everything = len(page.answer.photo_ids)
    page.controls.findChild(type(page.controls._strictness)).setValue(10)
    qtbot.waitUntil(lambda: page.answer.request.strictness == 1.0)
    assert names(page) == ["coffee.png"]
    assert everything > 1


def test_photos_can_be_sorted_by_date(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "coffee")
    page.controls._sort.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.answer.request.order is Sort.NEWEST)
    assert [section.title for section in page.answer.sections] == ["Without a date"]


def test_similar_photos_are_found_by_a_photo_of_the_library(qtbot: QtBot, page: SearchPage, library: Engine) -> None:
    coins = photo_ids(library)["coins.png"]
    page.find_similar(coins)
    qtbot.waitUntil(lambda: page.answer.request.likeness is not None)
    assert coins not in page.answer.photo_ids
    assert len(page.answer.photo_ids) > 0
    ask(qtbot, page, "with green eyes")
    assert page.answer.request.likeness
    page.field.photo_removed.emit()
    qtbot.waitUntil(lambda: page.answer.request.likeness is None)


def test_a_picture_is_pasted_into_the_field(qtbot: QtBot, page: SearchPage) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(sample_photo("coffee.png"))))
    page.field.setFocus()
    qtbot.keySequence(page.field.focusProxy(), QKeySequence(QKeySequence.StandardKey.Paste))
    qtbot.waitUntil(lambda: page.answer.request.likeness is not None)
    assert names(page)[0] == "coffee.png"
    assert page.field.text == ""


def test_of_several_photos_the_first_is_taken_and_said_so(qtbot: QtBot, page: SearchPage) -> None:
    brought = QMimeData()
    brought.setUrls([QUrl.fromLocalFile(str(sample_photo(name))) for name in ("coffee.png", "rocket.jpg")])
    page.take(brought)
    qtbot.waitUntil(lambda: page.answer.request.likeness is not None)
    assert page.answer.request.likeness.name == "coffee.png (the first of 2)"


def test_a_picture_of_which_nothing_came_is_told_of(qtbot: QtBot, page: SearchPage, background: Background) -> None:
    brought = QMimeData()
    brought.setImageData(QImage())
    with qtbot.waitSignal(background.failed) as told:
        page.take(brought)
    assert str(told.args[0]).startswith("Can't read this picture.")


def test_text_on_the_clipboard_is_pasted_as_text(qtbot: QtBot, page: SearchPage) -> None:
    QGuiApplication.clipboard().setText("coffee")
    qtbot.keySequence(page.field.focusProxy(), QKeySequence(QKeySequence.StandardKey.Paste))
    assert page.field.text == "coffee"


def test_lists_and_what_is_found_have_each_their_own_order(qtbot: QtBot, page: SearchPage) -> None:
    box = page.controls.findChild(QComboBox)
    assert [box.itemText(place) for place in range(box.count())] == ["Newest first", "Oldest first"]
    box.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.answer.request.order is Sort.OLDEST)
    ask(qtbot, page, "coffee")
    assert page.answer.request.order is Sort.RELEVANCE
    assert box.currentText() == "Best match"
    page.field.set_text("")
    qtbot.waitUntil(lambda: page.answer.request.is_listing)
    assert box.currentText() == "Oldest first"
    page.look_in(Selection("Recent", special=Special.RECENT))
    qtbot.waitUntil(lambda: page.answer.request.special is not None)
    assert box.isHidden(), "this list has an order of its own"


def test_a_narrow_page_still_says_how_many_photos_there_are(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "coffee")
    page.resize(400, 500)
    count = page.controls.findChild(ElidedLabel)
    qtbot.waitUntil(lambda: count.width() >= count.fontMetrics().horizontalAdvance("6 photos"))


def test_no_strong_match_without_captions_says_why(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "a submarine at the north pole")
    assert page.answer.sections[0].title == "No strong match. These come closest:"
    waiting = Progress(photos=6, stages={Stage.CAPTION: StageCount(pending=6, done=0, failed=0)})
    assert "No photo has a caption yet" in note_text(page.answer, waiting)
    assert note_text(page.answer, Progress(photos=6)) == ""


def test_all_that_has_no_text_has_a_name(page: SearchPage) -> None:
    page.field.show_photo(QPixmap(10, 10), "coins.png")
    page.field.replace("coins")
    controls = [*page.findChildren(QToolButton), *page.findChildren(QSlider), *page.findChildren(QComboBox)]
    nameless = [each for each in controls if not (each.accessibleName() or getattr(each, "text", str)())]
    assert [each for each in nameless if each.isVisible()] == []
    assert page.grid.accessibleName() == "Photos"
    assert page.field.focusProxy().accessibleName() == "Describe a photo you remember"


def test_captions_file_names_and_texts_in_photos_are_no_markup(page: SearchPage) -> None:
    """A label shows what looks like HTML as such, and would open the pictures it names."""
    spoken = [label for label in page.findChildren(QLabel) if label.wordWrap()]
    assert spoken
    assert {label.textFormat() for label in spoken} == {Qt.TextFormat.PlainText}
