"""What is to stand literally in a photo or its caption."""

import re

from engine.understanding.reading import GAP, Reading
from engine.understanding.speech import PHOTOS

_MARKS = str.maketrans({**dict.fromkeys("“”„‟«»‹›「」『』〝〞″＂", '"'), **dict.fromkeys("‘’‚‛′", "'")})
# Single marks around words; those within words, and after "the dogs", are apostrophes.
_PAIRS = re.compile(
    r"""(?<!\w)(?:‚([^‚‘’"]{2,80})[‘’]|‘((?:[^‘’"]|’(?=\w)){2,80})’|``([^`'"]{2,80})''|``([^`'"]{2,80})``)(?!\w)"""
)
_DOES_NOT = r"(?:do|does)(?:n't|\s+not)\s+"
_NO = (
    r"\b(?:(?:but\s+)?(?:not|without|no|except|excluding|minus)"
    rf"|(?:(?:that|which)\s+)?{_DOES_NOT}(?:say|read|have|show|contain))\s+"
)
_CUE = (
    r"(?:(?:that|which)\s+(?:says?|said|reads?|is\s+saying|spells?|(?:begins|starts|ends|opens)(?:\s+with)?)"
    r"|(?:(?:where|when|on\s+which)\s+)?it\s+(?:says?|reads?|said|is\s+written)|saying|reading|labell?ed|titled"
    r"|(?:inscribed|engraved|marked)(?:\s+with)?"
    r"|(?:(?:(?:that|which)\s+)?(?:with|has|have|having|show(?:s|ing)?|contain(?:s|ing)?|bear(?:s|ing)?|carry(?:ing)?"
    r"|carries|says)\s+)?(?:the\s+)?(?:words?|text|inscription|writing|letters)"
    r"(?:\s+(?:saying|reading))?)"
)
_QUOTED = re.compile(
    rf'(?P<no>{_NO})?(?:\b{_CUE}\s*[:,]?\s*)?"(?P<phrase>[^"]+)"(?:\s+(?:written\s+)?on\s+(?:it|them)\b)?',
    re.IGNORECASE,
)
_CARRIERS = (
    "sign|signs|board|poster|banner|shirt|t-shirt|tshirt|window|label|card|note|page|screen|billboard|cake|mug|cup|hat"
    "|cap|sticker|graffiti|letter|paper|plate|placard|menu|message|whiteboard|blackboard|book|bag|door|wall|photos?|pictures?|pics?|images?|screenshots?"
)
_SAYS = re.compile(
    rf"\s+(?:(?:that|which)\s+(?P<no>{_DOES_NOT})?(?:says?|reads?|mentions?)"
    r"|(?:where|on\s+which)\s+it\s+(?:says|reads)|saying|with\s+the\s+(?:words|text))\s+"
    r"(?P<phrase>(?!(?:in|on|at|from|by|upside)\b)[\w'&-]+(?:\s+[\w'&-]+){0,4}?)(?:\s+(?:on|in)\s+(?:it|them)\b)?"
    rf"(?=\s*(?:$|[,.;:!?{GAP}])|\s+(?:in|on|at|from|near|with|by|above|under|behind|taken)\b)",
    re.IGNORECASE,
)
_ALL_IT_SHOWS = re.compile(rf"(?:^|\b(?:the|an?|any|all|that|those)\s+){PHOTOS}\s+(?={GAP}\s+on\b)", re.IGNORECASE)
_SOUGHT = re.compile(
    r"\b(?:look|search|find|show)(?:ing)?(?:\s+(?:me|for))*\s+(?:the\s+)?"
    rf"(?:words?|text)\s+(?P<phrase>[\w'&-]+(?:\s+[\w'&-]+){{0,4}}?)"
    rf"(?:\s+(?:in|on)\s+(?:(?:the|my|our|all|any)\s+)*{PHOTOS}\b|\s*$)",
    re.IGNORECASE,
)
_CARRIER_BEFORE = re.compile(rf"\b(?:{_CARRIERS})$", re.IGNORECASE)


def plain_marks(text: str) -> str:
    """Replace typographic quotation marks and apostrophes by those of a keyboard."""
    return _PAIRS.sub(lambda match: f'"{match[match.lastindex or 0]}"', text).translate(_MARKS)


def read_quotes(reading: Reading) -> None:
    """Take out what stands between quotation marks, or after "that says"; with a "not" before it, it must not be."""
    reading.take_all(_QUOTED, lambda match: _take_quoted(reading, match))
    reading.take_all(_SOUGHT, lambda match: _take_sought(reading, match))
    reading.take_all(_SAYS, lambda match: _take_said(reading, match))
    reading.text = _ALL_IT_SHOWS.sub("", reading.text).replace('"', " ")


def _take_quoted(reading: Reading, match: re.Match[str]) -> bool:
    phrase = " ".join(match["phrase"].replace(GAP, " ").split())
    if match["no"] and phrase:
        reading.append("must_not", phrase.lower())
    elif phrase:
        reading.append("phrases", phrase)
    return True


def _take_sought(reading: Reading, match: re.Match[str]) -> bool:
    reading.append("phrases", match["phrase"])
    return True


def _take_said(reading: Reading, match: re.Match[str]) -> bool:
    """Take what something is said to say; people who say something are looked for as they are."""
    is_carrier = bool(_CARRIER_BEFORE.search(reading.text[: match.start()]))
    if is_carrier and match["no"]:
        reading.append("must_not", match["phrase"].lower())
    elif is_carrier:
        reading.append("phrases", match["phrase"])
    return is_carrier
