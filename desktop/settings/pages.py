"""The pages of the settings that consist of simple choices."""

import os

from PySide6.QtWidgets import QWidget

from desktop.settings.form import SettingsForm
from desktop.settings.quiet_hours import QuietHoursEdit
from engine.api import Appearance


class PerformancePage(SettingsForm):
    """What Reverie may do, and when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_title(self.tr("Performance"))
        self.add_check("captions", self.tr("Describe photos, so that they are found by what happens in them"))
        self.add_check("text_in_photos", self.tr("Read the text in photos"))
        self.add_check("pause_on_battery", self.tr("Rest while the computer runs on battery"))
        quiet = QuietHoursEdit()
        quiet.edited.connect(lambda hours: self.edited.emit("quiet_hours", hours))
        self.rows.addRow(quiet)
        self.bind("quiet_hours", quiet, quiet.show_hours)
        most = os.cpu_count() or 1
        threads = self.add_number(self.tr("Processor cores for describing"), 0, most, self.tr("automatic"))
        threads.valueChanged.connect(lambda number: self.edited.emit("threads", number or None))
        self.bind("threads", threads, lambda number: threads.setValue(number or 0))
        self.add_text(self.tr("Search goes on while Reverie rests."))


class LanguagePage(SettingsForm):
    """How dates in requests are understood."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_title(self.tr("Language and dates"))
        self.add_choice(
            "southern", self.tr("Seasons are those of the"), {False: self.tr("north"), True: self.tr("south")}
        )
        self.add_choice(
            "week_start",
            self.tr("A week begins on"),
            {0: self.tr("Monday"), 6: self.tr("Sunday"), 5: self.tr("Saturday")},
        )
        self.add_text(self.tr("“Last summer” and “last week” are understood accordingly. Descriptions are in English."))


class AppearancePage(SettingsForm):
    """What the window looks like."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_title(self.tr("Appearance"))
        self.add_choice(
            "appearance",
            self.tr("Colours"),
            {
                Appearance.SYSTEM: self.tr("like the system"),
                Appearance.LIGHT: self.tr("light"),
                Appearance.DARK: self.tr("dark"),
            },
        )
        self.add_choice(
            "grid_captions",
            self.tr("Captions below photos"),
            {False: self.tr("of the photo under the pointer"), True: self.tr("always")},
        )
