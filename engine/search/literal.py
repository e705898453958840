"""Find photos by words that have to be there, or must not: in captions and in the text in photos."""

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from sqlite_utils import Database

from engine.index.photo_set import PhotoSet
from engine.search.denials import NEGATORS, denials, without_denials
from engine.search.id_column import read_ids
from engine.search.stemmer import Stemmer

_CAPTIONS = "{caption uncertain_caption}"
_SAID = "{caption uncertain_caption text_in_photo}"
_SHOWN = "{caption uncertain_caption text_in_photo tags}"
_TEXTS = "SELECT photo_id, caption || char(10) || uncertain_caption || char(10) || text_in_photo FROM words"


def photos_with_words(db: Database, stemmer: Stemmer, words: str) -> PhotoSet | None:
    """Return the photos whose caption, or the text in them, holds these words in a row, whatever their endings; None
    where there is no word in them."""
    quoted = _quoted(stemmer, words)
    return _matching(db, f"{_SAID} : {quoted}") if quoted else None


def photos_with_any(db: Database, stemmer: Stemmer, names: Sequence[str]) -> PhotoSet:
    """Return the photos whose caption or tags, or the text in them, hold at least one of some names, not counting where
    a caption says that there is none."""
    quoted = _quoted_names(stemmer, names)
    if not quoted:
        return PhotoSet.none()
    either = f"({' OR '.join(quoted)})"
    denying = _matching(db, f"{_CAPTIONS} : {either} AND {_CAPTIONS} : ({' OR '.join(NEGATORS)})").ids().tolist()
    return _matching(db, f"{_SHOWN} : {either}") - _denied_only(db, stemmer, quoted, denying)


def find_denials(stemmer: Stemmer, names: Sequence[str], captions: Sequence[str | None]) -> list[tuple[str, ...]]:
    """Return what each caption says is not there, as far as it is one of some names."""
    said = [denials(caption or "") for caption in captions]
    if not any(said):
        return [()] * len(said)
    quoted = _quoted_names(stemmer, names)
    found = iter(stemmer.find_any(quoted, [each for own in said for each in own]))
    return [tuple(each for each in own if next(found)) for own in said]


def _denied_only(db: Database, stemmer: Stemmer, quoted: Sequence[str], photo_ids: list[int]) -> PhotoSet:
    """Return those of some photos that hold the names only where their caption denies them."""
    rows = db.execute(
        """SELECT photo_id, caption || char(10) || uncertain_caption, text_in_photo || char(10) || tags FROM words
        WHERE photo_id IN (SELECT value FROM json_each(?))""",
        [json.dumps(photo_ids)],
    ).fetchall()
    found = stemmer.find_any(quoted, [f"{without_denials(caption)}\n{others}" for _, caption, others in rows])
    ids = [photo_id for (photo_id, *_), holds in zip(rows, found, strict=True) if not holds]
    return PhotoSet.of(np.array(ids, dtype=np.int64))


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


@lru_cache(maxsize=64)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = _folded(phrase).split()
    inside = r"\s+".join(re.escape(word) for word in words)
    before = r"(?<!\w)" if words and _is_spelt(words[0][0]) else ""
    after = r"(?!\w)" if words and _is_spelt(words[-1][-1]) else ""
    return re.compile(f"{before}{inside}{after}")


def _worth_reading(db: Database, stemmer: Stemmer, phrase: str) -> str:
    """Return the condition on texts that may hold a phrase."""
    quoted = _quoted(stemmer, phrase)
    if not quoted or not all(_is_spelt(letter) for letter in phrase if letter.isalpha()):
        return "1"
    return f"photo_id IN ({','.join(map(str, _matching(db, f'{_SAID} : {quoted}').ids().tolist()))})"


def _quoted(stemmer: Stemmer, words: str) -> str:
    """Return words in a row as the word index takes them, "" where there are none."""
    split = " ".join(word for word, _ in stemmer.split(words))
    return f'"{split}"' if split else ""


def _quoted_names(stemmer: Stemmer, names: Sequence[str]) -> list[str]:
    return [words for words in (_quoted(stemmer, name) for name in names) if words]


def _matching(db: Database, expression: str) -> PhotoSet:
    return PhotoSet.of(read_ids(db, "SELECT rowid AS id FROM words_fts WHERE words_fts MATCH ?", [expression]))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _is_spelt(letter: str) -> bool:
    """Say whether a letter is of a script that sets spaces between its words."""
    return letter.isalnum() and unicodedata.category(letter) != "Lo"
