"""Write out what is typed short or said the long way round, so that the other rules need to know one way of saying it:
"w/o", "dont", "anything but", "not without", "take the car out"."""

import re
from collections.abc import Callable

from engine.understanding.speech import PHOTOS

_Rewrite = str | Callable[[re.Match[str]], str]

_CLAUSE = r"(?:^|(?<=[,.;!?])|(?<=[,.;!?]\s)|(?<=\band\s)|(?<=\bbut\s))"
_NOBODY = r"\b(?:nobody|no[ -]?one)"
_END = r"(?=\s*(?:$|[,.;!?])|\s+(?:and|but|please)\b)"
_ONLY = re.compile(r"\b(?:not|never|nothing|cannot|\w+n't)\b[^,.;!?]*$", re.IGNORECASE)


def _but(match: re.Match[str]) -> str:
    """Make "with anything but" a "not with", unless a "not" before it turns it round."""
    if _ONLY.search(match.string[: match.start()]):
        return match[0]
    return " ".join(part for part in ("not", match["deed"], match["how"]) if part)


def _rule(pattern: str, rewrite: _Rewrite) -> tuple[re.Pattern[str], _Rewrite]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE), rewrite


_RULES = (
    _rule(r"\bw/o\b", "without"),
    _rule(r"\bw/\s*", "with "),
    _rule(r"(?<=\s)(?-i:w)(?=\s)", "with"),
    _rule(r"\b(?:pls|plz|plss+)\b", "please"),
    _rule(r"\btho\b", "though"),
    _rule(r"\bppl\b", "people"),
    _rule(r"\b(?-i:ss)(?=\s+(?:of|from|with|that)\b|$)", "screenshots"),
    _rule(rf"(?<=\bvids\s)n(?=\s{PHOTOS}\b)", "and"),
    _rule(r"\b(?:no[\s,]+)+(?=not?\b)", ""),
    _rule(r"(?<=\s)@(?=\s)", "at"),
    _rule(r"\b(where|what|who|why|how)\s+(?:tf|the\s+(?:heck|hell|fuck))\b", r"\1"),
    _rule(r"\b(?:(?:god)?damn(?:ed)?|freaking|fucking|effing)\s+(?=\w)(?!(?:it|you|and|in|on|at|with)\b)", ""),
    _rule(r"\b(?:as|like)\s+(?:(?:if|though)\s+)?it\s+(?:was|were|is|happened)\s+(?:only\s+|just\s+)?yesterday\b", ""),
    _rule(r"\bwanna\b", "want to"),
    _rule(r"\s*\b(?:lo+l|(?:ha){2,}h?|omg|ffs|lmao|rofl|tbh|ngl|btw|smh)\b", ","),
    _rule(r"\b(is|are|was|were|do|does|did|has|have|had|would|could|should|ai|ca|wo)nt\b", r"\1n't"),
    _rule(r"\b(that|there|what|who|where)s(?=\s)", r"\1's"),
    _rule(
        r"\bits(?=\s+(?:an?|the|not|in|on|at|just|from|been|me|probably|maybe|somewhere|(?:snow|rain)ing)\b)", "it's"
    ),
    _rule(r"\b(i|you|we|they)ve\b", r"\1've"),
    _rule(r"\b(you|they)(re|ll|d)\b", r"\1'\2"),
    _rule(r"\bim\b", "i'm"),
    _rule(
        r"\b(do|did|can|could|would|will|have|are|if)\s+u\b|\bu(?=\s+(?:still|have|got|know|remember|see|find)\b)",
        r"\1 you",
    ),
    _rule(r"\b(?:nobody|no[ -]?one|none)\s+(?:else\s+)?(?:but|except|besides)\b", "only"),
    _rule(rf"({_NOBODY})s\b", r"\1's"),
    _rule(
        rf"""(?:\b(?:where|in\s+which)\s+)?{_NOBODY}\s+
        (?:has|wears|holds|carries|(?:is|was)\s+(?:wearing|holding|carrying))(?:\s+(?:an?|any))?\b""",
        "without",
    ),
    _rule(
        rf"""(?:\b(?:where|in\s+which)\s+)?{_NOBODY}(?:'s|\s+(?:is|was|looks?|seems?|appears?))\s+
        (?!(?:there|here|around|in|on|at|near|behind|next|else|visible|to)\b)""",
        "not ",
    ),
    _rule(
        rf"""(?:\bwith\s+)?{_NOBODY}\s+(?!(?:standing|sitting|being|walking|posing)\b)
        (?=\w+ing\b(?!\s+(?:in|on|at)\s+(?:it|them)\b))""",
        "not ",
    ),
    _rule(r"\boutside\s+(?:of\s+)?(?=(?:the|my|our)\s+(?:\w+\s+){1,3}(?:folder|album|directory)\b)", "not in "),
    _rule(r"\bain't\s+got\b", "hasn't"),
    _rule(r"\bain't\b", "isn't"),
    _rule(r"(n't\s+\w+)\s+neither\b", r"\1"),
    _rule(
        r"\bbut\s+(?!(?:not|i|we|why|maybe|probably|perhaps)\b)([^,.;!?]{1,30}?)\s+not(?=\s*(?:$|[,.;!?]))",
        r"but not \1",
    ),
    _rule(
        r"(?<=\s)(?:(?:but|and|with|where)\s+)?(?:the\s+)?\b(\w+)\s+(?:is\s+|are\s+)?not\s+"
        r"(?:visible|shown|in\s+(?:view|frame))\b",
        r"without \1",
    ),
    _rule(r"\b(?:whose|which)\s+colou?r\s+(?:is|was)(?:n't|\s+not)\b", "not"),
    _rule(rf"\bwithout\s+{_NOBODY}\b", "without anybody"),
    _rule(
        r"\b(?:but|and)\s+(?:(?:the|my|our)\s+)?\w+\s+(?:should|must)(?:n't|\s+not)\s+(?:be|wear|have|show)\b",
        "but not",
    ),
    _rule(r"(n't(?:\s+(?:have|got|want|need|show))?|\bwithout)\s+no\b", r"\1 any"),
    _rule(r"\bquote\s+([^\"]{1,80}?)\s+(?:unquote|(?:end|close)\s+quote)\b", r'"\1"'),
    _rule(r"\s*,?\s*\bif\s+(?:at\s+all\s+)?possible\b,?", " "),
    _rule(r"\beither\s+(?!side\b)(?=[^,.;!?]+\sor\s)", ""),
    _rule(
        rf"{_CLAUSE}([^,.;:!?]+?)\s+(?:are\s+)?(?:excluded|omitted|left\s+out|not\s+included)(?=\s*(?:$|[,.;:!?]))",
        r"without \1",
    ),
    _rule(
        r"""(?:\b(?:taken|shot|made)\s+)?(?:\b(?:with|on|by)\s+)?\b(?:any|every|all|whichever|whatever)\s+
        (?:cameras?|phones?|devices?)\s+(?:but|except(?:\s+for)?|other\s+than|besides)\b""",
        "not taken with",
    ),
    _rule(
        rf"""\b((?:(?:any|every)(?:where|thing)\s+(?:in|from|at)|all\s+(?:of|(?:the\s+)?{PHOTOS}\s+(?:of|from|in)))
        \s+[^,.;!?]{{1,40}}?)\s+but\s+(?!(?:not|no|with|without|only|just|never|always|in|at|on|it|i|we|he|she
        |they|when|where|(?:the\s+)?ones?)\b)(?=\w)""",
        r"\1 except ",
    ),
    _rule(
        r"""(?:\b(?P<deed>taken|shot|made|photographed)\s+)?(?:\b(?P<how>with|on|in|at|from|by)\s+)?
        \b(?:any|every)(?:thing|where|one|body)\s+(?:else\s+)?(?:but|other\s+than|besides)\b
        (?!\s+(?:make|turn|add|change|replace|swap|give)\b)""",
        _but,
    ),
    _rule(
        rf"""\b(?:no|none|not(?:\s+(?:any|one|a\s+single))?)\s+(?:(?:{PHOTOS}|ones?)\s+)?
        without\s+([^,.;!?]+?)(?:\s+in\s+(?:it|them))?(?=\s*(?:$|[,.;!?]))""",
        r"with \1",
    ),
    _rule(
        rf"{_CLAUSE}(?:please\s+)?(?:take|leave|filter|crop|cut|edit|keep)\s+((?:the|this|that|these|those|any|all|my|our|his|her|their)\b[^,.;!?]+?)\s+out{_END}",
        r"without \1",
    ),
)
_QUOTED = re.compile(r'("[^"]*")')


def say_plainly(text: str) -> str:
    """Return a text in the words that the other rules know; what stands between quotation marks stays as it is."""
    pieces = _QUOTED.split(text)
    for place in range(0, len(pieces), 2):
        for pattern, rewrite in _RULES:
            if pattern.search(pieces[place]):  # quicker where little is to be rewritten
                pieces[place] = pattern.sub(rewrite, pieces[place])
    return "".join(pieces)
