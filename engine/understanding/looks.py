"""What a photo is rather than what it shows: its kind, format, shape, text, caption; and the order asked for."""

import re
from dataclasses import replace
from typing import Any

from engine.imaging.kind import PhotoKind
from engine.search.query import Filters, Orientation, Sort
from engine.understanding.operators import FORMATS
from engine.understanding.reading import GAP, Reading
from engine.understanding.refusals import denied_from
from engine.understanding.speech import PHOTOS

_JOINT = r"(?:,|/|&|\+|\bor\b|\band\b)"
_END = rf"(?=\s*(?:$|[,.;:!?{GAP}]))"
_DENIED_JOINT = re.compile(r"\s*(?:,|&|,?\s*\b(?:or|nor|and)\b)\s*(?:(?:no|not|any|the|in)\s+)*", re.IGNORECASE)
_ONES = re.compile(r"(?:\s+ones?\b)?", re.IGNORECASE)
_THAT_HAVE = r"(?:(?:that|which)\s+(?:have|has|had|got|contain)|with|having|containing|showing|has|have)"


def _rule(pattern: str, **filters: Any) -> tuple[re.Pattern[str], dict[str, Any]]:
    return re.compile(pattern, re.IGNORECASE), filters


_SUCH = rf"(?:\w+\s+)?(?:{PHOTOS}|ones)\b"
_FILTERS = (
    _rule(rf"\b(?:vertical|upright)(?=\s+{_SUCH})", orientation=Orientation.PORTRAIT),
    _rule(
        r"\b(?:(?:which|that|it|they|ones?|of)\s+(?:is|are)|be|but)\s+(?:vertical|upright)"
        rf"(?:{_END}|(?=\s+for\b))",
        orientation=Orientation.PORTRAIT,
    ),
    _rule(rf"\bin\s+vertical\b|\b(?:vertical(?:\s+only)?|portrait\s+only){_END}", orientation=Orientation.PORTRAIT),
    _rule(
        rf"\bin\s+horizontal\b|\bhorizontal(?=\s+{_SUCH})|\b(?:horizontal(?:\s+only)?|landscape\s+only){_END}",
        orientation=Orientation.LANDSCAPE,
    ),
    _rule(
        r"\b(?:in\s+)?(?:portrait|vertical|upright)[ -](?:orientation|oriented|format)\b",
        orientation=Orientation.PORTRAIT,
    ),
    _rule(
        r"\b(?:in\s+)?(?:landscape|horizontal)[ -](?:orientation|oriented|format)\b", orientation=Orientation.LANDSCAPE
    ),
    _rule(r"\b(?:taken|shot|photographed|held)\s+in\s+portrait\b(?!\s+mode)", orientation=Orientation.PORTRAIT),
    _rule(r"\b(?:taken|shot|photographed|held)\s+in\s+landscape\b", orientation=Orientation.LANDSCAPE),
    _rule(
        rf"\b(?:in\s+)?square[ -](?:format|crops?|orientation)\b|\bsquare(?=\s+{PHOTOS}\b(?!\s+(?:frame|album)))",
        orientation=Orientation.SQUARE,
    ),
    _rule(
        rf"\b{_THAT_HAVE}\s+(?:no|not\s+any)\s+captions?\b|\bwithout\s+(?:a\s+|any\s+)?captions?\b|\buncaptioned\b"
        r"|\b(?:whose|where\s+the)\s+captions?\s+(?:is|are)\s+(?:missing|empty)\b|\bmissing\s+(?:a\s+|their\s+)?captions?\b"
        r"|\bnot\s+(?:yet\s+)?captioned(?:\s+yet)?\b",
        captioned=False,
    ),
    _rule(rf"\b{_THAT_HAVE}\s+(?:an?\s+)?captions?\b|\bcaptioned\b", captioned=True),
    _rule(
        rf"\b(?:that\s+|which\s+)?{_THAT_HAVE}\s+(?:(?:some|any|lots\s+of|printed|handwritten|legible|readable|visible)\s+)?"
        rf"(?:text|writing|lettering|letters|words|something\s+written)"
        rf"(?:\s+(?:(?:on|in)\s+(?:it|them)|in\s+the\s+{PHOTOS})\b|{_END})",
        has_text=True,
    ),
)
_PICTURES = rf"(?:{PHOTOS}|screen[ -]?shots?|selfies?|panoramas?|bursts?)"
_BEGINNING = (
    r"(?:(?:sort(?:ed)?|order(?:ed)?|arranged?)\s+(?:(?:it|them|these|with)\s+)?)?(?:by\s+date,?\s+)?"
    r"(?:from\s+)?(?:the\s+)?"
)
_COMES_FIRST = (
    r"(?:\s+ones?)?\s+(?:first|on\s+top|at\s+the\s+(?:top|beginning|start)|to\s+(?:the\s+)?(?:oldest|newest|latest))"
)
# "The newest dog photos", but not "the oldest daughter's pictures".
_BEFORE_SUCH = (
    r"(?=\s+(?!(?:son|daughter|boy|girl|child|kid|brother|sister|friend|cousin|model)(?:'s)?\b)"
    rf"\w+\s+{PHOTOS}\b)"
)
_SORTS = (
    (r"(?:sort(?:ed)?|order(?:ed)?)\s+by\s+(?:date|time|newest|latest)(?:\s+first)?", Sort.NEWEST),
    (r"in\s+reverse\s+chronological\s+order", Sort.NEWEST),
    (
        r"(?:sort(?:ed)?|order(?:ed)?)\s+by\s+oldest(?:\s+first)?|in\s+(?:chronological\s+order|(?:the\s+)?order\s+of\s+(?:date|time))"
        r"|(?:sorted\s+|ordered\s+)?chronologically",
        Sort.OLDEST,
    ),
    (rf"{_BEGINNING}(?:newest|latest|(?:most\s+)?recent){_COMES_FIRST}", Sort.NEWEST),
    (rf"{_BEGINNING}(?:oldest|earliest){_COMES_FIRST}", Sort.OLDEST),
    (rf"(?:starting|beginning)\s+(?:with|from)\s+the\s+(?:newest|latest|most\s+recent){_END}", Sort.NEWEST),
    (rf"(?:starting|beginning)\s+(?:with|from)\s+the\s+(?:oldest|earliest|first){_END}", Sort.OLDEST),
    (
        r"when\s+did\s+(?:we|i)\s+last(?:\s+see)?|when\s+was\s+the\s+last\s+time\s+(?:that\s+)?(?=(?:we|i)\b)",
        Sort.NEWEST,
    ),
    (
        rf"(?:\d+\s+)?(?:newest|latest|(?:most\s+)?recent|very\s+last|last(?=\s+\w+\s+of\b))(?=\s+{_PICTURES}\b)"
        rf"|(?:newest|latest|most\s+recent){_BEFORE_SUCH}",
        Sort.NEWEST,
    ),
    (
        rf"(?:\d+\s+)?(?:oldest|earliest|(?:very\s+)?first(?:\s+ever|(?<=very\sfirst)|(?=\s+\w+\s+of\b)))(?=\s+{_PICTURES}\b)"
        rf"|(?:oldest|earliest){_BEFORE_SUCH}",
        Sort.OLDEST,
    ),
)
_ORDERS = tuple((re.compile(rf"\b{pattern}\b", re.IGNORECASE), sort) for pattern, sort in _SORTS)
_FIRST_OF_THESE = re.compile(
    r"\b(?P<order>newest|latest|most\s+recent|oldest|earliest)\s+(?P<these>(?!ones\b)\w+\s+(?:\w+\s+)?)first\b",
    re.IGNORECASE,
)
_THESE_BY = re.compile(
    r"\b(?:sort|order)\s+(?P<these>(?:the|all|my|our)\s+[^,.;!?]{1,40}?)\s+by\s+(?P<order>date|time|newest|latest|oldest)\b",
    re.IGNORECASE,
)
_KINDS = re.compile(
    r"\b(?P<screenshot>screen[ -]?(?:shots?|grabs?|captures?|caps?))\b"
    r"|\b(?P<selfie>selfies?(?!\s+sticks?\b)(?:\s+photos|\s+pictures|\s+pics)?)\b"
    rf"|\b(?P<panorama>(?:wide\s+)?(?:panoramas?|panos?)(?:\s+{PHOTOS})?|panoramic(?:\s+{PHOTOS}|(?=\s+views?\b)))\b",
    re.IGNORECASE,
)
KINDS = r"(?:screen[ -]?shots|selfies|panoramas|panos)"
_SEVERAL_KINDS = re.compile(rf"\bphotos(?:\s*{_JOINT}\s*photos)+\b")
# A burst is told from one of colour, and from what bursts, by the words around it.
_THESE = r"(?:the|this|that|those|these|my|our|your|his|her|their|its|us|him|them|me)"
_BURST_ENDS = (
    rf"(?=\s*(?:$|[,.;:!?{GAP}]|\bof\s+{_THESE}\b"
    r"|\b(?:from|in|at|on|with|without|during|taken|shot|last|and|or|where|when|but|no|not)\b))"
)
_BURST = re.compile(
    rf"\b(?P<aside>(?:(?:{PHOTOS}\s+)?(?:series|sequences?)\s+)?(?:(?:that|which)\s+)?(?:(?:i|we|was|were)\s+)?"
    r"(?:(?:taken|took|shot|captured|made)\s+)?(?:in|on|with|using|by)\s+(?:the\s+)?burst[ -]?mode\b"
    rf"|(?:from|in|of|part\s+of)\s+(?:an?|the|one|that|some)\s+bursts?{_BURST_ENDS})"
    rf"|\bburst(?:[ -]mode)?[ -](?:{PHOTOS}|series|sequences?|frames?)\b|\b(?:{PHOTOS}|camera)[ -]bursts?{_BURST_ENDS}"
    r"|\bburst[ -]mode\b"
    rf"|(?:^|(?<=[,;{GAP}])|\b(?:and|or|show|find|see|me|for)\b)"
    rf"\s*(?:(?:all|an?|any|the|my|our|some|every|only)\s+)*bursts?{_BURST_ENDS}",
    re.IGNORECASE,
)
_IN_THE_MAKING = re.compile(
    r"\b(?:tak(?:e|es|ing)|took|pos(?:e|es|ing)\s+for|snapping|do(?:ing)?|for|during)\s+"
    r"(?:(?:an?|the|another|some|their|her|his|my|group|mirror|family|funny)\s+)*$",
    re.IGNORECASE,
)
_FORMAT_NAMES = "|".join(sorted(FORMATS, key=len, reverse=True))
_FORMAT = re.compile(
    rf"\b(?:(?:in|as)\s+)?\.?(?P<name>{_FORMAT_NAMES})(?:\s+(?:files?|formats?)\b"
    rf"|(?=\s+(?:{PHOTOS}|ones|scans|versions?|copies)\b))"
    rf"|\.?\b(?P<first>{_FORMAT_NAMES})(?=\s*{_JOINT}\s*\.?(?:{_FORMAT_NAMES})\b)"
    rf"|{GAP}\s*{_JOINT}\s*\.?(?P<last>{_FORMAT_NAMES})(?={_END}|\s+(?:of|from|in|with|at|taken)\b)"
    r"|\b(?P<several>jpe?g|png|gif|tiff?|heic|bmp|raw)s\b"
    rf"|^[\s{GAP}]*(?P<begins>jpe?g|png|heic|gif|tiff)(?=\s+[a-z])"
    r"|\b(?P<alone>jpe?g|png|heic|heif|tiff|webp|avif|bmp|gif|raw(?=\s+only)|(?-i:RAW))(?:\s+(?:only|preferred))?"
    rf"(?:{_END}|(?=\s+(?:of|in|from)\b))",
    re.IGNORECASE,
)


def read_denied_looks(reading: Reading) -> None:
    """Take out formats and shapes that are not wanted, as in "no JPEGs or PNGs", and what is not captioned."""
    for pattern, filters in _FILTERS:
        if _take_denied(reading, pattern):
            _deny(reading, filters)
    for match in _take_denied(reading, _FORMAT):
        reading.deny(Filters(formats=_format(match)))


def _take_denied(reading: Reading, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """Take out what is found where the words before say that it is not wanted, and return it."""
    text = reading.text
    found: list[re.Match[str]] = []
    taken: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        start = denied_from(text, match.start())
        if start is None and taken and _DENIED_JOINT.fullmatch(text, taken[-1][1], match.start()):
            start = taken[-1][1]
        if start is not None:
            found.append(match)
            taken.append((start, _ONES.match(text, match.end()).end()))  # type: ignore[union-attr]
    for start, end in reversed(taken):
        reading.take(start, end)
    return found


def _deny(reading: Reading, filters: dict[str, Any]) -> None:
    if "orientation" in filters:
        reading.deny(Filters(**filters))
    else:
        reading.narrow(**{name: not wanted for name, wanted in filters.items()})


def read_looks(reading: Reading) -> None:
    """Take out all of these."""
    reading.text = _FIRST_OF_THESE.sub(r"\g<order> first \g<these>", reading.text)
    reading.text = _THESE_BY.sub(r"\g<these> sorted by \g<order>", reading.text)
    for pattern, sort in _ORDERS:
        if pattern.search(reading.text):
            reading.plan = replace(reading.plan, sort=sort)
            reading.text = pattern.sub(f" {GAP} ", reading.text)
    for pattern, filters in _FILTERS:
        if pattern.search(reading.text):
            reading.narrow(**filters)
            reading.text = pattern.sub(f" {GAP} ", reading.text)
    reading.text = _KINDS.sub(lambda match: _take_kind(reading, match), reading.text)
    reading.text = _SEVERAL_KINDS.sub("photos", reading.text)
    reading.text = _BURST.sub(lambda match: _take_burst(reading, match), reading.text)
    reading.take_all(_FORMAT, lambda match: _take_format(reading, match))


def _take_kind(reading: Reading, match: re.Match[str]) -> str:
    """Make photos of a kind just photos; people who take a selfie are to be seen."""
    if _IN_THE_MAKING.search(match.string[: match.start()]):
        return match[0]
    reading.widen("kinds", frozenset({PhotoKind(str(match.lastgroup))}))
    is_on_something = match.string.startswith(" on ", match.end())
    return "" if match[0].lower() == "panoramic" or is_on_something else "photos"


def _take_burst(reading: Reading, match: re.Match[str]) -> str:
    reading.widen("kinds", frozenset({PhotoKind.BURST}))
    return f" {GAP} " if match["aside"] else " photos "


def _take_format(reading: Reading, match: re.Match[str]) -> bool:
    reading.widen("formats", _format(match))
    return True


def _format(match: re.Match[str]) -> frozenset[str]:
    name = match["name"] or match["first"] or match["last"] or match["begins"] or match["several"] or match["alone"]
    return frozenset({FORMATS[name.lower()]})
