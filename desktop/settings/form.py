"""A page of settings: each control stands for one field of `Settings` and counts at once."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from desktop.library.page_title import PageTitle
from engine.api import Settings


class SettingsForm(QWidget):
    """Show settings; `edited` carries the name of a field and the value that the user gave it."""

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QFormLayout(self)
        self.rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.rows.setVerticalSpacing(self.fontMetrics().height() // 2)
        self._shows: dict[str, tuple[QWidget, Callable[[Any], None]]] = {}

    def load(self, settings: Settings) -> None:
        """Show these settings."""
        for field, (control, show) in self._shows.items():
            blocker = QSignalBlocker(control)
            show(getattr(settings, field))
            blocker.unblock()

    def add_title(self, title: str) -> None:
        """Say what the page is about."""
        self.rows.addRow(PageTitle(title))

    def add_text(self, text: str) -> QLabel:
        """Say something, over the whole width."""
        label = QLabel(text, wordWrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.rows.addRow(label)
        return label

    def add_buttons(self, *buttons: QPushButton) -> None:
        """Put buttons side by side, no wider than they need to be."""
        row = QHBoxLayout()
        row.setSpacing(self.fontMetrics().averageCharWidth())
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.rows.addRow(row)

    def add_check(self, field: str, text: str) -> QCheckBox:
        """Let a field be switched on and off."""
        box = QCheckBox(text)
        box.toggled.connect(lambda on: self.edited.emit(field, on))
        self.rows.addRow(box)
        self.bind(field, box, box.setChecked)
        return box

    def add_choice(self, field: str, label: str, options: Mapping[Any, str]) -> QComboBox:
        """Let a field have one of several values, each with its text."""
        values, box = list(options), QComboBox()
        box.addItems(list(options.values()))
        box.setAccessibleName(label)
        box.currentIndexChanged.connect(lambda row: self.edited.emit(field, values[row]))
        self.rows.addRow(label, box)
        self.bind(field, box, lambda value: box.setCurrentIndex(values.index(value)))
        return box

    def add_number(self, label: str, lowest: int, highest: int, lowest_text: str) -> QSpinBox:
        """Let something be a number; `lowest_text` stands for the lowest."""
        box = QSpinBox()
        box.setRange(lowest, highest)
        box.setSpecialValueText(lowest_text)
        box.setAccessibleName(label)
        self.rows.addRow(label, box)
        return box

    def bind(self, field: str, control: QWidget, show: Callable[[Any], None]) -> None:
        """Show the value of a field with `show` whenever settings are loaded; `control` is silent meanwhile."""
        self._shows[field] = (control, show)
