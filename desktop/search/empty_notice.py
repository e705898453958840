"""The page that stands where there are no photos."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.icons import icon
from desktop.notice import Notice
from desktop.question import explain
from desktop.search.empty import EmptyPage, Offered


class EmptyNotice(Notice):
    """Show an `EmptyPage`; `taken` carries what the user chose of its offers."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: EmptyPage | None = None

    def show_page(self, page: EmptyPage) -> None:
        """Show a page; one that is there already stays, with the keyboard where it was."""
        if page != self._shown:
            self._shown = page
            self.show_message(icon(page.icon), page.title, page.text, *map(self._button, page.buttons))

    def show_error(self, error: Exception) -> None:
        """Say what went wrong."""
        self._shown = None
        self.show_message(icon("warning"), *explain(error))

    def _button(self, offered: Offered) -> QPushButton:
        button = QPushButton(offered.label)
        button.clicked.connect(lambda: self.taken.emit(offered))
        return button
