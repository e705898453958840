"""The line between the field and the photos: how many there are, how strict to be, in which order, how large."""

from collections.abc import Iterator

from PySide6.QtCore import QSettings, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from desktop.grid.view import SIZES_PX, USUAL_SIZE
from desktop.icons import icon
from engine.api import Sort

_STEPS = 10
_SLIDER_IN_CHARACTERS = 14
_STRICTNESS, _SIZE = "search/strictness", "search/size"


class Controls(QWidget):
    """`changed` says that another answer is wanted; `size_changed` carries a size of the grid; `undo_asked` that the
    offer beside the count was taken."""

    changed = Signal()
    size_changed = Signal(int)
    undo_asked = Signal()

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._count = QLabel()
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._count.linkActivated.connect(self.undo_asked)
        self._strictness_label = QLabel(self.tr("&Strictness"))
        self._strictness = self._slider(_STEPS, _STRICTNESS, 0)
        self._size = self._slider(len(SIZES_PX) - 1, _SIZE, USUAL_SIZE)
        self._sort = self._sort_box()
        self._explain()
        self._strictness.valueChanged.connect(self.changed)
        self._size.valueChanged.connect(self.size_changed)
        self._sort.currentIndexChanged.connect(self.changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._count, 1)
        for widget in self._right_side():
            layout.addWidget(widget)

    @property
    def strictness(self) -> float:
        """How much of the unlikely rest is cut, from 0 to 1."""
        return self._strictness.value() / _STEPS

    @property
    def sort(self) -> Sort:
        """The order that the user chose."""
        return Sort(self._sort.currentData())

    @property
    def photo_size(self) -> int:
        """The size of the photos."""
        return self._size.value()

    @property
    def count_text(self) -> str:
        """What is said of the photos shown."""
        return self._count.text()

    def show_count(self, text: str) -> None:
        """Say how many photos there are; a link in it is an offer to undo."""
        self._count.setText(text)

    def show_for(self, *, listing: bool) -> None:
        """Offer what makes sense: a list has no strictness and no relevance."""
        self._strictness.setVisible(not listing)
        self._strictness_label.setVisible(not listing)

    def show_size(self, size: int) -> None:
        """Follow a size that was chosen otherwise."""
        with QSignalBlocker(self._size):
            self._size.setValue(size)

    def keep(self) -> None:
        """Remember what is set for the next start."""
        self._settings.setValue(_STRICTNESS, self._strictness.value())
        self._settings.setValue(_SIZE, self._size.value())

    def _right_side(self) -> Iterator[QWidget]:
        yield self._strictness_label
        yield self._strictness
        yield self._sort
        yield self._step("smaller", self.tr("Smaller photos"), -1)
        yield self._size
        yield self._step("larger", self.tr("Larger photos"), 1)

    def _step(self, name: str, label: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(name))
        button.setAutoRaise(True)
        button.setToolTip(label)
        button.setAccessibleName(label)
        button.clicked.connect(lambda: self._size.setValue(self._size.value() + step))
        return button

    def _slider(self, steps: int, key: str, usual: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, steps)
        slider.setPageStep(1)
        slider.setFixedWidth(self.fontMetrics().averageCharWidth() * _SLIDER_IN_CHARACTERS)
        slider.setValue(int(str(self._settings.value(key, usual))))
        return slider

    def _sort_box(self) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("Best match"), Sort.RELEVANCE)
        box.addItem(self.tr("Newest first"), Sort.NEWEST)
        box.addItem(self.tr("Oldest first"), Sort.OLDEST)
        return box

    def _explain(self) -> None:
        self._strictness_label.setBuddy(self._strictness)
        self._strictness.setAccessibleName(self.tr("Strictness"))
        self._strictness.setToolTip(self.tr("To the right, only photos that surely match are shown."))
        self._size.setAccessibleName(self.tr("Size of the photos"))
        self._size.setToolTip(self.tr("Size of the photos"))
        self._sort.setAccessibleName(self.tr("Order"))
