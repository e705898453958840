"""Find photos by words that have to be there, or must not: in captions and in the text in photos."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.index.photo_set import PhotoSet
from engine.search.id_column import read_ids
from engine.search.stemmer import Stemmer

_SAID = "{caption uncertain_caption text_in_photo}"
_SHOWN = "{caption uncertain_caption text_in_photo tags}"
_MATCHING = "SELECT rowid AS id FROM words_fts WHERE words_fts MATCH ?"
_TEXTS = "SELECT photo_id, caption || char(10) || uncertain_caption || char(10) || text_in_photo FROM words"


def photos_with_words(db: Database, words: str) -> PhotoSet:
    """Return the photos whose caption, or the text in them, holds these words in a row, whatever their endings."""
    return PhotoSet.of(read_ids(db, _MATCHING, [f"{_SAID} : {db.quote_fts(words)}"]))


def photos_with_any(db: Database, words: Sequence[str]) -> PhotoSet:
    """Return the photos whose caption or tags, or the text in them, hold at least one of some words."""
    either = " OR ".join(db.quote_fts(word) for word in words)
    return PhotoSet.of(read_ids(db, _MATCHING, [f"{_SHOWN} : ({either})"]))


def photos_with_phrase(db: Database, stemmer: Stemmer, phrase: str) -> PhotoSet:
    """Return the photos whose caption, or the text in them, holds a phrase letter by letter, but for case and space.

    The word index names those that may; where it cannot, because a phrase has no words or is in a script that sets no
    spaces between them, all texts are read: .1 s for 100,000.
    """
    rows = db.execute(f"{_TEXTS} WHERE {_worth_reading(db, stemmer, phrase)}").fetchall()
    ids = [photo_id for photo_id, text in rows if holds_phrase(text, phrase)]
    return PhotoSet.of(np.array(ids, dtype=np.int64))


def holds_phrase(text: str, phrase: str) -> bool:
    """Say whether a text holds a phrase letter by letter, but for case and space, and not as a part of longer words."""
    return _pattern(phrase).search(_folded(text)) is not None


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    words = _folded(phrase).split()
    inside = r"\s+".join(re.escape(word) for word in words)
    before = r"(?<!\w)" if words and _is_spelt(words[0][0]) else ""
    after = r"(?!\w)" if words and _is_spelt(words[-1][-1]) else ""
    return re.compile(f"{before}{inside}{after}")


def _worth_reading(db: Database, stemmer: Stemmer, phrase: str) -> str:
    if not stemmer.split(phrase) or not all(_is_spelt(letter) for letter in phrase if letter.isalpha()):
        return "1"
    matching = _ids(read_ids(db, _MATCHING, [f"{_SAID} : {db.quote_fts(phrase)}"]))
    return f"photo_id IN ({matching})"


def _ids(photo_ids: NDArray[np.int64]) -> str:
    return ",".join(map(str, photo_ids.tolist()))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _is_spelt(letter: str) -> bool:
    """Say whether a letter is of a script that sets spaces between its words."""
    return letter.isalnum() and unicodedata.category(letter) != "Lo"
