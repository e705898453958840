"""The answer to a search, for programs."""

from pathlib import Path
from typing import Any

from engine.api import Hit, QueryPlan, Reference, Results, Silent


def answer(text: str, plan: QueryPlan, results: Results, reference: Reference | None) -> dict[str, Any]:
    """Return how a search was understood and answered, and what is known of the photo beside it."""
    copies = reference.duplicates if reference else ()
    return {
        "query": text,
        "answer": reference.answer(text) if reference else None,
        "copies": [{"path": _text(path), "sameness": copy.sameness.value} for copy in copies for path in copy.paths],
        "plan": [{"kind": chip.kind.value, "label": chip.label} for chip in plan.chips()],
        "strong": results.strong,
        "left_out": [condition.value for condition in results.left_out],
        "offers": {offer.without.value: offer.photos for offer in results.offers},
        "without_filters": results.without_filters,
        "silent": [_silent(silent) for silent in results.silent],
        "elapsed_ms": {stage: round(1e3 * seconds, 3) for stage, seconds in results.elapsed_s.items()},
        "hits": [_hit(hit) for hit in results.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "path": path_of(hit),
        "score": round(hit.score, 4),
        "strength": round(hit.strength, 4),
        "caption": hit.caption,
        "standing": hit.standing.value if hit.standing else None,
        "grounding": None if hit.grounding is None else round(hit.grounding, 4),
        "tags": [{"word": tag.word, "probability": round(tag.probability, 4)} for tag in hit.tags],
        "taken_at": hit.taken_at,
        "place": hit.place,
        "why": {
            "summary": hit.why.summary,
            "sentence": hit.why.sentence,
            "denied": round(hit.why.denied, 4),
            "absent": list(hit.why.absent),
            "passed": [condition.value for condition in hit.why.passed],
            "words": [{"word": match.word, "in": match.column.value} for match in hit.why.words],
            "sources": [
                {"source": match.source.value, "score": round(match.score, 4), "evidence": round(match.evidence, 4)}
                for match in hit.why.sources
            ],
        },
    }


def _silent(silent: Silent) -> dict[str, Any]:
    return {"about": [each.value for each in silent.about], "photos": silent.photos}


def path_of(hit: Hit) -> str:
    """Return a file of the photo."""
    return _text(hit.paths[0]) if hit.paths else ""


def _text(path: Path) -> str:
    """Return a path as text; bytes that are none are shown as question marks."""
    return str(path).encode("utf-8", "replace").decode()
