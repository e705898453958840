"""Read what a library can be asked for by name."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from engine.catalog.folders import list_folders
from engine.imaging.places import regions_of_towns
from engine.understanding.names import fold
from engine.understanding.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W\d_]{2,}")
_FIRST_YEAR = 1826  # the first photo: https://en.wikipedia.org/wiki/View_from_the_Window_at_Le_Gras


def read_vocabulary(db: Database, english: frozenset[str]) -> Vocabulary:
    """Return the names of the visible photos; 100,000 photos with captions of 30 words take 2 s.

    The word index has stems, which nobody would want a word to be taken for, so the words are read from the texts.
    """
    words = _count(db, "caption || ' ' || uncertain_caption || ' ' || tags")
    others = _count(db, "text_in_photo || ' ' || names")
    places = db.execute(
        "SELECT DISTINCT district, city, region, country FROM visible_photos WHERE country IS NOT NULL"
    ).fetchall()
    return Vocabulary.build(
        places,
        (row[0] for row in db.execute("SELECT DISTINCT camera FROM visible_photos WHERE camera IS NOT NULL")),
        _folders(db),
        words,
        english | others.keys(),
        _years(db),
        regions_of_towns(frozenset(city for _, city, _, _ in places)) if places else None,
    )


def _count(db: Database, column: str) -> dict[str, int]:
    """Return in how many photos each word stands, without capitals and accents."""
    counts = Counter[str]()
    for (text,) in db.execute(f"SELECT {column} FROM words"):
        counts.update(set(_WORD.findall(text.lower())))
    folded = Counter[str]()
    for word, count in counts.items():
        folded[fold(word)] += count
    return folded


def _folders(db: Database) -> Iterator[Path]:
    """Yield every folder with photos in it or below it, down from those that the user chose."""
    roots = {os.fsencode(folder.path) for folder in list_folders(db)}
    found = {os.path.dirname(row[0]) for row in db.execute("SELECT path FROM files WHERE photo_id IS NOT NULL")}  # noqa: PTH120
    while found:
        yield from (Path(os.fsdecode(folder)) for folder in found)
        found = {os.path.dirname(folder) for folder in found - roots if len(folder) > 1} - found  # noqa: PTH120


def _years(db: Database) -> tuple[int, int] | None:
    first, last = db.execute(
        "SELECT min(taken_at), max(taken_at) FROM visible_photos WHERE taken_at >= ?", [str(_FIRST_YEAR)]
    ).fetchone()
    return (int(first[:4]), int(last[:4])) if first else None
