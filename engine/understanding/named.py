"""Places and cameras that filters ask for, or leave out, by name."""

from dataclasses import replace

from engine.search.query import Filters
from engine.understanding.names import fold, name_key


def words_of_names(filters: Filters) -> frozenset[str]:
    """Return the words in the names of places and cameras, also those left out, without capitals and accents."""
    names = (name for each in (filters, *filters.but_not) for name in (*each.places, *each.cameras))
    return frozenset(word for name in names for word in name_key(name).split())


def without_name(filters: Filters, word: str) -> Filters:
    """Return filters without the places and cameras that have a word in their names."""

    def others(names: frozenset[str]) -> frozenset[str]:
        return frozenset(name for name in names if fold(word) not in name_key(name).split())

    but_not = frozenset(each for each in filters.but_not if fold(word) not in words_of_names(each))
    return replace(filters, places=others(filters.places), cameras=others(filters.cameras), but_not=but_not)
