"""Numbers, times and captions as a person says them."""

from engine.api import Standing


def count(number: int, noun: str) -> str:
    """Return "1 photo", "1,234 photos"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def caption_in_words(text: str | None, standing: Standing | None) -> str | None:
    """Return a caption with a mark where it may be wrong, and words in its place where it is withheld."""
    if standing is Standing.WITHHELD:
        return "no confident caption yet"
    return f"{text} (uncertain)" if standing is Standing.UNCERTAIN else text


def rate(per_second: float) -> str:
    """Return "6.1 a second"; of slow things one figure that is not 0, "0.04 a second"."""
    return f"{per_second:{'.1f' if per_second >= 1 else '.1g'}} a second"


def duration(seconds: float) -> str:
    """Return a rough length of time, such as "about 20 min"."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"about {seconds / 60:.0f} min"
    return f"about {seconds / 3600:.0f} h"
