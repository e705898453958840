"""What stands above a photo in the viewer."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from desktop.icons import icon
from desktop.viewer.slideshow import INTERVALS_S, Slideshow

_LEFT = ("back",)
_RIGHT = ("smaller", "larger", "fit", "whole", "slideshow", "fullscreen", "similar", "details")


class ViewerBar(QToolBar):
    """The way back, the name of the photo, its place among the others, the zoom, and buttons."""

    def __init__(self, actions: Mapping[str, QAction], slideshow: Slideshow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slideshow_action = actions["slideshow"]
        self._title, self._place, self._zoom = QLabel(), QLabel(), QLabel()
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("8888 %"))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.addActions([actions[name] for name in _LEFT])
        for label in (self._title, self._place, self._zoom):
            label.setContentsMargins(*(self.fontMetrics().averageCharWidth(), 0) * 2)
            self.addWidget(label)
        self.addActions([actions[name] for name in _RIGHT])
        self._name_buttons(actions)
        self._add_intervals(slideshow)

    def show_title(self, title: str) -> None:
        """Name the photo."""
        self._title.setText(title)
        self._title.setToolTip(title)

    def show_place(self, at: int, count: int) -> None:
        """Say which of how many photos this is."""
        self._place.setText(self.tr("{0} of {1}").format(*(self.locale().toString(n) for n in (at + 1, count))))

    def show_zoom(self, zoom: float) -> None:
        """Say how large the photo is shown."""
        self._zoom.setText(f"{zoom:.0%}".replace("%", " %"))

    def show_slideshow(self, running: bool) -> None:
        """Let the button say what it does next."""
        self._slideshow_action.setIcon(icon("pause" if running else "play"))
        self._slideshow_action.setText(self.tr("Stop the slideshow") if running else self.tr("Slideshow"))

    def _name_buttons(self, actions: Mapping[str, QAction]) -> None:
        for action in actions.values():
            key = action.shortcut().toString()
            action.setToolTip(f"{action.text()} ({key})" if key else action.text())
            button = self.widgetForAction(action)
            if button:
                button.setAccessibleName(action.text())

    def _add_intervals(self, slideshow: Slideshow) -> None:
        button = self.widgetForAction(self._slideshow_action)
        menu = QMenu(self)
        for seconds in INTERVALS_S:
            text = self.tr("{0} seconds each").format(seconds)
            menu.addAction(text, partial(slideshow.set_interval, seconds))
        if isinstance(button, QToolButton):
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
