"""The running program: one instance, the theme, the log, and the window."""

import gc
import logging
import signal
import sys
from collections.abc import Sequence
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from desktop.background import Background
from desktop.icons import icon
from desktop.instance import SingleInstance
from desktop.theme import apply_appearance
from desktop.window import MainWindow
from engine.api import Appearance, Engine, Home

_log = logging.getLogger(__name__)
_LOG_BYTES = 1_000_000
_HEAR_SIGNALS_MS = 250
# Threads that read thumbnails let go of the interpreter after this long; the usual 5 ms are a third of a frame.
_SWITCH_S = 0.001


def run(home: Home, folders: Sequence[Path] = ()) -> int:
    """Show the window on a library until it is closed, with these folders added, and return the exit status."""
    application = make_application()
    status = _show(application, home, folders)
    let_go()
    return status


def let_go() -> None:
    """Drop what was drawn while the application is still there; Qt crashes on icons that outlive it."""
    sys.excepthook = sys.__excepthook__
    gc.collect()


def _show(application: QApplication, home: Home, folders: Sequence[Path]) -> int:
    instance = SingleInstance(home)
    if not instance.claim(folders):
        return 0
    _log_to(home)
    background = Background()
    window = MainWindow(background, window_settings(home))
    instance.asked.connect(window.come_forward)
    _show_bugs_in(window)
    window.add_folders(folders)
    background.run(partial(Engine.open, home), window.open_library, window.show_problem)
    window.show()
    _quit_on_ctrl_c(application)
    status = application.exec()
    background.close()
    window.close_library()
    return status


def _quit_on_ctrl_c(application: QApplication) -> None:
    """Close as the window's button does; Python hears of a signal only where Qt lets it run now and then."""
    signal.signal(signal.SIGINT, lambda _number, _frame: application.quit())
    timer = QTimer(application, interval=_HEAR_SIGNALS_MS)
    timer.timeout.connect(lambda: None)
    timer.start()


def make_application() -> QApplication:
    """Return the application, named and dressed."""
    sys.setswitchinterval(_SWITCH_S)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Reverie")
    application.setApplicationDisplayName("Reverie")
    application.setDesktopFileName("reverie")
    apply_appearance(Appearance.SYSTEM)
    application.setWindowIcon(icon("reverie"))
    return application


def window_settings(home: Home) -> QSettings:
    """Return where the window remembers its own shape, beside the catalog."""
    return QSettings(str(home.root / "window.ini"), QSettings.Format.IniFormat)


def _show_bugs_in(window: MainWindow) -> None:
    """Log what nobody catches on the main thread, and show it."""

    def report(_kind: object, error: BaseException, _trace: object) -> None:
        _log.error("a bug in the window", exc_info=error)
        window.report(error)

    sys.excepthook = report


def _log_to(home: Home) -> None:
    home.create()
    handler = RotatingFileHandler(home.logs / "window.log", maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8")
    logging.basicConfig(level=logging.INFO, handlers=[handler], format="%(asctime)s %(name)s %(levelname)s %(message)s")
