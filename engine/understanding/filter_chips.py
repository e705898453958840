"""Show filters as chips, each with the filters that are left without it."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from engine.imaging.kind import PhotoKind
from engine.search.query import Condition, Filters
from engine.understanding.chip import Chip
from engine.understanding.dates import label_dates, label_times, names_of_days, runs_of_days
from engine.understanding.dates.calendar import ONE_DAY, Days

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OPERATOR = re.compile(r'[a-z]+:(?:"[^"]*"|[^\s"]+)')
_NO_DATES: dict[str, Any] = {
    "date_from": None,
    "date_to": None,
    "days": frozenset(),
    "months": frozenset(),
}


def filter_chips(filters: Filters) -> Iterator[tuple[Chip, Filters]]:
    """Yield a chip for each thing that filters ask for, and the filters without it."""
    if dates := date_text(filters):
        yield Chip(Condition.DATE, label_dates(filters), dates), replace(filters, **_NO_DATES)
    if times := time_text(filters):
        yield (
            Chip(Condition.TIME, label_times(filters), times),
            replace(filters, weekdays=frozenset(), hours=frozenset()),
        )
    yield from _places(filters)
    for camera in sorted(filters.cameras):
        chip = Chip(Condition.CAMERA, camera, f"camera:{quoted(camera)}")
        yield chip, replace(filters, cameras=filters.cameras - {camera})
    if filters.folder:
        chip = Chip(
            Condition.FOLDER, filters.folder.name or str(filters.folder), f"folder:{quoted(str(filters.folder))}"
        )
        yield chip, replace(filters, folder=None)
    for name in sorted(filters.formats):
        chip = Chip(Condition.FORMAT, f"{name} files", f"type:{name}")
        yield chip, replace(filters, formats=filters.formats - {name})
    yield from _looks(filters)
    for chip, each in sorted(((_denied(each), each) for each in filters.but_not), key=lambda pair: pair[0].text):
        yield chip, replace(filters, but_not=filters.but_not - {each})


def _denied(filters: Filters) -> Chip:
    """Return the chip for what is left out; of several demands, what passes all of them: "not at night, every July"."""
    chips = [chip for chip, _ in filter_chips(filters)]
    text = " ".join(chip.text for chip in chips)
    label = ", ".join(chip.label for chip in reversed(chips))
    no = "no" if chips[-1].kind is Condition.KIND else "not"
    return Chip(chips[0].kind, f"{no} {label}", f"-{text}" if _OPERATOR.fullmatch(text) else f"-({text})")


def quoted(text: str) -> str:
    """Put text of more than one word between quotation marks; those that are in it become apostrophes."""
    return text if text.isalnum() and text[0].isalpha() else '"{}"'.format(text.replace('"', "'"))


def date_text(filters: Filters) -> str:
    """Write the dates of filters as operators, as short as can be: "date:2024" for a whole year."""
    parts = []
    if filters.date_from or filters.date_to:
        parts.append(f"date:{_range(filters.date_from, filters.date_to)}")
    if filters.days:
        names = [f'date:"{name}"' for name in names_of_days(filters.days)]
        parts += names or [f"date:{_listed(filters.days)}"]
    if filters.months:
        parts.append(f"month:{','.join(str(month) for month in sorted(filters.months))}")
    return " ".join(parts)


def time_text(filters: Filters) -> str:
    """Write the weekdays and hours of filters as operators."""
    parts = []
    if filters.weekdays:
        parts.append(f"weekday:{','.join(WEEKDAYS[day] for day in sorted(filters.weekdays))}")
    if filters.hours:
        parts.append(f"hour:{','.join(str(hour) for hour in sorted(filters.hours))}")
    return " ".join(parts)


def _listed(days: frozenset[date]) -> str:
    """Write single days, those one after the other as a range; the first day of the only range stands for itself, as
    a range alone is no list."""
    first, *others = runs_of_days(days)
    if not others and first.count > 1:
        first, others = Days(first.first, first.first), [Days(first.first + ONE_DAY, first.last)]
    return ",".join(
        run.first.isoformat() if run.count == 1 else _range(run.first, run.last) for run in (first, *others)
    )


def _range(first: date | None, last: date | None) -> str:
    """Write a range of days by years or months where these are whole; one day is a range of its own."""
    for form, is_whole in (("%Y", _is_year_end), ("%Y-%m", _is_month_end), ("%Y-%m-%d", lambda _: True)):
        if (first is None or is_whole(first - timedelta(1))) and (last is None or is_whole(last)):
            start, end = first.strftime(form) if first else "", last.strftime(form) if last else ""
            return start if start == end and form != "%Y-%m-%d" else f"{start}..{end}"
    raise AssertionError


def _is_year_end(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _is_month_end(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _places(filters: Filters) -> Iterator[tuple[Chip, Filters]]:
    for place in sorted(filters.places):
        chip = Chip(Condition.PLACE, place, f"place:{quoted(place)}")
        yield chip, replace(filters, places=filters.places - {place})


def _looks(filters: Filters) -> Iterator[tuple[Chip, Filters]]:
    for kind in sorted(filters.kinds):
        yield Chip(Condition.KIND, _plural(kind), f"is:{kind}"), replace(filters, kinds=filters.kinds - {kind})
    if shape := filters.orientation:
        yield Chip(Condition.SHAPE, f"{shape} format", f"is:{shape}"), replace(filters, orientation=None)
    if filters.has_text is not None:
        label, text = ("with text", "has:text") if filters.has_text else ("without text", "-has:text")
        yield Chip(Condition.TEXT, label, text), replace(filters, has_text=None)
    if filters.captioned is not None:
        name = "captioned" if filters.captioned else "uncaptioned"
        yield Chip(Condition.CAPTION, name, f"is:{name}"), replace(filters, captioned=None)


def _plural(kind: PhotoKind) -> str:
    return f"{kind}s"
