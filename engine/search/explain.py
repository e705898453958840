"""Say why a photo was found."""

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.embedding.sentences import split_sentences
from engine.search.candidates import Evidence
from engine.search.fusion import is_match
from engine.search.literal import holds_phrase
from engine.search.query import Condition, Source
from engine.search.stemmer import Stemmer

_NAMES = {
    Condition.FORMAT: "file type",
    Condition.MUST: "words",
    Condition.MUST_NOT: "what is left out",
}


class Column(StrEnum):
    """Where a word stands."""

    CAPTION = "caption"
    TEXT_IN_PHOTO = "text in the photo"
    NAMES = "file or folder name"
    PLACES = "place"
    TAGS = "tag"


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A word as it stands in a photo's text, and where."""

    word: str
    column: Column


@dataclass(frozen=True, slots=True)
class SourceMatch:
    """What one source says: its own `score` (see `Space` and `WordMatches`) and that as `evidence` in nats, above 0
    where it speaks for the photo."""

    source: Source
    score: float
    evidence: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why a photo was found: what each source says, strongest first, the sentence of the caption that matches, the
    words and phrases found, what its looks took away because of what must not be in it (`denied`, in nats, at most 0),
    what of that the caption says is not there (`absent`, in its words), and which demands of the query it meets."""

    sources: tuple[SourceMatch, ...] = ()
    sentence: str | None = None
    words: tuple[WordMatch, ...] = ()
    denied: float = 0.0
    absent: tuple[str, ...] = ()
    passed: tuple[Condition, ...] = ()

    @property
    def summary(self) -> str:
        """Return one short sentence for a person."""
        spoken = {match.source for match in self.sources if match.evidence > 0}
        reasons = [
            f"the caption says “{self.sentence}”" if self.sentence else "",
            _word_reason(self.words),
            "it looks like what you describe" if Source.PHOTO in spoken else "",
            "it looks like your photo" if Source.VISUAL in spoken else "",
            "it was taken at such a time" if Source.TIME in spoken else "",
        ]
        if self.absent:
            reasons = [f"the caption says “{self.absent[0]}”", *(reasons if self.sentence is None else reasons[1:])]
        found = [reason for reason in reasons if reason]
        if not found and self.sources:
            return "One of the nearest, but no strong match."
        demands = _demands(self.passed)
        sentence = " and ".join([*found, *([demands] if demands else [])][:2]) or "it is one of your photos"
        return f"{sentence[0].upper()}{sentence[1:]}."


def explain(
    evidence: Evidence,
    ratios: Mapping[Source, NDArray[np.float32]],
    place: int,
    caption: str | None,
    words: tuple[WordMatch, ...],
) -> Why:
    """Say why the candidate at a place of the evidence was found; `ratios` are those of `weigh`."""
    matches = [
        SourceMatch(source, float(scores[place]), float(ratios[source][place]))
        for source, scores in evidence.scores.items()
        if ratios[source][place]
    ]
    matches.sort(key=lambda match: -match.evidence)
    trust = float(evidence.trust[place])
    matching = any(match.source is Source.SENTENCE and is_match(match.score, trust) for match in matches)
    sentence = _sentence_at(caption, int(evidence.sentences[place])) if matching else None
    return Why(tuple(matches), sentence, words)


def find_words(
    db: Database, stemmer: Stemmer, photo_ids: Sequence[int], words: Sequence[str], phrases: Sequence[str] = ()
) -> dict[int, tuple[WordMatch, ...]]:
    """Return which phrases, then which words, stand where in these photos, as they are written there."""
    if not words and not phrases:
        return {}
    rows = db.execute(
        """SELECT photo_id, caption || uncertain_caption, text_in_photo, names, places, tags FROM words
        WHERE photo_id IN (SELECT value FROM json_each(?))""",
        [json.dumps(list(photo_ids))],
    ).fetchall()
    texts = [text for row in rows for text in row[1:]]
    found = iter(stemmer.find(words, texts) if words else [[] for _ in texts])
    return {
        row[0]: (*_phrases(phrases, row[1], row[2]), *_matches(itertools.islice(found, len(Column)))) for row in rows
    }


def _phrases(phrases: Sequence[str], caption: str, text_in_photo: str) -> Iterable[WordMatch]:
    for phrase in phrases:
        for column, text in ((Column.TEXT_IN_PHOTO, text_in_photo), (Column.CAPTION, caption)):
            if holds_phrase(text, phrase):
                yield WordMatch(phrase, column)


def _sentence_at(caption: str | None, place: int) -> str | None:
    """Return one sentence of a caption; None where the caption has changed since it was embedded."""
    sentences = split_sentences(caption or "")
    return sentences[place] if place < len(sentences) else None


def _matches(found: Iterable[list[str]]) -> tuple[WordMatch, ...]:
    matches = (WordMatch(word.lower(), column) for column, words in zip(Column, found, strict=True) for word in words)
    return tuple(dict.fromkeys(matches))


def _word_reason(words: Sequence[WordMatch]) -> str:
    for column in (Column.TEXT_IN_PHOTO, Column.PLACES, Column.NAMES, Column.CAPTION):
        own = [f"“{match.word}”" for match in words if match.column is column]
        if own:
            return f"{_listed(own)} in the {column}"
    tags = [f"“{match.word}”" for match in words if match.column is Column.TAGS]
    return f"{_listed(tags)} among the tags" if tags else ""


def _demands(passed: Sequence[Condition]) -> str:
    """Say that a photo is as the query demands."""
    names = [_NAMES.get(each, each.value) for each in passed]
    if not names:
        return ""
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return f"the {listed} {'are' if names[1:] else 'is'} as you asked".replace("the what", "what")


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:3])} {'is' if len(words) == 1 else 'are'}"
