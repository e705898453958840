"""Numbers and times as a person says them."""


def count(number: int, noun: str) -> str:
    """Return "1 photo", "1,234 photos"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def duration(seconds: float) -> str:
    """Return a rough length of time, such as "about 20 min"."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"about {seconds / 60:.0f} min"
    return f"about {seconds / 3600:.0f} h"
