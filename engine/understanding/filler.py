"""Take out of a request all that does not say what the photo shows; what remains keeps its words and their order."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.understanding.hinges import after_hinge, only_asks
from engine.understanding.memories import remembered
from engine.understanding.openers import ASKER, BARE_SHOWS, HEADS, INNER_HEAD, INNER_SEEK, OPENERS, PHOTO_FIRST, SPEAKER
from engine.understanding.reading import GAP
from engine.understanding.stories import (
    ASIDES,
    EARLY_STORIES,
    FOR_WHAT,
    IT_ALONE,
    ON_IT,
    PHOTOS_OF,
    SEEING,
    STORIES,
    TAILS,
    TOLD_OF_IT,
    WHEN_UNKNOWN,
    WHERE_IT_WENT,
    weight,
)

_BREAK = re.compile(
    r"(\s*(?:[,;!?…]+|\.+(?=\s|$)|:(?=\s|$)|\s[-–—]+\s|[()\n])\s*|\s+(?=but\s)"
    r"|\s+(?=(?:and|so|because|cause|since|although|though)\s+(?:(?:now|then|today|still|maybe)\s+)?"
    r"(?:i|i'm|i've|i'd|we|we've|you|my\s+memory)\b)|\s+(?=and\s+(?:it|it's|there|there's|that's|maybe)\b))",
    re.IGNORECASE,
)
_BEFORE_GAP = re.compile(
    rf"(?:(?<!\S)(?:{TOLD_OF_IT}|so\s+like|an?|the|my|our|your|some|any|all|this|that|these|those|anything|everything"
    r"|of|depicting|showing|with|and|or|but|in|on|at|from|by|to|for|taken"
    r"|made|shot|when|where|is|was|were|are|around|so|back|stored|saved|kept|located|whatever|which"
    rf"|who)\s+){{1,12}}(?={GAP}[\s{GAP}]*(?:$|[.,;:!?)]"
    r"|(?:of|with|in|on|at|from|and|or|but|by|near|where|that|when|while|for|to)\b))",
    re.IGNORECASE,
)
# What says when it was, before the date that has been taken out: "it must have been", "which took place".
_SAID_OF_A_DATE = re.compile(
    r"(?<![\w'])(?:(?:just\s+)?(?:as|like)\s+)?(?:it|that|this|which|they)\s+"
    r"(?:(?:was|were|is|are|must|might|may|could|should|would|has|have|had|been|be|to"
    rf"|all|surely|probably|certainly|definitely|took\s+place|happened|dates?|dated|from|back)\s+)+(?={GAP})",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:of|with|showing|where|when|that|which|and|or|but|featuring|depicting|about|is|was)\s+)+", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")
_COMMAS = re.compile(r"\s*,(?:\s*,)+\s*")
_GAP_BEFORE_MARK = re.compile(rf"\s*{GAP}[\s{GAP}]*(?=[,;])")
_MARKS = re.compile(r"([,;])(?:\s*[,;])+")
_EDGES = " \t\n,.;:!?…-–—/&()[]"
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


@dataclass(frozen=True, slots=True)
class _Clause:
    """What a clause shows, without what leads up to it, and the mark before it. A story tells about the photo instead.
    The description after "you can see" may end in "on it"."""

    mark: str
    shown: str
    is_story: bool = False
    is_opened: bool = False
    is_seen: bool = False


def _strip_once(text: str) -> str:
    text = _BEFORE_GAP.sub("", _SAID_OF_A_DATE.sub("", WHEN_UNKNOWN.sub(" ", text)))
    text = _MARKS.sub(r"\1", _GAP_BEFORE_MARK.sub("", text).replace(GAP, " "))
    text = WHERE_IT_WENT.sub(r"where is\1", ASIDES.sub(" ", _SPACES.sub(" ", text)))
    pieces = _BREAK.split(text)
    clauses = [_strip_clause(mark, clause) for mark, clause in zip(["", *pieces[1::2]], pieces[::2], strict=True)]
    kept = _keep(clauses)
    if kept and any(clause.is_opened for clause in clauses):
        end = FOR_WHAT.sub("", kept[-1].shown)
        kept[-1] = replace(kept[-1], shown=ON_IT.sub("", end) if any(clause.is_seen for clause in clauses) else end)
    return _tidy("".join(clause.mark + clause.shown for clause in kept))


def _keep(clauses: list[_Clause]) -> list[_Clause]:
    """Return the clauses that show something, or else stories that are long, or else the one that says most."""
    kept = [clause for clause in clauses if clause.shown and not clause.is_story]
    kept = kept or [clause for clause in clauses if weight(clause.shown) >= _HEAVY]
    if kept or not any(weight(clause.shown) for clause in clauses):
        return kept
    heaviest = max(clauses, key=lambda clause: weight(clause.shown))
    return [_Clause("", PHOTO_FIRST.sub("", heaviest.shown))]


def _tidy(text: str) -> str:
    shown = BARE_SHOWS.sub("", _SPACES.sub(" ", _COMMAS.sub(", ", text)).strip(_EDGES))
    return _LEADING.sub("", shown).strip(_EDGES)


@lru_cache(maxsize=128)
def _strip_clause(mark: str, clause: str) -> _Clause:
    clause = clause.strip()
    shown = after_hinge(_after_inner_head(clause))
    while True:
        if any(head.match(shown) for head in HEADS):
            return _Clause(mark, "", is_story=True, is_opened=True, is_seen=True)
        if any(story.match(shown) for story in EARLY_STORIES):
            return _Clause(mark, shown, is_story=True, is_opened=True, is_seen=True)
        opener = next((match for opener in OPENERS if (match := opener.match(shown))), None)
        rest = shown[opener.end() :] if opener else ""
        if not weight(rest) and not any(head.match(rest) for head in HEADS):
            break
        shown = rest
    is_opened = shown != clause
    if is_opened and SEEING.search(clause):
        shown = ON_IT.sub("", shown)
    if memory := remembered(shown, is_opened=is_opened):
        return _Clause(mark, _strip_tail(memory), is_opened=True)
    if any(story.match(shown) for story in STORIES) or (is_opened and IT_ALONE.match(shown)):
        return _Clause(mark, _strip_tail(shown), is_story=True, is_opened=is_opened)
    shown = _strip_tail(shown)
    is_story = not weight(shown) or only_asks(shown)
    return _Clause(mark, shown, is_story, is_opened, is_opened and bool(SEEING.search(clause)))


def _after_inner_head(clause: str) -> str:
    """Return what a photo shows that somebody tells of in a clause, as in "my aunt asked me for a photo of …"."""
    for pattern, speaker in ((INNER_HEAD, SPEAKER), (INNER_SEEK, ASKER)):
        inner = pattern.search(clause)
        if inner and speaker.search(clause[: inner.start()]) and weight(clause[inner.end() :]):
            return _after_inner_head(clause[inner.end() :])
    return clause


def _strip_tail(shown: str) -> str:
    for _ in range(_MOST_TURNS):
        if (tail := TAILS.search(shown)) is None:
            break
        shown = shown[: tail.start()]
    of = PHOTOS_OF.match(shown)
    return of[1] + shown[of.end() :] if of and weight(of[1]) else shown
