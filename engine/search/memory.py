"""Remember what a catalog says until it changes: with each key that is typed, the same is asked again."""

from collections.abc import Callable
from typing import Generic, TypeVar

from sqlite_utils import Database

_MOST = 32

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Memory(Generic[_Key, _Value]):
    """Remember at most 32 values, until somebody else than this connection writes. Held by one thread."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._version: int | None = None
        self._values: dict[_Key, _Value] = {}

    def recall(self, key: _Key, find: Callable[[], _Value]) -> _Value:
        """Return the value of a key; find it where it is not remembered."""
        version = self._db.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._values.clear()
            self._version = version
        if key not in self._values:
            if len(self._values) == _MOST:
                self._values.clear()
            self._values[key] = find()
        return self._values[key]
