"""What is not to be seen: "without people", "not indoors", "but not the one with the dog"."""

import re
from collections.abc import Iterator

from engine.imaging.kind import PhotoKind
from engine.search.query import Filters
from engine.search.stop_words import STOP_WORDS
from engine.understanding.names import name_key
from engine.understanding.place_names import WORDS_TOO
from engine.understanding.reading import GAP, Reading

PHOTOS = r"(?:photo(?:graph)?(?:'?s)?|pic(?:ture)?(?:'?s)?|images?|shots?|snaps?(?:hots?)?|pix|foto(?:'?s)?)"
# What "I have no" is nothing to be seen.
_NOT_OURS = r"(?<!\bi\shave\sno)(?<!\bwe\shave\sno)(?<!\bi\shad\sno)(?<!\bwe\shad\sno)(?<!\bi've\sgot\sno)"
# After "no" and "not", these make idioms, or what is written on signs.
_NO_IDIOM = (
    r"(?!\s+(?:parking|entry|smoking|trespassing|swimming|exit|fishing|diving|dumping|stopping|standing|idea|clue"
    r"|matter|the|wait|doubt|longer|wonder|problem|way|need|reason|worries|rush|luck|thanks|one\s+knows|\d"
    r"|(?:\w+\s+){1,2}(?:signs?|zone|allowed)\b)\b)"
)
_NOT_IDIOM = (
    r"(?!\s+(?:sure|certain|positive|long|far|too|so|only|really|quite|yet|even|important|urgent|necessary|just|much|many|necessarily|exactly"
    r"|to\s+mention|very|always|any\s?more|bad|there|it|you|we|i|at\s+all|remember|recall|know|see\s+it|find\s+it"
    r"|that\s+(?:i|sure|it|many|far|long))\b)"
)
_STOP_SHOWING = (
    r"(?:(?:don't|do\s+not)\s+(?:show|include|want|give|need)|stop\s+(?:showing|giving|including)"
    r"|(?:why\s+)?(?:do|does)\s+(?:you|it|this\s+\w+)\s+(?:always|keep)\s+(?:on\s+)?show(?:ing)?)(?:\s+me)?"
)
_CUE = re.compile(
    rf"""(?:,\s*)?\b(?:(?:but|and|though|just|only)\s+)*(?:
    (?P<nobody>(?:(?:(?:that|which)\s+has|with)\s+)?(?:nobody|no[ -]?one)\b(?!\s+knows)(?:\s+else\b)?
        (?:\s+\w+ing\s+(?:in|on|at)\s+it\b)?)
    |(?P<no>(?:with\s+(?:no|none\s+of)|(?:(?:that|which|who)\s+)?(?:has|have|had|having|wearing)\s+no
        |there\s+(?:is|are|was|were)\s+no|there's\s+no|(?<!nothing\s)but\s+no|no){_NOT_OURS}{_NO_IDIOM})
    |(?P<wide>without(?:\s+(?:any|having|showing))?|excluding|except(?:\s+for)?|excepting|minus|other\s+than
        |apart\s+from|aside\s+from|instead\s+of|rather\s+than|neither|leav(?:e|ing)\s+out
        |(?<![^,.;!?{GAP}]\s)(?<![^\s,.;!?])(?:exclude|ignore|hide|omit|skip)
        |(?:please\s+)?{_STOP_SHOWING}(?:\s+any)?
        |(?:(?:that|who|which)\s+)?(?:is|are|was|were|does|do|did|has|have)(?:n't|\s+not)
        (?:\s+(?:have|show|contain|include|got|wear|wearing|holding))?{_NOT_IDIOM}
        |not{_NOT_IDIOM})
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_THE_ONE = re.compile(
    rf"\s+(?:(?:the|that|those|this|any|some)\s+)?(?:(?:ones?|{PHOTOS})\s+(?:with|where|of|from|in|at|on|when|showing"
    r"|(?:that|which)\s+(?:has|have|shows?|is|are))|(?:ones?|those)\s+with|(?:time|day|trip)(?:\s+(?:when|where))?(?=\s+(?:we|i)\b)"
    r"|(?:when|where)(?=\s+(?:we|i)\s+(?:went|(?:was|were)\s+(?:in|at|on|\w+ing))\b))\b"
    r"(?:\s+(?:he|she|it|they|we|i)(?:'s|'re|'m)?\b(?:\s+(?:was|were|went)\b(?:\s+to\b)?)?)?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\s+(?:in|at|on|with|from|of|for|wearing|holding|having|showing|containing|including|inside|during|like"
    r"|any|some|all|the|an?|my|our|your|his|her|their|its|other|that|those|these|this|more|many|much|too|single))*\s+",
    re.IGNORECASE,
)
_BOUNDARY_TEXT = """
    in on at with from near by during for while when where who whom whose that which but is are was were under behind
    next after before to into over around and or nor please thanks taken as because so if it's not no without except
    above below through inside outside along between across against"""
_BOUNDARY = frozenset(_BOUNDARY_TEXT.split())
_WORD = re.compile(r"\s*(?P<word>[^\W_]+(?:['&/-][^\W_]+)*)")
_AND = re.compile(
    r"\s*(?:,\s*)?(?:\b(?:and|or|nor)\b|&)(?:\s+(?:no|not|without)\b)?(?!\s+(?:with|but|i|it|we|there|the\s+one)\b)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*,(?=\s*(?:[\w'-]+\s+){0,2}[\w'-]+\s*(?:,|\b(?:and|or|nor)\b|&))", re.IGNORECASE)
_TAIL = re.compile(
    rf"\s+(?:(?:in|on|around|behind|near|under|above|beside|over)\s+(?:it|them|him|her|us)|in\s+(?:the\s+)?(?:{PHOTOS}|frame|background)|there|visible|at\s+all|anywhere"
    r"|around|either|please|on)\b(?=\s*(?:$|[,.;:!?])|\s+(?:is|are|was|were|\w+ing)\b)",
    re.IGNORECASE,
)
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
_DENIED = re.compile(
    rf"""(?:,\s*)?\b(?:(?:but|and|though|just|only|please)\s+)*(?:{_STOP_SHOWING}
    |(?:(?:that|which)\s+)?(?:is|are|was|were|do|does|did)(?:n't|\s+not)(?:\s+come)?|not|neither|no|none|nothing|never|without
    |(?:any|every)\s+(?:year|month|season|time)\s+but
    |except(?:ing|\s+for)?|excluding|exclude|ignore|ignoring|skip|skipping|hide|hiding|omit|leav(?:e|ing)\s+out|other\s+than
    |apart\s+from|aside\s+from|instead\s+of|rather\s+than|minus)
    (?:\s+(?:the|any|all|my|those|that|which|ones?|of|things?|stuff|everything|anything|anywhere|{PHOTOS}|i|we|was|were|are|is|taken|made|shot
    |from|in|on|during))*\s+$""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_PHOTOS = re.compile(rf"\s+{PHOTOS}$")
_EMPTY = frozenset(("one", "ones", "way", "thing", "things", "any", "video", "videos"))
_WRITING = frozenset(("text", "texts", "writing", "words", "letters", "lettering"))
_CAPTIONS = frozenset(("caption", "captions", "description", "descriptions"))


def read_negation(reading: Reading) -> None:
    """Take out what is not wanted; each thing becomes a must-not-word, or a filter where it is a kind or a place."""
    position = 0
    while cue := _CUE.search(reading.text, position):
        things, end = (["people"], cue.end()) if cue["nobody"] else _things(reading.text, cue)
        tail = _TAIL.match(reading.text, end)
        if things:
            for thing in things:
                _exclude(reading, thing)
            reading.take(cue.start(), tail.end() if tail else end)
            position = cue.start()
        else:
            position = cue.end()


def denied_from(text: str, start: int) -> int | None:
    """Find where the words begin that leave out what stands at `start`, as in "not the ones from"; None without any."""
    cue = _DENIED.search(text[:start])
    return cue.start() if cue else None


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
        if joint is None or (cue["no"] and _ARTICLE.match(text, joint.end())):
            return things, end
        position = joint.end()
        if _thing(text, position, is_clause=bool(one))[0] is None:
            return things, end


def _thing(text: str, position: int, is_clause: bool) -> tuple[str | None, int]:
    """Read one noun phrase; of "the one with …" all that follows belongs to it."""
    lead = _LEAD.match(text, position)
    words: list[str] = []
    end = lead.end() if lead else position
    while match := _WORD.match(text, end):
        word = match["word"]
        ends_phrase = word.lower() in _BOUNDARY and not (
            is_clause and word.lower() not in {"and", "or", "but", "taken"}
        )
        goes_on = word.lower().endswith("ing") or _VERB.match(text, end)
        ends_phrase |= bool(words) and not is_clause and bool(goes_on)
        if (ends_phrase and word.lower() != "of") or (word.lower() == "of" and not words):
            break
        words.append(word)
        end = match.end()
    return (" ".join(words), end) if words else (None, position)


def _exclude(reading: Reading, thing: str) -> None:
    content = " ".join(_content(thing))
    name = _OF_PHOTOS.sub("", content).rstrip("s").replace(" ", "")
    kind = next((kind for kind in PhotoKind if name == kind), None)
    places = reading.vocabulary.places.get(name_key(thing), frozenset())
    if kind:
        reading.deny(Filters(kinds=frozenset({kind})))
    elif places and (thing[0].isupper() or name_key(thing) not in WORDS_TOO):
        reading.deny(Filters(places=places))
    elif content in _WRITING:
        reading.narrow(has_text=False)
    elif content in _CAPTIONS:
        reading.narrow(captioned=False)
    elif content and content not in _EMPTY:
        reading.append("must_not", content)


def _content(thing: str) -> Iterator[str]:
    words = [word.lower() for word in thing.replace(GAP, " ").split()]
    kept = [word for word in words if word not in STOP_WORDS and word not in _EMPTY]
    return iter(kept or [word for word in words if word not in _EMPTY])
