"""The line between the field and the photos: how many there are, how strict to be, in which order, how large."""

from PySide6.QtCore import QSettings, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from desktop.grid.painted import SIZES_PX, USUAL_SIZE
from desktop.icons import icon
from desktop.library.elided import ElidedLabel
from desktop.search.request import Request
from engine.api import Sort

_STEPS = 10
_SLIDER_IN_CHARACTERS = 14
_ROOMY = 80  # characters
_STRICTNESS, _SIZE = "search/strictness", "search/size"


class Controls(QWidget):
    """`changed` says that another answer is wanted; `size_changed` carries a size of the grid.

    Lists and what is found have each their own order. Where there is little room the slider of sizes gives way.
    """

    changed = Signal()
    size_changed = Signal(int)

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._orders = {True: Sort.NEWEST, False: Sort.RELEVANCE}
        self._is_listing = True
        self._count = ElidedLabel()
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._count.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._strictness_label = QLabel(self.tr("&Strictness"))
        self._strictness = self._slider(_STEPS, _STRICTNESS, 0)
        self._size = self._slider(len(SIZES_PX) - 1, _SIZE, USUAL_SIZE)
        self._sizes = self._size_box()
        self._sort = QComboBox()
        self._fill_sort_box()
        self._explain()
        self._strictness.valueChanged.connect(self.changed)
        self._size.valueChanged.connect(self.size_changed)
        self._sort.currentIndexChanged.connect(self._choose_order)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._count)
        layout.addStretch(1)
        for widget in (self._strictness_label, self._strictness, self._sort, self._sizes):
            layout.addWidget(widget)

    @property
    def strictness(self) -> float:
        """How much of the unlikely rest is cut, from 0 to 1."""
        return self._strictness.value() / _STEPS

    @property
    def sort(self) -> Sort:
        """The order that the user chose for what is found."""
        return self._orders[False]

    @property
    def list_sort(self) -> Sort:
        """The order that the user chose for lists."""
        return self._orders[True]

    @property
    def photo_size(self) -> int:
        """The size of the photos."""
        return self._size.value()

    @property
    def count_text(self) -> str:
        """What is said of the photos shown."""
        return self._count.text()

    def show_count(self, text: str) -> None:
        """Say how many photos there are."""
        self._count.show_text(text)

    def show_for(self, request: Request) -> None:
        """Offer what makes sense: a list has no strictness and no relevance, and some have an order of their own."""
        self._strictness.setHidden(request.is_listing)
        self._strictness_label.setHidden(request.is_listing)
        self._sort.setVisible(request.special is None)
        self._sort.setEnabled(request.plan.sort is Sort.RELEVANCE)
        if request.is_listing != self._is_listing:
            self._is_listing = request.is_listing
            self._fill_sort_box()

    def show_size(self, size: int) -> None:
        """Follow a size that was chosen otherwise."""
        with QSignalBlocker(self._size):
            self._size.setValue(size)

    def keep(self) -> None:
        """Remember what is set for the next start."""
        self._settings.setValue(_STRICTNESS, self._strictness.value())
        self._settings.setValue(_SIZE, self._size.value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sizes.setVisible(event.size().width() > self.fontMetrics().averageCharWidth() * _ROOMY)

    def _size_box(self) -> QWidget:
        sizes = QWidget()
        layout = QHBoxLayout(sizes)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._step("smaller", self.tr("Smaller photos"), -1))
        layout.addWidget(self._size)
        layout.addWidget(self._step("larger", self.tr("Larger photos"), 1))
        return sizes

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

    def _fill_sort_box(self) -> None:
        names = {Sort.RELEVANCE: self.tr("Best match")} if not self._is_listing else {}
        names |= {Sort.NEWEST: self.tr("Newest first"), Sort.OLDEST: self.tr("Oldest first")}
        with QSignalBlocker(self._sort):
            self._sort.clear()
            for order, name in names.items():
                self._sort.addItem(name, order)
            self._sort.setCurrentIndex(list(names).index(self._orders[self._is_listing]))

    def _choose_order(self) -> None:
        self._orders[self._is_listing] = Sort(self._sort.currentData())
        self.changed.emit()

    def _explain(self) -> None:
        self._strictness_label.setBuddy(self._strictness)
        self._strictness.setAccessibleName(self.tr("Strictness"))
        self._strictness.setToolTip(self.tr("To the right, only photos that surely match are shown."))
        self._size.setAccessibleName(self.tr("Size of the photos"))
        self._size.setToolTip(self.tr("Size of the photos"))
        self._sort.setAccessibleName(self.tr("Order"))
