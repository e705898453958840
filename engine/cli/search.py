"""`reverie search`: find photos by words, by another photo, or by both."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from engine.api import Engine, Hit, Query, QueryPlan, Reference, Results, Sort
from engine.cli.explained import (
    hit_in_lines,
    notes,
    plan_in_lines,
    print_lines,
    reference_in_lines,
    times_in_lines,
)
from engine.cli.words import caption_in_words
from engine.errors import InvalidQuery
from engine.imaging.formats import PhotoFormat
from engine.paths import Home

_MOST_HITS = 1_000_000_000  # SQLite's numbers end somewhere
_ENDINGS = {"JPG": "JPEG", "TIF": "TIFF", "HEIF": "HEIC"}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", home: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "search",
        parents=[home],
        help="find photos by what you remember",
        description="Find photos by what you remember of them. Without words or a photo, list the newest ones.",
    )
    parser.add_argument("words", nargs="*", metavar="WORDS")
    parser.add_argument("--image", type=Path, metavar="PHOTO", help="find photos like this one; words say the change")
    parser.add_argument("--limit", type=_positive, default=20, metavar="N", help="at most N photos (default: 20)")
    parser.add_argument("--after", type=_date, metavar="DATE", help="taken on or after, as 2019-07-01")
    parser.add_argument("--before", type=_date, metavar="DATE", help="taken on or before")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="only in this folder")
    parser.add_argument(
        "--type", type=_format, action="append", default=[], metavar="FORMAT", help="only JPEG, HEIC, RAW …"
    )
    parser.add_argument("--sort", type=Sort, choices=list(Sort), help="relevance, newest or oldest first")
    parser.add_argument(
        "--strictness", type=_share, default=0.0, metavar="S", help="cut weak matches: 0 none, 1 all (default: 0)"
    )
    parser.add_argument("--as-typed", action="store_true", help="look for the words as they are, dates and all")
    parser.add_argument("--explain", action="store_true", help="say how each search was understood and answered")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--queries", type=Path, metavar="FILE", help='one search a line; "-" is standard input; needs --json'
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Search and print."""
    if options.queries and options.words:
        raise InvalidQuery("--queries takes its searches from a file.", "Leave out the words.")
    if options.queries and not options.json:
        raise InvalidQuery("--queries prints one JSON object a line.", "Add --json.")
    with Engine.open_to_search(Home.choose(options.home)) as engine:
        reference = engine.reference(options.image) if options.image else None
        if reference and not options.json:
            print_lines(reference_in_lines(reference, " ".join(options.words)))
        for text in _texts(options):
            change = "" if reference and reference.answer(text) else text
            plan = QueryPlan(change) if options.as_typed else engine.understand(change, reference)
            query = _query(plan, options, reference)
            _print(text, plan, query, engine.search(query), options)
    return 0


def _query(plan: QueryPlan, options: argparse.Namespace, reference: Reference | None) -> Query:
    """Return what to search for: options count more than what the words say, and are never left out."""
    given = {
        "date_from": options.after,
        "date_to": options.before,
        "folder": options.folder and options.folder.expanduser().resolve(),
        "formats": frozenset(options.type),
    }
    wanted = {name: value for name, value in given.items() if value}
    query = plan.to_query(limit=options.limit, strictness=options.strictness)
    query = reference.about(query) if reference else query
    filters = replace(query.filters, **wanted)
    return replace(query, filters=filters, relax=not wanted, sort=options.sort or query.sort)


def _texts(options: argparse.Namespace) -> Iterator[str]:
    if not options.queries:
        yield " ".join(options.words)
    elif str(options.queries) == "-":
        yield from (line.removeprefix("\ufeff").rstrip("\r\n") for line in sys.stdin)
    else:
        try:
            with options.queries.open(encoding="utf-8-sig") as lines:
                yield from [line.rstrip("\r\n") for line in lines]
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidQuery("Can't read the file of searches.", f"{error}.", options.queries) from error


def _print(text: str, plan: QueryPlan, query: Query, results: Results, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(_answer(text, plan, results)), flush=True)
        return
    if options.explain:
        print_lines(plan_in_lines(plan))
    hits = results.hits
    print_lines(notes(plan, query, results))
    for place, hit in enumerate(hits, 1):
        print(f"{place:3}. {_path(hit)}")
        caption = caption_in_words(hit.caption, hit.standing)
        about = " · ".join(part for part in (hit.taken_at and hit.taken_at[:10], hit.place, caption) if part)
        tags = ", ".join(tag.word for tag in hit.tags)
        for line in (about, tags and f"tags: {tags}", hit.why.summary, *(hit_in_lines(hit) if options.explain else ())):
            if line:
                print(f"     {line}")
    if options.explain:
        print_lines(times_in_lines(results))
    if not hits:
        print("No photo found.", file=sys.stderr)


def _answer(text: str, plan: QueryPlan, results: Results) -> dict[str, Any]:
    return {
        "query": text,
        "plan": [{"kind": chip.kind.value, "label": chip.label} for chip in plan.chips()],
        "strong": results.strong,
        "left_out": [condition.value for condition in results.left_out],
        "offers": {offer.without.value: offer.photos for offer in results.offers},
        "without_filters": results.without_filters,
        "silent": [
            {"about": [condition.value for condition in silent.about], "photos": silent.photos}
            for silent in results.silent
        ],
        "hits": [_json(hit) for hit in results.hits],
    }


def _json(hit: Hit) -> dict[str, Any]:
    return {
        "path": _path(hit),
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


def _path(hit: Hit) -> str:
    """Return a file of the photo; bytes that are not text are shown as question marks."""
    return str(hit.paths[0]).encode("utf-8", "replace").decode() if hit.paths else ""


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return min(number, _MOST_HITS)


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("must be between 0 and 1")
    return share


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2019-07-01") from error


def _format(text: str) -> str:
    """Return the name of a format, which may be given as a file ending too."""
    name = text.upper().removeprefix(".")
    name = _ENDINGS.get(name, name)
    known = {photo_format.upper(): photo_format.value for photo_format in PhotoFormat}
    if name not in known:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(known.values())}")
    return known[name]
