"""Contractions that are typed without their apostrophe: "dont", "wheres"."""

import re

_WITHOUT = re.compile(
    r"""\b(?P<start>(?:do|does|did|is|are|was|were|has|have|had|ca|wo|would|could|should)n(?=t\b)
    |(?:where|what|there|that|who|how|when)(?=s\b)|it(?=s\s+(?:an?|the|from|been|me|not|probably|maybe|somewhere)\b)
    |i(?=(?:ve|m)\b)|(?:you|we|they)(?=ve\b)|(?:you|they)(?=(?:re|ll|d)\b))(?P<end>t|s|ve|m|re|ll|d)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def with_apostrophes(text: str) -> str:
    """Put the apostrophes in; "its" has one only where it goes on as "it is" does."""
    return _WITHOUT.sub(r"\g<start>'\g<end>", text)
