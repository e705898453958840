"""What was searched for before: the arrow keys bring it back."""

from PySide6.QtCore import QSettings

_KEY = "search/history"
_LONGEST = 100


class History:
    """The last texts searched for, kept between starts."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        kept = settings.value(_KEY)
        self._texts: list[str] = list(kept) if isinstance(kept, list) else [kept] if isinstance(kept, str) else []
        self._place = len(self._texts)
        self._draft = ""

    def add(self, text: str) -> None:
        """Remember a text as the last one, and begin again from there."""
        text = text.strip()
        if text:
            self._texts = [*(other for other in self._texts if other != text), text][-_LONGEST:]
            self._settings.setValue(_KEY, self._texts)
        self._place = len(self._texts)

    def clear(self) -> None:
        """Forget everything."""
        self._texts, self._place = [], 0
        self._settings.remove(_KEY)

    def earlier(self, text: str) -> str | None:
        """Return the text before the one last returned, None where there is none; `text` is what stands there now."""
        if self._place == len(self._texts):
            self._draft = text
        while self._place:
            self._place -= 1
            if self._texts[self._place] != text:
                return self._texts[self._place]
        return None

    def later(self) -> str | None:
        """Return the text after the one last returned, at the end what was being typed; None where that is there."""
        if self._place == len(self._texts):
            return None
        self._place += 1
        if self._place < len(self._texts):
            return self._texts[self._place]
        return self._draft or None
