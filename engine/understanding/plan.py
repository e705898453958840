"""How a request was understood: shown as chips, and corrected by them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from engine.imaging.kind import PhotoKind
from engine.search.query import Condition, Filters, Query, Sort
from engine.understanding.chip import Chip, Echo, Guidance, Spelling
from engine.understanding.filter_chips import filter_chips, quoted
from engine.understanding.named import without_name

__all__ = ["Chip", "Echo", "Guidance", "QueryPlan", "Spelling"]

_MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """What a request asks for. `description` is what is embedded, without filler; with a reference photo beside it,
    which the caller holds, it is the change wanted, and `preferred` is when such photos are taken. `must`, `must_not`
    and `phrases` are those of `Query`."""

    description: str = ""
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    preferred: Filters = field(default_factory=Filters)
    spellings: tuple[Spelling, ...] = ()
    sort: Sort = Sort.RELEVANCE
    echoes: tuple[Echo, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for: all photos answer."""
        return self == QueryPlan()

    def chips(self) -> tuple[Chip, ...]:
        """Return the parts of the plan, in the order in which they are shown."""
        return tuple(chip for chip, _ in self._parts())

    def without(self, chip: Chip) -> "QueryPlan":
        """Return the plan that is left when a chip is removed; without a spelling, the word is as it was typed."""
        return next((rest for known, rest in self._parts() if known == chip), self)

    def without_description(self) -> "QueryPlan":
        """Return the plan without what is to be embedded."""
        return replace(self, description="", spellings=(), preferred=Filters(), echoes=())

    def to_text(self) -> str:
        """Return words and operators that mean this plan when they are typed."""
        return " ".join(chip.text for chip in self.chips() if chip.kind is not Guidance.SPELLING)

    def to_query(
        self,
        *,
        limit: int = _MOST_HITS,
        visual: NDArray[np.float32] | None = None,
        reference: int | None = None,
        strictness: float = 0.0,
    ) -> Query:
        """Return what to search for; the arguments are those of `Query`."""
        return Query(
            self.description,
            visual=visual,
            reference=reference,
            filters=self.filters,
            preferred=self.preferred,
            must=self.must,
            must_not=self.must_not,
            phrases=self.phrases,
            sort=self.sort,
            strictness=strictness,
            limit=limit,
        )

    def _parts(self) -> Iterator[tuple[Chip, "QueryPlan"]]:
        """Yield each chip with the plan that is left without it."""
        if self.description:
            chip = Chip(Guidance.DESCRIPTION, self.description, self._typed_description())
            yield chip, self.without_description()
        yield from chain(self._spelling_parts(), self._word_parts())
        for chip, filters in filter_chips(self.filters):
            yield chip, self._with_filters(filters, chip)
        if self.sort is not Sort.RELEVANCE:
            yield Chip(Guidance.SORT, f"{self.sort} first", f"sort:{self.sort}"), replace(self, sort=Sort.RELEVANCE)

    def _word_parts(self) -> Iterator[tuple[Chip, "QueryPlan"]]:
        for word in self.must:
            rest = replace(self, must=tuple(other for other in self.must if other != word))
            yield Chip(Condition.MUST, word, f"+{quoted(word)}"), rest
        for word in self.must_not:
            rest = replace(self, must_not=tuple(other for other in self.must_not if other != word))
            is_kind = word.removesuffix("s") in tuple(PhotoKind)  # with a minus, that would be another thing
            yield Chip(Condition.MUST_NOT, f"no {word}", f'-"{word}"' if is_kind else f"-{quoted(word)}"), rest
        for phrase in self.phrases:
            rest = replace(self, phrases=tuple(other for other in self.phrases if other != phrase))
            yield Chip(Condition.PHRASE, f"“{phrase}”", f'"{phrase}"'), rest

    def _with_filters(self, filters: Filters, removed: Chip) -> "QueryPlan":
        """Return the plan with the filters left by a chip; its words stay in the description as mere words."""
        freed = {echo for echo in self.echoes if removed.kind in echo.kinds and not removed.text.startswith("-")}
        words = tuple(Spelling(echo.words, echo.words) for echo in self.echoes if echo in freed)
        echoes = tuple(echo for echo in self.echoes if echo not in freed)
        return replace(self, filters=filters, echoes=echoes, spellings=(*self.spellings, *words))

    def _spelling_parts(self) -> Iterator[tuple[Chip, "QueryPlan"]]:
        for spelling in self.spellings:
            typed, meant = spelling.typed, spelling.meant
            if typed != meant:
                yield Chip(Guidance.SPELLING, f"“{typed}” taken as “{meant}”", typed), self._as_typed(spelling)

    def _as_typed(self, spelling: Spelling) -> "QueryPlan":
        """Return the plan with a word as it was typed; what it named is no filter then, and it is looked for."""
        typed, meant = spelling.typed, spelling.meant
        others = tuple(other for other in self.spellings if other != spelling)
        filters = without_name(self.filters, meant)
        description = _exchange(self.description, meant, typed)
        must_not = tuple(_exchange(word, meant, typed.lower()) for word in self.must_not)
        if (filters.places, filters.cameras) != (self.filters.places, self.filters.cameras):
            description = f"{description} {typed}".strip()
        elif filters != self.filters:
            must_not = (*must_not, typed.lower())
        elif (description, must_not) == (self.description, self.must_not):
            filters, description = _without_time(filters, meant), f"{description} {typed}".strip()
        return replace(
            self,
            description=description,
            must_not=must_not,
            filters=filters,
            spellings=(*others, Spelling(typed, typed)),
        )

    def _typed_description(self) -> str:
        """Return the description as it was spelled; a word that the user insists on stands between backticks."""
        text = self.description
        for spelling in self.spellings:
            is_insisted = spelling.typed == spelling.meant
            text = _exchange(text, spelling.meant, f"`{spelling.typed}`" if is_insisted else spelling.typed)
        return text


def _without_time(filters: Filters, word: str) -> Filters:
    """Return filters without the dates or times that a word named: those whose label has it, or else the first."""
    times = [part for part in filter_chips(filters) if part[0].kind in (Condition.DATE, Condition.TIME)]
    named = [part for part in times if word in part[0].label.lower()]
    return next((rest for _, rest in named or times), filters)


def _exchange(text: str, word: str, other: str) -> str:
    return re.sub(rf"\b{re.escape(word)}\b", lambda _: other, text)
