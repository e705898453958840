"""What is to be different from the photo beside a request, where it is said as an order: "add a hat", "swap the dog for
a cat", "make it winter"."""

import re

from engine.understanding.speech import PHOTOS

_START = r"(?:^|(?<=[,.;!?])\s*|(?<=\band\s)|(?<=\bbut\s))(?:(?:please|now|just|then|and|but)\s+){0,3}"
_IT = rf"(?:it|this|that|them|him|her|me|us|(?:this|that|the)\s+(?:{PHOTOS}|scene|view))"
_LOOK = (
    r"(?:season|weather|colou?rs?|light(?:ing)?|time(?:\s+of\s+(?:the\s+)?(?:day|year))?|mood|background|setting|angle)"
)
_WHAT = r"(?P<what>[^,.;!?]+?)"
_END = r"(?=\s*(?:$|[,.;!?])|\s+and\s+(?:add|remove|make|no|without)\b)"
_ORDERS = tuple(
    (re.compile(_START + pattern + _END, re.IGNORECASE), change)
    for pattern, change in (
        (
            rf"(?:replace|swap|exchange|substitute|change|switch)\s+(?:{_IT}|the\s+{_LOOK})\s+(?:with|for|by|to|into)\s+{_WHAT}",
            r"\g<what>",
        ),
        (
            rf"(?:replace|swap|exchange|substitute|change|switch)\s+(?P<old>[^,.;!?]+?)\s+(?:with|for|by|to|into)\s+{_WHAT}",
            r"\g<what> without \g<old>",
        ),
        (
            rf"(?:make|turn|imagine|picture)\s+{_IT}\s+(?:(?:into|to\s+be|be|being|look(?:\s+like)?|as|with)\s+)?{_WHAT}",
            r"\g<what>",
        ),
        (rf"(?:the\s+same|an?)\s+{_WHAT}\s+version\s+of\s+{_IT}", r"\g<what>"),
        (
            rf"(?:add|plus|insert|put(?:\s+in)?|give\s+{_IT})\s+{_WHAT}(?:\s+(?:in|into|on|onto|to)\s+{_IT})?",
            r"\g<what>",
        ),
        (
            rf"(?:delete|erase|lose|take\s+away|remove)\s+{_WHAT}(?:\s+(?:from|in)\s+{_IT})?",
            r"without \g<what>",
        ),
    )
)
_AND = re.compile(
    r"\s+and\s+(?=(?:make|turn|add|insert|replace|swap|exchange|change|switch|delete|erase|remove|take\s+away)\b)",
    re.IGNORECASE,
)
_KEEP = re.compile(
    rf"{_START}(?:keep|leave)\s+(?:everything|(?:all\s+)?the\s+rest|all|{_IT})(?:\s+else)?"
    r"(?:\s+(?:the\s+same|as\s+(?:it\s+)?is|unchanged|alone))?"
    r"\s*,?\s*\b(?:but|and|just|only)\b\s*",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r",?\s*\bexcept\s+(?=(?:with|that|in|at|it|he|she|they|(?:the|his|her)\s+\w+\s+(?:is|are|has))\b)", re.IGNORECASE
)


def as_change(text: str) -> str:
    """Return a text with what is ordered said as what is to be seen: "a cat without the dog"."""
    text = _AND.sub(", ", _EXCEPT.sub(", ", _KEEP.sub("", text)))
    for pattern, change in _ORDERS:
        text = pattern.sub(change, text)
    return text
