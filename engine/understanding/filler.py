"""Take out of a request all that does not say what the photo shows; what remains keeps its words and their order."""

import re

from engine.understanding.reading import GAP
from engine.understanding.small_talk import (
    ASIDES,
    ASKER,
    BARE_SHOWS,
    EARLY_STORIES,
    HEADS,
    INNER_HEAD,
    INNER_SEEK,
    IT_ALONE,
    ON_IT,
    OPENERS,
    PHOTO_FIRST,
    PLURAL_TAIL,
    PURPOSE,
    SAYS_NOTHING,
    SEEING,
    SPEAKER,
    STORIES,
    TAILS,
)

_BREAK = re.compile(
    r"(\s*(?:[,;!?…]+|\.+(?=\s|$)|:(?=\s|$)|\s[-–—]+\s|[()\n])\s*|\s+(?=but\s)"
    r"|\s+(?=(?:and|so|because|cause|since|although|though)\s+(?:(?:now|then|today|still|maybe)\s+)?"
    r"(?:i|i'm|i've|i'd|we|we've|you|my\s+memory)\b)|\s+(?=and\s+(?:it|it's|there|there's|that's|maybe)\b))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_BEFORE_GAP = re.compile(
    rf"(?:(?<!\S)(?:an?|the|my|our|your|some|any|all|this|that|these|those|of|with|and|or|but|in|on|at|from|by|to|for|taken|made"
    rf"|shot|when|where|is|was|were|are|around|back|it)\s+)+(?={GAP}[\s{GAP}]*(?:$|[.,;:!?)]|(?:of|with|in|on|at|from|and|or|but|by|near|where|that|when|while|for|to)\b))",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:of|with|showing|where|that|which|and|or|but|featuring|depicting|about|is|was)\s+)+", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")
_EDGES = " \t\n,.;:!?…-–—/&()"
_MOST_TURNS = 12
_HEAVY = 5


def strip_filler(text: str) -> str:
    """Return the description in a text: the clauses that show something, each without what leads up to it.

    Where no clause shows anything, the one that says most is kept, so that no request that had a description is left
    without one. What is returned is not changed by a second pass.
    """
    for _ in range(_MOST_TURNS):
        shorter = _strip_once(text)
        if shorter == text:
            break
        text = shorter
    return text


def _strip_once(text: str) -> str:
    text = _BEFORE_GAP.sub("", text).replace(GAP, " ")
    pieces = _BREAK.split(ASIDES.sub(" ", _SPACES.sub(" ", text)))
    clauses = [_strip_clause(piece) for piece in pieces[::2]]
    breaks = ["", *pieces[1::2]]
    kept = [(mark, shown) for mark, (shown, is_story) in zip(breaks, clauses, strict=True) if shown and not is_story]
    kept = kept or [(mark, shown) for mark, (shown, _) in zip(breaks, clauses, strict=True) if _weight(shown) >= _HEAVY]
    if not kept:
        kept = [("", max((shown for shown, _ in clauses), key=_weight, default=""))]
        kept = [(mark, PHOTO_FIRST.sub("", shown)) for mark, shown in kept if _weight(shown)]
    joined = "".join(mark + shown for mark, shown in kept)
    return _tidy(joined)


def _tidy(text: str) -> str:
    shown = BARE_SHOWS.sub("", _SPACES.sub(" ", text).strip(_EDGES))
    return _LEADING.sub("", shown).strip(_EDGES)


def _weight(clause: str) -> int:
    """Count the words that may say something about a photo."""
    return sum(word.lower() not in SAYS_NOTHING for word in _WORD.findall(clause))


def _strip_clause(clause: str) -> tuple[str, bool]:
    """Return what a clause shows, and whether it is a story about the photo instead."""
    shown = _after_inner_head(clause.strip())
    is_opened = shown != clause.strip()
    while True:
        if any(head.match(shown) for head in HEADS):
            return "", True
        if any(story.match(shown) for story in EARLY_STORIES):
            return shown, True
        opener = next((match for opener in OPENERS if (match := opener.match(shown))), None)
        if opener is None or not _weight(shown[opener.end() :]):
            break
        shown, is_opened = shown[opener.end() :], True
    if any(story.match(shown) for story in STORIES) or (is_opened and IT_ALONE.match(shown)):
        return shown, True
    shown = _strip_tail(shown, is_opened=is_opened, was_seen=is_opened and bool(SEEING.search(clause)))
    return shown, not _weight(shown)


def _after_inner_head(clause: str) -> str:
    """Return what a photo shows that somebody tells of in a clause, as in "my aunt asked me for a photo of …"."""
    for pattern, speaker in ((INNER_HEAD, SPEAKER), (INNER_SEEK, ASKER)):
        inner = pattern.search(clause)
        if inner and speaker.search(clause[: inner.start()]) and _weight(clause[inner.end() :]):
            return _after_inner_head(clause[inner.end() :])
    return clause


def _strip_tail(shown: str, is_opened: bool, was_seen: bool) -> str:
    while tail := TAILS.search(shown):
        shown = shown[: tail.start()]
    if is_opened:
        shown = PURPOSE.sub("", shown)
    if was_seen:
        shown = ON_IT.sub("", shown)
    plural = PLURAL_TAIL.match(shown)
    return plural[1] if plural and _weight(plural[1]) else shown
