"""Places, where the library has them: what it does not have stays in the description."""

import re
from itertools import pairwise, zip_longest

from engine.search.query import Filters
from engine.understanding.names import Mention, find_names
from engine.understanding.place_names import NAMES_TOO, WORDS_TOO
from engine.understanding.reading import GAP, MOST_BEFORE, Reading
from engine.understanding.vocabulary import Vocabulary

_CUE = re.compile(
    r"\b(?:(?:when|while|where)\s+(?:(?:we|i|they|he|she)\s+"
    r"(?:were|was|went|travell?ed|flew|moved|lived|stayed|visited)\s+)?)?(?:(?:back|all|right|somewhere|anywhere|out|up|down)\s+)?"
    r"(?:in|at|from|near|around|outside|through|across|throughout|(?:relating\s+)?to|visiting|visited|via|towards|close\s+to"
    r"|outside\s+of)\s+(?:the\s+)?(?:(?:downtown|central|beautiful|sunny|rainy|old|lovely)\s+)?$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,|\(|/|&|,?\s*\b(?:or|and|in)\b)\s*(?:(?:in|the)\s+)*", re.IGNORECASE)
_PART_OF_NAME_BEFORE = re.compile(
    r"\b(?:lake|mount|mt|river|new|san|santa|saint|st|north|south|east|west|port|fort|lady|miss|auntie?|uncle"
    r"|grandma|grandpa|little)[ .-]+$",
    re.IGNORECASE,
)
_PLACE_NOUN = (
    r"(?:harbou?r|airport|station|zoo|skyline|downtown|suburbs?|metro|subway|streets?|old\s+town|city\s+cent(?:er|re)"
    r"|cathedral|waterfront|marina|markets?|museums?)"
)
_PART_OF_NAME_AFTER = re.compile(
    rf"[ -]*(?:style|themed|hilton|jackson|jones|fries|syndrome|'s\s+(?!(?:\w+\s+)?{_PLACE_NOUN}\b))", re.IGNORECASE
)
_CAPITAL_AFTER = re.compile(r"[ -][^\W\d_a-z]")
_PLACE_NOUN_AFTER = re.compile(rf"(?:'s)?\s+(?:[a-z]+\s+)?{_PLACE_NOUN}\b")
# "Outside of Italy" is not in Italy; what is "outside the house" is another thing.
_OUTSIDE = re.compile(r"\boutside\s+(?:of\s+)?(?:the\s+)?$", re.IGNORECASE)
_CLOSING = re.compile(r"(?:'s\b|\))?", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:,|\b(?:or|and)\b)", re.IGNORECASE)
# Between a place and where that is: "Paris, Texas", "Paris in Texas".
_WHERE_IT_IS = re.compile(r"(?:\s?,\s?|\s?\(|\s)(?:in\s(?:the\s)?)?(?=[^\W\d_])", re.IGNORECASE)
_LONGEST_NAME = 60
_NOTHING = re.compile(rf"[\s{GAP}.,;:!?()]*")


def keep_namesakes(reading: Reading) -> None:
    """Keep the words for places of which the library has others of the same name, as in "Paris, Texas"; "Rome, New
    York and London" are three places that it has."""
    text, vocabulary = reading.text, reading.vocabulary
    for mention in reversed(list(find_names(text, vocabulary.elsewhere))):
        at = _WHERE_IT_IS.match(text, mention.end)
        if at is None or text[mention.start].isupper() != text[at.end()].isupper():
            continue
        after = text[at.end() : at.end() + _LONGEST_NAME]
        region = next(find_names(after, vocabulary.elsewhere[mention.key]), None)
        if region is None or region.start:
            continue
        end, keep = at.end() + region.end, reading.keep
        if region.key in vocabulary.places:
            if _GOES_ON.match(text, end):
                continue
            end, keep = mention.end, reading.insist
        reading.text = reading.text[: mention.start] + keep(text[mention.start : end]) + reading.text[end:]


def read_cued_places(reading: Reading) -> None:
    """Take out places after "in", "at", "from" and the like, and those joined to them: "in Paris or Rome"."""
    _read(reading, is_cued=True)


def read_bare_places(reading: Reading) -> None:
    """Take out places at the start or the end of what is left, as in "Tokyo street food"."""
    _read(reading, is_cued=False)


def _read(reading: Reading, is_cued: bool) -> None:
    text, vocabulary = reading.text, reading.vocabulary
    taken: list[tuple[int, int]] = []
    found: list[Mention] = []
    mentions = list(find_names(text, vocabulary.places))
    for mention, after in zip_longest(mentions, mentions[1:]):
        is_joined = bool(found) and _joins(text, found[-1], mention, vocabulary)
        is_inner = after is not None and _joins(text, mention, after, vocabulary)
        start = _cue_start(text, mention) if is_cued else _bare_start(text, mention, is_inner=is_inner)
        if start is None and not is_joined:
            continue
        if not _is_place(text, mention, vocabulary, is_cued=is_cued or is_joined or is_inner):
            continue
        end = _CLOSING.match(text, mention.end).end()  # type: ignore[union-attr]
        if start is not None and _OUTSIDE.search(text, *_before(mention)):
            reading.deny(Filters(places=vocabulary.places[mention.key]))
        else:
            found.append(mention)
        taken.append((found[-2].end if start is None else start, end))
    reading.widen("places", _innermost(found, vocabulary))
    for place in _namesakes(found, vocabulary):
        reading.deny(Filters(places=frozenset({place})))
    for start, end in reversed(taken):
        reading.take(start, end)


def _cue_start(text: str, mention: Mention) -> int | None:
    cue = _CUE.search(text, *_before(mention))
    return cue.start() if cue else None


def _before(mention: Mention) -> tuple[int, int]:
    return max(0, mention.start - MOST_BEFORE), mention.start


def _joins(text: str, mention: Mention, other: Mention, vocabulary: Vocabulary) -> bool:
    """Say whether a place is joined to one before it: "Paris or Rome", "Paris France"."""
    between = text[mention.end : other.start]
    return bool(_JOINT.fullmatch(between)) or (between.isspace() and _is_in(mention, other, vocabulary))


def _bare_start(text: str, mention: Mention, *, is_inner: bool) -> int | None:
    is_first = _NOTHING.fullmatch(text[: mention.start])
    is_last = _NOTHING.fullmatch(text[mention.end :])
    if is_first and is_last:
        return mention.start
    is_longer_name = text[mention.start].isupper() and _CAPITAL_AFTER.match(text, mention.end)
    is_bare = is_inner or ((is_first or is_last) and not is_longer_name)
    is_after_comma = text[: mention.start].rstrip().endswith(",")
    is_between = is_after_comma and _GOES_ON.match(text, mention.end) and text[mention.start].isupper()
    is_no_name = mention.key not in NAMES_TOO or is_inner or (is_last and is_after_comma)
    is_no_name = is_no_name and text[mention.start : mention.end] != "us"
    has_noun = text[mention.start].isupper() and _PLACE_NOUN_AFTER.match(text, mention.end)
    return mention.start if has_noun or ((is_bare or is_between) and is_no_name) else None


def _is_place(text: str, mention: Mention, vocabulary: Vocabulary, is_cued: bool) -> bool:
    """Tell a place from a word or a part of another name that is written alike."""
    after = text[mention.end :]
    is_its = after.startswith("'s ") and mention.key not in NAMES_TOO
    if _PART_OF_NAME_BEFORE.search(text, *_before(mention)) or (not is_its and _PART_OF_NAME_AFTER.match(after)):
        return False
    is_capital = text[mention.start].isupper()
    is_word = mention.key in WORDS_TOO or mention.key in vocabulary.lexicon.everyday
    is_alone = not _NOTHING.sub("", text[: mention.start] + text[mention.end :])
    return (is_capital and (is_cued or is_alone or not is_word)) or not is_word


def _is_in(inner: Mention, outer: Mention, vocabulary: Vocabulary) -> bool:
    """Say whether a place of the library is one of those around another."""
    around = vocabulary.places[outer.key]
    return any(around & set(chain) for place in vocabulary.places[inner.key] for chain in _chains(place, vocabulary))


def _chains(place: str, vocabulary: Vocabulary) -> frozenset[tuple[str, ...]]:
    return vocabulary.around.get(place, frozenset())


def _innermost(mentions: list[Mention], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the places that are meant; of "Paris, France" that is Paris."""
    kept = {place for mention in mentions for place in vocabulary.places[mention.key]}
    for inner, outer in pairwise(mentions):
        if _is_in(inner, outer, vocabulary):
            kept -= vocabulary.places[outer.key] - vocabulary.places[inner.key]
    return frozenset(kept)


def _namesakes(mentions: list[Mention], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the widest places with another of the same name in it, where it is said in which the one that is meant
    is: of "Paris, France" the United States, if the library has Paris in Texas, too."""
    found = set[str]()
    for inner, outer in pairwise(mentions):
        for place in vocabulary.places[inner.key]:
            chains = _chains(place, vocabulary)
            meant = {name for chain in chains if vocabulary.places[outer.key] & set(chain) for name in chain}
            others = ([name for name in chain if name not in meant][-1:] for chain in chains if meant)
            found.update(name for names in others for name in names)
    return frozenset(found)
