"""Open the catalog: every connection comes from here, so every connection has the same settings."""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from engine.catalog.migrations import migrations
from engine.errors import CatalogDamaged, CatalogMissing, CatalogTooNew

_BUSY_TIMEOUT_S = 10.0


def open_writer(path: Path) -> Database:
    """Open the catalog for the one thread that writes it, creating or upgrading it first.

    Raises `CatalogDamaged` and `CatalogTooNew`.
    """
    with _damage_named(path):
        db = _connect(path)
        db.enable_wal()
        _refuse_newer(db, path)
        migrations.apply(db)
    return db


def open_reader(path: Path) -> Database:
    """Open an existing catalog for reading, one connection a thread; one of an older version is upgraded first.

    Raises `CatalogMissing`, `CatalogDamaged` and `CatalogTooNew`.
    """
    if not path.exists():
        raise CatalogMissing("There is no library here yet.", "Make one with: reverie index FOLDER", path.parent)
    with _damage_named(path):
        db = _connect(path)
        _refuse_newer(db, path)
        migrations.apply(db)
        db.execute("PRAGMA query_only = 1")
    return db


@contextlib.contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Take the write lock at once, commit at the end, roll back on any exception.

    A deferred `BEGIN` fails with "database is locked" after 0 s, whatever the timeout, when it reads before it writes
    (https://simonwillison.net/2025/Feb/17/sqlite-busy).
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.commit()
    except BaseException:
        # A commit may fail too, on a full disk, and then leaves the transaction open.
        db.conn.rollback()
        raise


def now() -> str:
    """Return the current time as the catalog writes it: UTC, whole seconds, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _connect(path: Path) -> Database:
    db = Database(sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S))
    db.execute("PRAGMA foreign_keys = 1")
    db.execute("PRAGMA synchronous = NORMAL")
    return db


def _refuse_newer(db: Database, path: Path) -> None:
    known = {step.name for step in migrations.applied(db)} | {step.name for step in migrations.pending(db)}
    newest = {step.name for step in migrations.pending(Database(memory=True))}
    if not known <= newest:
        db.close()
        raise CatalogTooNew(
            "This library was made by a newer Reverie.",
            "Install the newest version to open it. Nothing was changed.",
            path,
        )


@contextlib.contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise CatalogDamaged("Can't open the library.", f"SQLite says: {error}.", path) from error
    except sqlite3.DatabaseError as error:
        raise CatalogDamaged(
            "The library file is damaged.",
            f"A backup may lie in {path.parent / 'backups'}. SQLite says: {error}.",
            path,
        ) from error
