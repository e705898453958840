"""What stands above a photo in the viewer."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from desktop.icons import icon
from desktop.library.elided import ElidedLabel
from desktop.viewer.slideshow import INTERVALS_S, Slideshow

_BUTTONS = ("smaller", "larger", "fit", "whole", "slideshow", "fullscreen", "similar", "details")
_ICON_LINES = 1.4


class ViewerBar(QWidget):
    """The way back, the name of the photo, its place among the others, the zoom, and buttons."""

    def __init__(self, actions: Mapping[str, QAction], slideshow: Slideshow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slideshow_action = actions["slideshow"]
        self._title = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self._place, self._zoom = QLabel(), QLabel()
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("8888 %"))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        buttons = {name: self._button(actions[name]) for name in ("back", *_BUTTONS)}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*(self.fontMetrics().averageCharWidth(),) * 4)
        layout.addWidget(buttons["back"])
        layout.addWidget(self._title, 1)
        layout.addWidget(self._place)
        layout.addWidget(self._zoom)
        for name in _BUTTONS:
            layout.addWidget(buttons[name])
        self._add_intervals(buttons["slideshow"], slideshow)

    def show_title(self, title: str) -> None:
        """Name the photo."""
        self._title.show_text(title)

    def show_place(self, at: int, count: int) -> None:
        """Say which of how many photos this is."""
        self._place.setText(self.tr("{0} of {1}").format(*(self.locale().toString(n) for n in (at + 1, count))))

    def show_zoom(self, zoom: float) -> None:
        """Say how large the photo is shown."""
        self._zoom.setText(f"{round(100 * zoom)} %")

    def show_slideshow(self, running: bool) -> None:
        """Let the button say what it does next."""
        self._slideshow_action.setIcon(icon("pause" if running else "play"))
        self._slideshow_action.setText(self.tr("Stop the slideshow") if running else self.tr("Slideshow"))

    def _button(self, action: QAction) -> QToolButton:
        key = action.shortcut().toString()
        action.setToolTip(f"{action.text()} ({key})" if key else action.text())
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        side = round(self.fontMetrics().height() * _ICON_LINES)
        button.setIconSize(QSize(side, side))
        button.setAccessibleName(action.text())
        return button

    def _add_intervals(self, button: QToolButton, slideshow: Slideshow) -> None:
        menu = QMenu(button)
        choices = QActionGroup(menu)
        for seconds in INTERVALS_S:
            action = choices.addAction(self.tr("{0} seconds each").format(seconds))
            action.setCheckable(True)
            action.setChecked(seconds == slideshow.interval_s)
            action.setData(seconds)
        choices.triggered.connect(lambda action: slideshow.set_interval(action.data()))
        menu.addActions(choices.actions())
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
