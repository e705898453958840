"""How a search was understood and answered, in lines of text."""

from collections.abc import Iterable, Iterator

from engine.api import Condition, Hit, Query, QueryPlan, Reference, Results, Sameness
from engine.cli.words import count


def print_lines(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        print(line)


def notes(plan: QueryPlan, query: Query, results: Results) -> Iterator[str]:
    """Yield what is to be known before the hits are read: that some filters do not hold, or that no match is strong."""
    if results.relaxed:
        dropped = ", ".join(_label(plan, condition) for condition in results.left_out)
        yield f"Nothing for {dropped}. Showing results without that."
    elif not results.hits:
        for offer in results.offers:
            yield f"Without {_label(plan, offer.without)} there would be {count(offer.photos, 'photo')}."
        if results.without_filters and not results.offers:
            yield f"Without any filter there would be {count(results.without_filters, 'photo')}."
    for silent in results.silent:
        lacking = "place" if Condition.PLACE in silent.about else "date"
        yield f"Left out without a {lacking}: {count(silent.photos, 'photo')}."
    if results.hits and query.text and not results.strong:
        yield "No strong match. The nearest:"


def reference_in_lines(reference: Reference, text: str) -> Iterator[str]:
    """Yield what the library knows of the photo asked by: an answer, where a question was asked, and its copies."""
    if answer := reference.answer(text):
        yield answer
    for copy in reference.duplicates:
        name = "The library has this photo" if copy.sameness is Sameness.EXACT else "Nearly the same photo"
        for path in copy.paths:
            yield f"{name}: {str(path).encode('utf-8', 'replace').decode()}"


def plan_in_lines(plan: QueryPlan) -> Iterator[str]:
    """Yield the parts of a plan, one a line."""
    for chip in plan.chips():
        yield f"{chip.kind.value:12} {chip.label}"


def hit_in_lines(hit: Hit) -> Iterator[str]:
    """Yield what each source adds to the evidence for a photo."""
    for match in hit.why.sources:
        yield f"{match.source.value:12} {match.evidence:+.2f}  score {match.score:.3f}"
    if hit.why.denied:
        yield f"{Condition.MUST_NOT.value:12} {hit.why.denied:+.2f}"
    for denial in hit.why.absent:
        yield f"{'caption':12} “{denial}”"
    yield f"{'together':12} {hit.score:+.2f}  strength {hit.strength:.2f}"


def times_in_lines(results: Results) -> Iterator[str]:
    """Yield the milliseconds of each stage."""
    yield ", ".join(f"{stage} {1e3 * seconds:.1f} ms" for stage, seconds in results.elapsed_s.items())


def _label(plan: QueryPlan, condition: Condition) -> str:
    """Return the words for a condition: those of its chips, or its name."""
    labels = [chip.label for chip in plan.chips() if chip.kind is condition]
    return " and ".join(f"“{label.strip('“”')}”" for label in labels) or f"the {condition.value}"
