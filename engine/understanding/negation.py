"""What is not to be seen: "without people", "not indoors", "but not the one with the dog"."""

import re
from collections.abc import Iterator

from engine.imaging.kind import PhotoKind
from engine.search.query import Filters, Orientation
from engine.search.stop_words import STOP_WORDS
from engine.understanding.names import find_names, name_key
from engine.understanding.operators import FORMATS
from engine.understanding.place_names import NAMES_TOO, WORDS_TOO
from engine.understanding.reading import GAP, MOST_BEFORE, Reading
from engine.understanding.refusals import CUE, MOOD
from engine.understanding.speech import PHOTOS

_THE_ONE = re.compile(
    r"\s+(?:(?:any\s+)?of\s+)?(?:(?:the|that|those|this|any|some)\s+)?"
    rf"(?:(?:ones?|{PHOTOS})\s+(?:with|where|of|from|in(?:\s+which)?|at|on|when|showing"
    r"|(?:that|which)\s+(?:has|have|shows?|is|are))|(?:ones?|those|any(?:thing)?)\s+(?:with|where|in\s+which|showing)"
    r"|(?:time|day|trip)(?:\s+(?:when|where))?(?=\s+(?:we|i)\b)"
    r"|(?:when|where|while)(?=\s+(?:it|he|she|they)(?:'s|'re|\s+(?:is|are|was|were))\s+\w)"
    r"|(?:when|where)(?=\s+(?:we|i)\s+(?:went|(?:was|were)\s+(?:in|at|on|\w+ing))\b))\b"
    r"(?:\s+(?:he|she|it|they|we|i)(?:'s|'re|'m)?\b(?:\s+(?:is|are|was|were|went)\b(?:\s+to\b)?)?)?",
    re.IGNORECASE,
)
_TAKEN_IN = r"(?:taken|shot|made|photographed)(?=\s+(?:in|at|on|with|from)\b)"
_LEAD = re.compile(
    r"(?:\s+(?:in|at|on|by|under|behind|near|with|from|of|for|wearing|holding|having|showing|containing|including"
    r"|inside|during|like"
    rf"|{_TAKEN_IN}|{MOOD}|any(?:thing|one)?|some|all|the|an?|my|our|your|his|her|their|its|other|that|those|these|this|more|many|much|too|single))*\s+",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:the|my|our|your|his|her|their)\s+$", re.IGNORECASE)
_LAST_WORD = re.compile(rf"\s*\w+ing(?=\s*(?:$|[,.;:!?{GAP}]))", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|without|minus)\b", re.IGNORECASE)
_NO_THINGS = re.compile(
    r"\b(?:no|without|minus)\s+(?:(?!(?:the|an?|my|our|old|new|any"
    r"|(?:in|at|of|from|near|and|or|with|to|by|like)\b)\s)\w+\s+){1,2}$",
    re.IGNORECASE,
)
_ENDS = re.compile(rf"\s*(?:$|[,.;:!?{GAP}])")
_ARTICLES = frozenset(("the", "a", "an", "my", "our"))
_PREPOSITION = re.compile(r"\s+(?:in|at|on|during|under|near|from)\b", re.IGNORECASE)
_BOUNDARY_TEXT = """
    in on at with from near by during for while when where who whom whose that which but is are was were under behind
    next after before to into over around and or nor please thanks taken as because so if it's not no without except
    above below through inside outside along between across against whatsoever yet anymore though just only then"""
_BOUNDARY = frozenset(_BOUNDARY_TEXT.split())
_WORD = re.compile(r"\s*(?P<word>[^\W_]+(?:['&/-][^\W_]+)*)")
_AND = re.compile(
    r"\s*(?:,\s*)?(?:\b(?:and|or|nor)\b|&)(?:\s+(?:no|not|without)\b)?(?!\s+(?:with|but|i|it|we|there|the\s+one|show|find|give|make|just|only|then|black\s+(?:and|&)\s+white)\b)",
    re.IGNORECASE,
)
_COMMA = re.compile(
    r"\s*,(?!\s*black\s+(?:and|&)\s+white\b)(?=(?:\s*(?:[\w'-]+\s+){0,2}[\w'-]+\s*,){0,4}\s*"
    r"(?:(?:[\w'-]+\s+){0,2}[\w'-]+\s*)?"
    r"(?:\b(?:and|or|nor)\b|&))",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:appears?|already|again|whatsoever|yet|any\s?more|though)\b"
    r"|\s+(?:(?:\w+ed\s+)?(?:in\s+front\s+of|next\s+to)\s+(?:it|them)"
    r"|(?:in|on|around|behind|near|under|above|beside|over)\s+(?:it|them|him|her|us)"
    rf"|in\s+(?:the\s+)?(?:{PHOTOS}|frame|background|front|way)|there|visible|at\s+all|anywhere"
    rf"|around|either|please|on)\b(?=\s*(?:$|[,.;:!?{GAP}])|\s+(?:is|are|was|were|\w+ing)\b)",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"\s+(?:in\s+)?(?P<word>inside|outside|black\s+(?:and|&)\s+white)(?=\s*(?:$|[,.;:!?{GAP}]))", re.IGNORECASE
)
_TOWARD = re.compile(r"\s+(?:at|into|towards?|to)(?:\s+(?:the|an?|my|our|his|her|their))?(?=\s+\w)", re.IGNORECASE)
_FREE = re.compile(
    r"(?<![\w-])(?!(?:hands|duty|tax|toll|rent|care|sugar|gluten|fat|dairy|lead|lactose|smoke|worry|stress|scot)-"
    r"|non-(?:fiction|stop|profit|alcoholic|stick|violent|binary|smoking)\b)"
    r"(?:(?P<free>\w{3,})-free|(?P<less>people|\w+s)-less|non-(?P<non>\w{3,}))\b",
    re.IGNORECASE,
)
_DOES_NOT = re.compile(r"\b(?:do|does|did)(?:n't|\s+not)\s*$", re.IGNORECASE)
_ARTICLE = re.compile(r"\s+(?:an?|the|some)\b", re.IGNORECASE)
# A verb ends what is not there where it goes on with the sentence: "wearing no shirt climbs a cliff".
_VERB = re.compile(
    r"\s*(?:(?:climb|run|jump|leap|walk|ride|stand|sit|lie|play|hold|look|wear|swim|eat|drink|read|sleep|dance|sing|throw|catch|kick"
    r"|smile|laugh|wave|point|lean|hang|float|fly|drive|cross|chase|carry|carrie|pull|push|work|cook|paint|draw|cut|crawl|dive|fall|fish"
    r"|hike|ski|skate|surf|slide|splash|stare|talk|turn|watch|wait|rest|pose|perform|bite|blow|build|dig|kiss|hug|feed|kneel"
    r"|lick|lift|perch|race|roll|row|sail|shout|sniff|spin|swing|tackle|touch|travel)(?:s|es)|goes|gets|takes|makes|does|has)"
    r"(?=\s+(?:an?|the|his|her|its|their|my|our|on|in|at|over|up|down|through|along|with|into|to|off|across|toward|towards|past"
    r"|around|near|by|from|and|while|under|behind|for|\w+ly|out|away|together|alone|there|next|two|some)\b|\s*(?:$|[.,;!?]))",
    re.IGNORECASE,
)
_PHOTO = re.compile(rf"{PHOTOS}|ones?", re.IGNORECASE)
_SHAPES = {"vertical": Orientation.PORTRAIT, "upright": Orientation.PORTRAIT, "horizontal": Orientation.LANDSCAPE}
_OF_PHOTOS = re.compile(rf"\s+{PHOTOS}$")
_EMPTY_TEXT = """
    one ones way thing things any this that these those it them him her here there
    video videos"""
_EMPTY = frozenset(_EMPTY_TEXT.split())
_SAYS_NOTHING = STOP_WORDS - {"looking"}
_WRITING = frozenset(("text", "texts", "writing", "words", "letters", "lettering"))
_CAPTIONS = frozenset(("caption", "captions", "captioned", "description", "descriptions"))


def read_negation(reading: Reading) -> None:
    """Take out what is not wanted; each thing becomes a must-not-word, or a filter where it is a kind or a place."""
    _set_names_apart(reading)
    reading.take_all(_FREE, lambda match: _exclude_free(reading, match))
    position = 0
    while cue := CUE.search(reading.text, position):
        things, end = (["people"], cue.end()) if cue["nobody"] else _things(reading.text, cue)
        tail = _TAIL.match(reading.text, end)
        if things:
            for thing in things:
                _exclude(reading, thing)
            reading.take(cue.start(), tail.end() if tail else end)
            position = cue.start()
        else:
            position = cue.end()


def _set_names_apart(reading: Reading) -> None:
    """Write "no people Rome" as "no people, Rome": where photos are from is said last."""
    places = list(find_names(reading.text, reading.vocabulary.places)) if _NO.search(reading.text) else []
    for mention in reversed(places):
        text, is_name = reading.text, mention.key not in NAMES_TOO and mention.key not in WORDS_TOO
        if (
            is_name
            and _ENDS.match(text, mention.end)
            and _NO_THINGS.search(text[max(0, mention.start - MOST_BEFORE) : mention.start])
        ):
            reading.text = f"{text[: mention.start].rstrip()}, {text[mention.start :]}"


def _things(text: str, cue: re.Match[str]) -> tuple[list[str], int]:
    """Return what a cue speaks of, and where that ends."""
    one = _THE_ONE.match(text, cue.end())
    things: list[str] = []
    position = one.end() if one else cue.end()
    while True:
        thing, end = _thing(text, position, is_clause=bool(one))
        if thing is None:
            return things, position if things else cue.end()
        things.append(thing)
        joint = _COMMA.match(text, end) or _AND.match(text, end)
        if joint is None or _ends_list(text, cue, joint):
            return things, end
        position = joint.end()
        if _thing(text, position, is_clause=bool(one))[0] is None:
            return things, end


def _ends_list(text: str, cue: re.Match[str], joint: re.Match[str]) -> bool:
    """Say whether what is joined is wanted: "no dog and a cat", "without the dog and at sunset"."""
    is_set_apart = "and" in joint[0].lower() and _PREPOSITION.match(text, joint.end())
    return bool(cue["no"] and _ARTICLE.match(text, joint.end())) or bool(
        is_set_apart and not _PREPOSITION.match(text, cue.end())
    )


def _thing(text: str, position: int, is_clause: bool) -> tuple[str | None, int]:
    """Read one noun phrase; of "the one with …" all that follows belongs to it."""
    if alone := _INSIDE.match(text, position):
        return alone["word"], alone.end()
    lead = _LEAD.match(text, position)
    words: list[str] = []
    end = lead.end() if lead else position
    is_definite = _DEFINITE.search(text, position, end)
    while match := _WORD.match(text, end):
        word = match["word"]
        ends_phrase = word.lower() in _BOUNDARY and not (
            is_clause and word.lower() not in {"and", "or", "but", "taken"}
        )
        is_deed_of_it = is_definite and _LAST_WORD.match(text, end)
        goes_on = not is_deed_of_it and (word.lower().endswith("ing") or _VERB.match(text, end))
        ends_phrase |= bool(words and is_definite) and not is_clause and word.lower() in _ARTICLES
        ends_phrase |= bool(words) and bool(_TAIL.match(text, end) or (goes_on and not is_clause))
        is_of = word.lower() == "of"
        if (ends_phrase and not is_of) or (is_of and (not words or _PHOTO.fullmatch(words[-1]))):
            break
        words.append(word)
        end = match.end()
        is_deed = len(words) == 1 and (word.lower().endswith("ing") or _DOES_NOT.search(text[:position]))
        if is_deed and (toward := _TOWARD.match(text, end)):
            end = toward.end()
    return (" ".join(words), end) if words else (None, position)


def _exclude_free(reading: Reading, match: re.Match[str]) -> bool:
    _exclude(reading, match[str(match.lastgroup)])
    return True


def _exclude(reading: Reading, thing: str) -> None:
    content = _OF_PHOTOS.sub("", " ".join(_content(thing)))
    name = content.rstrip("s").replace(" ", "")
    kind = next((kind for kind in PhotoKind if name == kind), None)
    places = reading.vocabulary.places.get(name_key(thing), frozenset())
    file_format = FORMATS.get(name)
    if kind:
        reading.deny(Filters(kinds=frozenset({kind})))
    elif file_format:
        reading.deny(Filters(formats=frozenset({file_format})))
    elif places and (thing[0].isupper() or name_key(thing) not in WORDS_TOO):
        reading.deny(Filters(places=places))
    elif content in _SHAPES:
        reading.deny(Filters(orientation=_SHAPES[content]))
    elif content in _WRITING:
        reading.narrow(has_text=False)
    elif content in _CAPTIONS:
        reading.narrow(captioned=False)
    elif content and content not in _EMPTY:
        reading.append("must_not", content)


def _content(thing: str) -> Iterator[str]:
    words = [word.lower() for word in thing.replace(GAP, " ").split()]
    kept = [word for word in words if word not in _SAYS_NOTHING and word not in _EMPTY]
    return iter(kept or [word for word in words if word not in _EMPTY])
