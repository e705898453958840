"""A copy of the catalog a day, two kept."""

from datetime import date
from pathlib import Path

from sqlite_utils import Database

_KEPT = 2


def back_up_daily(db: Database, folder: Path) -> Path | None:
    """Write today's copy unless it is there already, and remove all but the two newest; return the new copy.

    `VACUUM INTO` gives a consistent file while others read. Runs outside a transaction, on the writer's connection.
    """
    target = folder / f"catalog-{date.today().isoformat()}.db"
    if target.exists():
        return None
    unfinished = target.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    db.conn.execute("VACUUM INTO ?", [str(unfinished)])
    unfinished.replace(target)
    for old in sorted(folder.glob("catalog-*.db"))[:-_KEPT]:
        old.unlink()
    return target
