"""Small facts about the library and the user's settings, by name."""

import json
from typing import Any

from sqlite_utils import Database


def read_meta(db: Database, key: str, default: Any = None) -> Any:
    """Return the JSON value stored under `key`, or `default`."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return json.loads(row[0]) if row else default


def write_meta(db: Database, key: str, value: Any) -> None:
    """Store a JSON value under `key`."""
    db.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, json.dumps(value)],
    )
