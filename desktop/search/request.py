"""What is asked for: words as they were understood, a photo to resemble, and where to look."""

from dataclasses import dataclass, field, fields, replace
from typing import Any

from desktop.library.selection import Selection, Special
from desktop.search.likeness import Likeness
from engine.api import Filters, Query, QueryPlan, Sort

MOST_HITS = 200
_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """One state of the search page. `plan` is how `text` was understood, which takes a moment and is filled in with the
    answer; `scope` is the choice in the sidebar, None for everything."""

    text: str = ""
    plan: QueryPlan = field(default_factory=QueryPlan)
    likeness: Likeness | None = None
    scope: Selection | None = None
    strictness: float = 0.0
    sort: Sort = Sort.RELEVANCE
    list_sort: Sort = Sort.NEWEST

    def asks_like(self, other: "Request") -> bool:
        """Whether both ask the same, so that an answer to one shows how the library changed."""
        return self._asked() == other._asked() and self.likeness is other.likeness

    @property
    def is_listing(self) -> bool:
        """Whether all photos of a kind are wanted, by date: nothing has to be searched for."""
        plan = self.plan
        return not (self.likeness or plan.description or plan.must or plan.must_not or plan.phrases)

    @property
    def said(self) -> str:
        """The answer to words that ask what the photo beside them shows, or where or when it was taken, else empty."""
        return (self.likeness.reference.answer(self.text) or "") if self.likeness and self.text else ""

    @property
    def filters(self) -> Filters:
        """What the words ask for, within the choice in the sidebar; where both say something the words count."""
        scope = self.scope.filters if self.scope else _NO_FILTERS
        asked: dict[str, Any] = {
            each.name: getattr(self.plan.filters, each.name)
            for each in fields(Filters)
            if getattr(self.plan.filters, each.name) != getattr(_NO_FILTERS, each.name)
        }
        if "date_from" in asked or "date_to" in asked:
            scope = replace(scope, date_from=None, date_to=None)
        return replace(scope, **asked)

    @property
    def special(self) -> Special | None:
        """The choice that no filter can express, which only a list of everything in it keeps to."""
        return self.scope.special if self.scope and self.is_listing and not self.plan.filters else None

    @property
    def order(self) -> Sort:
        """How the photos are sorted: as the words say, else as the user chose for lists or for what is found."""
        chosen = self.list_sort if self.is_listing else self.sort
        return self.plan.sort if self.plan.sort is not Sort.RELEVANCE else chosen

    def query(self) -> Query:
        """Return the query for the engine."""
        query = self.plan.to_query(limit=MOST_HITS, strictness=self.strictness)
        query = replace(query, filters=self.filters, sort=self.order)
        return self.likeness.reference.about(query) if self.likeness else query

    def _asked(self) -> tuple[str, Selection | None, Sort, Sort]:
        return self.text, self.scope, self.sort, self.list_sort
