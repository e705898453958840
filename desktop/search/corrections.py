"""What the chips above the photos say, and the words that are left when one of them goes."""

from collections.abc import Sequence

from desktop.search.request import Request
from engine.api import Chip, Condition, QueryPlan


def chips_of(request: Request) -> Sequence[Chip]:
    """Return the chips of a request, none where the only one would say what was typed."""
    chips = request.plan.chips()
    return () if [chip.label.casefold() for chip in chips] == [request.text.strip().casefold()] else chips


def scope_of(request: Request) -> str:
    """Return the name of the choice in the sidebar where it narrows the search, else nothing."""
    scope = request.scope
    return scope.title if scope and (scope.filters or request.special) else ""


def words_without(plan: QueryPlan, conditions: Sequence[Condition]) -> str | None:
    """Return the words without some conditions, None where none of them asks for these."""
    chips = [chip for chip in plan.chips() if chip.kind in conditions]
    for chip in chips:
        plan = plan.without(chip)
    return plan.to_text() if chips else None
