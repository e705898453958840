"""What is typed short: contractions without their apostrophe, as "dont" and "wheres", and "u" for "you"."""

import re

_WITHOUT = re.compile(
    r"""\b(?P<start>(?:do|does|did|is|are|was|were|has|have|had|ca|wo|would|could|should)n(?=t\b)
    |(?:where|what|there|that|who|how|when)(?=s\b)|it(?=s\s+(?:an?|the|from|been|me|not|probably|maybe|somewhere)\b)
    |i(?=(?:ve|m)\b)|(?:you|we|they)(?=ve\b)|(?:you|they)(?=(?:re|ll|d)\b))(?P<end>t|s|ve|m|re|ll|d)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_U = re.compile(
    r"\b(?P<verb>(?:do|did|can|could|would|will|have|are|if)\s+)u\b|\bu(?=\s+(?:still|have|got|know|remember|see|find)\b)",
    re.IGNORECASE,
)


def written_out(text: str) -> str:
    """Put the apostrophes in, for "its" only where it goes on as "it is" does, and write out "you" where people ask."""
    return _U.sub(lambda match: f"{match['verb'] or ''}you", _WITHOUT.sub(r"\g<start>'\g<end>", text))
