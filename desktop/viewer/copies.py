"""The files that hold a photo."""

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.icons import icon
from desktop.viewer.section import Section
from engine.api import PhotoDetails, PhotoFile


class Copies(Section):
    """Every file of a photo, each with a button that says `folder_asked` of its path."""

    folder_asked = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._files = QWidget()
        self.body.addWidget(self._files)

    def show_files(self, details: PhotoDetails) -> None:
        """List the files that hold a photo."""
        files = QWidget()
        layout = QVBoxLayout(files)
        layout.setContentsMargins(0, 0, 0, 0)
        for file in details.files:
            layout.addLayout(self._describe(file))
        self.body.replaceWidget(self._files, files)
        self._files.deleteLater()
        self._files = files

    def _describe(self, file: PhotoFile) -> QHBoxLayout:
        row, texts = QHBoxLayout(), QVBoxLayout()
        name, place = QLabel(), QLabel()
        place.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        name.setText(_breakable(file.path.name))
        place.setText(self._place(file))
        for label in (name, place):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            texts.addWidget(label)
        row.addLayout(texts, 1)
        row.addWidget(self._button(file.path))
        return row

    def _place(self, file: PhotoFile) -> str:
        size = self.locale().formattedDataSize(file.size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        online = "" if file.is_online else self.tr(" · not reachable now")
        return f"{_breakable(str(file.path.parent))}\n{size}{online}"

    def _button(self, path: Path) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("folder"))
        button.setAutoRaise(True)
        button.setToolTip(self.tr("Show {0} in its folder").format(path.name))
        button.setAccessibleName(button.toolTip())
        button.clicked.connect(lambda: self.folder_asked.emit(path))
        return button


def _breakable(path: str) -> str:
    """Let a long path wrap after any separator."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b").replace("_", "_\u200b")
