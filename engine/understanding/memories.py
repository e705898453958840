"""What people remember doing: "the time we went sailing" shows sailing."""

import re

from engine.understanding.hinges import only_asks
from engine.understanding.speech import ADVERB, LEAD, PHOTOS, STORE
from engine.understanding.stories import PERSON, weight

_TIME = r"(?:the|that|this|one)\s+(?:\w+\s+)?(?:time|day|week|weekend|trip|holiday|vacation|moment|occasion)"
_OPENING = re.compile(
    rf"^{LEAD}(?:(?:(?:from|of|on)\s+)?{_TIME}\s+(?:(?:when|where|that)\s+|(?=(?:i|we|{PERSON})\s))"
    r"|(?:when|where|while)\s+(?=(?:i|we)\b))",
    re.IGNORECASE,
)
_SPEAKER = re.compile(rf"^(?:i|we)(?:'\w+)?\s+(?:(?:{ADVERB}|all|both)\s+)*", re.IGNORECASE)
# Doing of which nothing is to be seen but what was done.
_DOING = re.compile(
    r"^(?:(?:was|were)\s+(?=\w+ing\b)|(?:went|had|saw|did|spent|got\s+to\s+see)\s+(?:(?:to|on|for|to\s+see)\s+)?(?=\S))",
    re.IGNORECASE,
)
# What is said about a photo instead, or about oneself: "when I saved it", "when I was ten".
_NO_MEMORY = re.compile(
    r"^(?:am|are|was|were|is|can|could|would|will|have|need|want)\b"
    rf"|\b(?:it|this|you|i|{PHOTOS}|{STORE})\b",
    re.IGNORECASE,
)


def remembered(clause: str, *, is_opened: bool) -> str:
    """Return what is to be seen of a memory that a clause tells, nothing where it tells none.

    After "I remember" and the like, `is_opened`, a memory may begin with who has it.
    """
    opening = _OPENING.match(clause)
    told = clause[opening.end() :] if opening else clause
    speaker = _SPEAKER.match(told)
    if only_asks(told) or not (opening or (is_opened and speaker)):
        return ""
    told = told[speaker.end() :] if speaker else told
    done = _DOING.sub("", told)
    says_something = weight(done) > (done == told)
    return done if says_something and not _NO_MEMORY.search(done) else ""
