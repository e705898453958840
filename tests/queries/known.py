"""The small library that the written requests are about, and the day on which they are typed."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from engine.imaging.places import regions_of_towns
from engine.search.origin import Origin
from engine.understanding.dates import Calendar
from engine.understanding.english import english_words
from engine.understanding.parse import parse
from engine.understanding.plan import QueryPlan
from engine.understanding.vocabulary import Vocabulary

PLACES = (
    ("Montmartre", "Paris", "Île-de-France", "France"),
    (None, "Nice", "Provence-Alpes-Côte d'Azur", "France"),
    (None, "Como", "Lombardy", "Italy"),
    (None, "Rome", "Lazio", "Italy"),
    ("Manhattan", "New York City", "New York", "United States"),
    (None, "Los Angeles", "California", "United States"),
    (None, "London", "England", "United Kingdom"),
    (None, "Reading", "England", "United Kingdom"),
    (None, "Munich", "Bavaria", "Germany"),
    (None, "Amsterdam", "North Holland", "The Netherlands"),
    (None, "Barcelona", "Catalonia", "Spain"),
    (None, "Tokyo", "Tokyo", "Japan"),
    (None, "Sydney", "New South Wales", "Australia"),
)
CAMERAS = ("Apple iPhone 12", "Apple iPhone 6s", "NIKON D750", "Canon EOS 80D", "Google Pixel 7")
FOLDERS = ("", "Holidays", "Holidays/Greece 2015", "Downloads", "Camera Roll", "Wedding", "Scans", "WhatsApp Images")
WORDS = """beach dog sand snow mountain lake bicycle garden grandmother butterfly flower boat house woman man girl boy
    river horse kitchen cat tree street birthday cake ball sunset car red water grass"""
TODAY = date(2026, 11, 24)
CALENDAR = Calendar(TODAY, years=(1994, 2026))
# The photo beside the requests in photo.toml.
ORIGIN = Origin(
    datetime(2018, 8, 11, 15, 20), "Montmartre", "Paris", "Île-de-France", "France", "NIKON D750",
    Path("/photos/Holidays"), (date(2018, 8, 9), date(2018, 8, 14)),
)  # fmt: skip


@cache
def vocabulary() -> Vocabulary:
    """Return what the library can be asked for."""
    return Vocabulary.build(
        PLACES,
        CAMERAS,
        [Path("/photos") / folder for folder in FOLDERS],
        dict.fromkeys(WORDS.split(), 9),
        english_words(),
        CALENDAR.years,
        regions_of_towns(frozenset({city for _, city, _, _ in PLACES})),
    )


def understand(kind: str, text: str) -> QueryPlan:
    """Return how a request of a kind is understood."""
    return parse(text, vocabulary(), CALENDAR, ORIGIN if kind == "photo" else None)


def in_words(plan: QueryPlan) -> str:
    """Write a plan as it is typed with operators, and behind it the words that were taken for others."""
    slips = [f"{{{slip.typed}>{slip.meant}}}" for slip in plan.spellings if slip.typed != slip.meant]
    insisted = tuple(slip for slip in plan.spellings if slip.typed == slip.meant)
    return " ".join(part for part in (replace(plan, spellings=insisted).to_text(), *slips) if part)
