"""The settings."""

from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTime
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QMessageBox, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.settings.dialog import SettingsDialog
from desktop.settings.downloads import Downloads
from desktop.settings.export import ExportPage
from desktop.settings.folders import FoldersPage
from desktop.settings.pages import AppearancePage, LanguagePage, PerformancePage
from desktop.settings.quiet_hours import QuietHoursEdit
from engine.api import Appearance, Engine, ExportFormat, QuietHours


@pytest.fixture
def dialog(qtbot: QtBot, background: Background, own_library: Engine) -> SettingsDialog:
    dialog = SettingsDialog(own_library, background, Downloads(own_library))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.page(PerformancePage).isEnabled())
    return dialog


def named(page: QWidget, kind: type[QWidget], name: str) -> QWidget:
    return next(child for child in page.findChildren(kind) if child.accessibleName() == name)


def box(page: QWidget, text: str) -> QCheckBox:
    return next(child for child in page.findChildren(QCheckBox) if text in child.text())


def press(qtbot: QtBot, parent: QWidget, text: str) -> None:
    """Press a button of the question that is asked last."""
    question = parent.findChildren(QMessageBox)[-1]
    next(button for button in question.buttons() if button.text() == text).click()


def test_every_change_counts_at_once(qtbot: QtBot, dialog: SettingsDialog, own_library: Engine) -> None:
    page = dialog.page(PerformancePage)
    with qtbot.waitSignal(dialog.changed) as changed:
        box(page, "battery").toggle()
    assert changed.args[0].pause_on_battery
    assert own_library.settings().pause_on_battery


def test_quick_changes_are_all_kept(qtbot: QtBot, dialog: SettingsDialog, own_library: Engine) -> None:
    hours = dialog.page(PerformancePage).findChild(QuietHoursEdit)
    assert isinstance(hours, QuietHoursEdit)
    hours.switch.toggle()
    for minute in range(10):
        hours.start.setTime(QTime(22, minute))
    hours.end.setTime(QTime(7, 0))
    cores = named(dialog.page(PerformancePage), QSpinBox, "Processor cores for describing")
    assert isinstance(cores, QSpinBox)
    cores.setValue(1)
    qtbot.waitUntil(lambda: own_library.settings().threads == 1)
    assert own_library.settings().quiet_hours == QuietHours(time(22, 9), time(7))
    cores.setValue(0)
    hours.switch.toggle()
    qtbot.waitUntil(lambda: own_library.settings().quiet_hours is None)
    assert own_library.settings().threads is None


def test_dates_and_looks_can_be_chosen(qtbot: QtBot, dialog: SettingsDialog, own_library: Engine) -> None:
    choices = (
        (LanguagePage, "Seasons are those of the", "south"),
        (LanguagePage, "A week begins on", "Sunday"),
        (AppearancePage, "Colours", "dark"),
        (AppearancePage, "Captions below photos", "always"),
    )
    for page, name, text in choices:
        combo = named(dialog.page(page), QComboBox, name)
        assert isinstance(combo, QComboBox)
        combo.setCurrentText(text)
    qtbot.waitUntil(lambda: own_library.settings().grid_captions)
    settings = own_library.settings()
    assert (settings.southern, settings.week_start, settings.appearance) == (True, 6, Appearance.DARK)


def test_settings_are_shown_as_they_are_and_nothing_is_stored_by_that(
    qtbot: QtBot, background: Background, own_library: Engine, dialog: SettingsDialog
) -> None:
    box(dialog.page(PerformancePage), "battery").toggle()
    qtbot.waitUntil(lambda: own_library.settings().pause_on_battery)
    again = SettingsDialog(own_library, background, Downloads(own_library))
    qtbot.addWidget(again)
    changed = QSignalSpy(again.changed)
    qtbot.waitUntil(lambda: again.page(PerformancePage).isEnabled())
    assert box(again.page(PerformancePage), "battery").isChecked()
    assert changed.count() == 0


def test_a_folder_inside_can_be_left_out(
    qtbot: QtBot, dialog: SettingsDialog, own_library: Engine, tmp_path: Path
) -> None:
    page = dialog.page(FoldersPage)
    assert isinstance(page, FoldersPage)
    page.skip(tmp_path / "private")
    qtbot.waitUntil(lambda: own_library.settings().skipped_folders == (tmp_path / "private",))
    page.skipped.setCurrentRow(0)
    next(button for button in page.findChildren(QPushButton) if "again" in button.text()).click()
    qtbot.waitUntil(lambda: own_library.settings().skipped_folders == ())


def test_a_folder_that_cannot_be_added_is_explained(
    qtbot: QtBot, dialog: SettingsDialog, own_library: Engine, tmp_path: Path
) -> None:
    page = dialog.page(FoldersPage)
    assert isinstance(page, FoldersPage)
    page.folders.add_folder(tmp_path / "missing")
    qtbot.waitUntil(lambda: bool(page.findChildren(QMessageBox)))
    assert "not there" in page.findChildren(QMessageBox)[0].text()
    listed = page.folders.findChild(QListWidget)
    assert isinstance(listed, QListWidget)
    assert listed.count() == len(own_library.folders())


def test_a_folder_added_elsewhere_is_listed_when_the_page_is_shown_again(
    qtbot: QtBot, dialog: SettingsDialog, own_library: Engine, tmp_path: Path
) -> None:
    page = dialog.page(FoldersPage)
    assert isinstance(page, FoldersPage)
    listed = page.folders.findChild(QListWidget)
    assert isinstance(listed, QListWidget)
    dialog.hide()
    (tmp_path / "more").mkdir()
    own_library.add_folder(tmp_path / "more")
    dialog.show()
    qtbot.waitUntil(lambda: listed.count() == 2)


@pytest.mark.parametrize("kind", list(ExportFormat))
def test_captions_are_exported_into_a_folder_of_the_users_choice(
    qtbot: QtBot, dialog: SettingsDialog, tmp_path: Path, kind: ExportFormat
) -> None:
    page = dialog.page(ExportPage)
    assert isinstance(page, ExportPage)
    target = tmp_path / "export"
    target.mkdir()
    page.format.setCurrentIndex(page.format.findData(kind))
    page.export_into(target)
    qtbot.waitUntil(lambda: page.result.startswith("6 captions exported"))
    assert any(path.is_file() for path in target.rglob("*"))


def test_an_export_that_fails_says_why(qtbot: QtBot, dialog: SettingsDialog, tmp_path: Path) -> None:
    page = dialog.page(ExportPage)
    assert isinstance(page, ExportPage)
    (tmp_path / "file").write_bytes(b"")
    page.export_into(tmp_path / "file")
    qtbot.waitUntil(page.export.isEnabled)
    assert page.result.startswith("The captions can't be exported there.")


def test_everything_is_deleted_after_two_questions(qtbot: QtBot, dialog: SettingsDialog, own_library: Engine) -> None:
    photos = list(own_library.folders()[0].path.iterdir())
    root = own_library.home.root
    dialog.privacy.erase.click()
    press(qtbot, dialog.privacy, "Delete everything…")
    assert root.is_dir()
    with qtbot.waitSignal(dialog.erased):
        press(qtbot, dialog.privacy, "Delete now")
    assert not any(root.rglob("catalog.db"))
    assert all(photo.is_file() for photo in photos)
