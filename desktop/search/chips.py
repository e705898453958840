"""Chips: how a request was understood, each part to be edited or removed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.icons import icon
from desktop.search.flow import FlowLayout
from engine.api import Chip, Condition, Guidance

_GAP = 6
_ICONS = {Guidance.DESCRIPTION: "search", Condition.MUST_NOT: "must-not"}


class ChipBar(QWidget):
    """Show chips in lines. `edited` and `removed` carry a `Chip`; `scope_removed` is about the place searched in."""

    edited = Signal(object)
    removed = Signal(object)
    scope_removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, _GAP)
        self._shown: tuple[str, Sequence[Chip]] = ("", ())
        self.setAccessibleName(self.tr("How your words were understood"))
        self.hide()

    def show_chips(self, chips: Sequence[Chip], scope: str = "") -> None:
        """Show these, after the place searched in where there is one."""
        if (scope, chips) == self._shown:
            return
        self._shown = (scope, chips)
        self._clear()
        if scope:
            self._flow.addWidget(_Pill(icon_name="folder", label=scope, remove=self.scope_removed.emit))
        for chip in chips:
            self._flow.addWidget(self._pill(chip))
        self.setVisible(bool(scope or chips))

    def labels(self) -> list[str]:
        """Return what the chips say."""
        return [pill.label for pill in self.findChildren(_Pill)]

    def _pill(self, chip: Chip) -> "_Pill":
        name = _ICONS.get(chip.kind, chip.kind.value)
        return _Pill(name, chip.label, lambda: self.removed.emit(chip), lambda: self.edited.emit(chip))

    def _clear(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if pill := item.widget():
                pill.setParent(None)
                pill.deleteLater()


class _Pill(QWidget):
    def __init__(
        self,
        icon_name: str,
        label: str,
        remove: Callable[[], object],
        edit: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.label = label
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_GAP, 1, 2, 1)
        layout.setSpacing(0)
        layout.addWidget(self._text_button(icon_name, edit))
        layout.addWidget(self._remove_button(remove))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Midlight))
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)

    def _text_button(self, icon_name: str, edit: Callable[[], object] | None) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(icon_name))
        button.setText(self.label.replace("&", "&&"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAutoRaise(True)
        if edit:
            button.clicked.connect(edit)
            button.setToolTip(self.tr("Edit"))
            button.setAccessibleName(self.tr("Edit {0}").format(self.label))
        else:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _remove_button(self, remove: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("clear"))
        button.setAutoRaise(True)
        button.setToolTip(self.tr("Search without this"))
        button.setAccessibleName(self.tr("Search without {0}").format(self.label))
        button.clicked.connect(remove)
        return button
