"""What is done with the files of photos: copied, shown, and opened, but never changed."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from desktop.system.file_manager import show_in_file_manager
from engine.api import Photo

_MOST_OPENED = 10  # windows of other programs at once


def copy_files(photos: Sequence[Photo]) -> None:
    """Put the files on the clipboard, to be pasted into a folder or a message; never to be moved."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo.paths[0])) for photo in photos])
    QGuiApplication.clipboard().setMimeData(data)


def copy_paths(photos: Sequence[Photo]) -> None:
    """Put the paths on the clipboard, one a line."""
    QGuiApplication.clipboard().setText("\n".join(str(photo.paths[0]) for photo in photos))


def copy_captions(photos: Sequence[Photo]) -> None:
    """Put the captions on the clipboard, one a line."""
    QGuiApplication.clipboard().setText("\n".join(photo.caption for photo in photos if photo.caption))


def reveal(photos: Sequence[Photo]) -> None:
    """Show the files in the system's file manager."""
    for photo in photos[:_MOST_OPENED]:
        show_in_file_manager(photo.paths[0])


def open_elsewhere(photos: Sequence[Photo]) -> None:
    """Open the files with the programs that the system has for them."""
    for photo in photos[:_MOST_OPENED]:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(photo.paths[0])))
