"""Show files where they lie, in the system's own file manager."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def show_in_file_manager(path: Path) -> None:
    """Open the folder of a file, with the file selected where the system can do that; a folder is shown likewise."""
    program, *arguments = _command(path)
    if not QProcess.startDetached(program, arguments)[0]:
        QDesktopServices.openUrl(QUrl.fromLocalFile(path.parent))


def _command(path: Path) -> list[str]:
    match sys.platform:
        case "darwin":
            return ["open", "-R", str(path)]
        case "win32":
            return ["explorer", f"/select,{path}"]
    uri = QUrl.fromLocalFile(path).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    return [
        "dbus-send", "--session", "--type=method_call", "--dest=org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1.ShowItems", f"array:string:{uri}", "string:",
    ]  # fmt: skip
