"""From when to when indexing rests every day."""

from datetime import time

from PySide6.QtCore import QSignalBlocker, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QTimeEdit, QWidget

from engine.api import QuietHours

_USUAL = QuietHours(time(9), time(17))


class QuietHoursEdit(QWidget):
    """Switch quiet hours on and off, and set them; `edited` carries them, or None."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switch = QCheckBox(self.tr("Rest every day from"))
        self.start, self.end = QTimeEdit(), QTimeEdit()
        self.start.setAccessibleName(self.tr("Start of the quiet hours"))
        self.end.setAccessibleName(self.tr("End of the quiet hours"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.switch, self.start, QLabel(self.tr("to")), self.end):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.show_hours(None)
        self.switch.toggled.connect(self._tell)
        for edit in (self.start, self.end):
            edit.timeChanged.connect(self._tell)

    def show_hours(self, hours: QuietHours | None) -> None:
        """Show these hours, or that there are none."""
        shown = hours or _USUAL
        blockers = [QSignalBlocker(widget) for widget in (self.switch, self.start, self.end)]
        self.switch.setChecked(hours is not None)
        self.start.setTime(QTime(shown.start.hour, shown.start.minute))
        self.end.setTime(QTime(shown.end.hour, shown.end.minute))
        del blockers
        self._enable()

    def _tell(self) -> None:
        self._enable()
        hours = QuietHours(_time(self.start), _time(self.end))
        self.edited.emit(hours if self.switch.isChecked() else None)

    def _enable(self) -> None:
        for edit in (self.start, self.end):
            edit.setEnabled(self.switch.isChecked())


def _time(edit: QTimeEdit) -> time:
    return time(edit.time().hour(), edit.time().minute())
