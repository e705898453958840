"""What the engine answers to a request, ready to be shown. All of this runs off the main thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QLocale

from desktop.grid.layout import Section
from desktop.library.selection import Special
from desktop.search.request import Request
from engine.api import Condition, Engine, Hit, Offer, Results, Sameness, Silent, Sort

_NO_PHOTOS = np.array([], dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Photos in sections. `hits` holds those that were searched for; the rest is as `Results` has it."""

    request: Request
    photo_ids: NDArray[np.int64] = field(default_factory=lambda: _NO_PHOTOS)
    hits: Mapping[int, Hit] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    strong: int = 0
    offers: tuple[Offer, ...] = ()
    left_out: tuple[Condition, ...] = ()
    silent: tuple[Silent, ...] = ()
    has_folders: bool = True


def answer(engine: Engine, request: Request) -> Answer:
    """Understand the words, and ask the engine."""
    if request.text:
        photo = request.likeness.reference if request.likeness else None
        request = replace(request, plan=engine.understand(request.text, photo))
    return _listed(engine, request) if request.is_listing else _found(engine, request)


def better_answer(engine: Engine, request: Request) -> Answer | None:
    """Have the captioning model shorten what was asked and ask again, or return None where rules were enough.

    Takes a second or two.
    """
    caption = request.likeness.reference.caption if request.likeness else None
    plan = engine.rewrite(request.plan, caption)
    return _found(engine, replace(request, plan=plan)) if plan else None


def _listed(engine: Engine, request: Request) -> Answer:
    photo_ids = _list(engine, request)
    counts = engine.search(replace(request.query(), limit=0)) if request.plan.filters else Results((), {})
    return Answer(
        request,
        photo_ids,
        sections=(Section("", len(photo_ids)),) if request.special else by_month(engine.months_of(photo_ids)),
        offers=counts.offers,
        silent=counts.silent,
        has_folders=bool(len(photo_ids) or engine.folders()),
    )


def _list(engine: Engine, request: Request) -> NDArray[np.int64]:
    special = {Special.RECENT: engine.recent, Special.DUPLICATES: engine.duplicates, Special.EXCLUDED: engine.excluded}
    if request.special:
        return np.array(special[request.special](), dtype=np.int64)
    return engine.list_photos(request.filters, request.order)


def _found(engine: Engine, request: Request) -> Answer:
    results = engine.search(request.query())
    photo_ids = np.array([hit.photo_id for hit in results.hits], dtype=np.int64)
    if request.order is Sort.RELEVANCE:
        sections = with_copies(by_strength(results.strong, len(photo_ids)), _copies(request, results.hits))
    else:
        sections = by_month(engine.months_of(photo_ids))
    return Answer(
        request,
        photo_ids,
        {hit.photo_id: hit for hit in results.hits},
        sections,
        results.strong,
        results.offers,
        results.left_out,
        results.silent,
        has_folders=bool(results.hits or engine.folders()),
    )


def by_strength(strong: int, found: int) -> tuple[Section, ...]:
    """Divide what was found into strong matches and the rest."""
    if not found or strong == found:
        return (Section("", found),)
    if not strong:
        return (Section(_tr("No strong match. These come closest:"), found),)
    return Section("", strong), Section(_tr("Less likely"), found - strong)


def with_copies(sections: tuple[Section, ...], copies: Sequence[tuple[Sameness, int]]) -> tuple[Section, ...]:
    """Divide the copies, which come first, from the rest of the first section: so many that are the same, or nearly."""
    first, *others = sections
    if not copies:
        return sections
    titles = {Sameness.EXACT: _tr("Copies of your photo"), Sameness.NEAR: _tr("Nearly the same as your photo")}
    found, left = [], first.photos
    for sameness, count in copies:
        found.append(Section(titles[sameness], min(count, left)))
        left -= found[-1].photos
    found.append(Section(first.title or _tr("Similar photos"), left))
    return *(section for section in found if section.photos), *others


def _copies(request: Request, hits: Sequence[Hit]) -> list[tuple[Sameness, int]]:
    """Count the first hits that are copies of the photo asked by, in runs of those that are as much the same."""
    if request.likeness is None:
        return []
    found = takewhile(bool, (request.likeness.reference.sameness(hit.photo_id) for hit in hits))
    return [(sameness, len(list(run))) for sameness, run in groupby(found) if sameness]


def by_month(months: NDArray[np.int64]) -> tuple[Section, ...]:
    """Divide photos sorted by date into months, given as numbers such as 202406, 0 for no date."""
    starts = np.concatenate([[0], np.flatnonzero(np.diff(months)) + 1]) if len(months) else _NO_PHOTOS
    counts = np.diff(np.append(starts, len(months)))
    return tuple(
        Section(_month_name(int(months[start])), int(count)) for start, count in zip(starts, counts, strict=True)
    )


def _month_name(month: int) -> str:
    if not month:
        return _tr("Without a date")
    return f"{QLocale().standaloneMonthName(month % 100)} {month // 100}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("answer", text)
