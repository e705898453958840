"""Whether a window can be shown here. Qt itself would end the program without a word that helps."""

import ctypes
import os
import sys

_INSTALL = (
    "Install what Qt needs, on Debian and Ubuntu: sudo apt install libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0"
)


def what_is_missing() -> str | None:
    """Return what keeps this system from showing a window, in a sentence or two, or None where nothing does."""
    platform = os.environ.get("QT_QPA_PLATFORM") or _platform_of_the_session()
    if platform is None:
        return "There is no screen here. Without one, search with: reverie search"
    try:
        _load_qt(platform)
    except (ImportError, OSError) as error:
        return f"The window needs a library that this system lacks: {str(error).split(':')[0]}. {_INSTALL}"
    return None


def _platform_of_the_session() -> str | None:
    if not sys.platform.startswith("linux"):
        return sys.platform
    if os.environ.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if os.environ.get("DISPLAY") else None


def _load_qt(platform: str) -> None:
    """Load Qt's plugin for X11, the only one that leans on libraries that often are not there."""
    import PySide6.QtWidgets  # noqa: F401
    from PySide6.QtCore import QLibraryInfo

    if platform == "xcb":
        ctypes.CDLL(f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)}/platforms/libqxcb.so")
