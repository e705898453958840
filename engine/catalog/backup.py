"""A copy of the catalog a day, two kept."""

import contextlib
import sqlite3
from datetime import date
from pathlib import Path

from engine.catalog.connection import open_reader
from engine.errors import CannotWrite

_KEPT = 2


def back_up_daily(catalog: Path, folder: Path) -> Path | None:
    """Write today's copy unless it is there already, and remove all but the two newest; return the new copy.

    `VACUUM INTO` gives a whole and consistent file while others read and write. Raises `CannotWrite`.
    """
    target = folder / f"catalog-{date.today().isoformat()}.db"
    if target.exists():
        return None
    unfinished = target.with_suffix(".part")
    try:
        unfinished.unlink(missing_ok=True)
        with contextlib.closing(open_reader(catalog)) as db:
            db.execute("PRAGMA query_only = 0")
            db.conn.execute("VACUUM INTO ?", [str(unfinished)])
        unfinished.replace(target)
        for old in sorted(folder.glob("catalog-*.db"))[:-_KEPT]:
            old.unlink()
    except (OSError, sqlite3.OperationalError) as error:
        raise CannotWrite("Can't back up the library.", f"The system says: {error}.", folder) from error
    return target
