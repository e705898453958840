"""A plan shows itself as chips, and is corrected by removing them."""

from datetime import date
from pathlib import Path

import numpy as np

from engine.imaging.kind import PhotoKind
from engine.search.query import Condition, Filters, Orientation, Sort
from engine.understanding.plan import Chip, Guidance, QueryPlan, Spelling

FULL = QueryPlan(
    description="a dog on the beach",
    must=("ball",),
    must_not=("red car",),
    phrases=("no entry",),
    filters=Filters(
        date_from=date(2019, 6, 1),
        date_to=date(2019, 8, 31),
        days=frozenset({date(2019, 7, 4)}),
        months=frozenset({7}),
        weekdays=frozenset({6}),
        hours=frozenset({21, 22}),
        places=frozenset({"New York City"}),
        cameras=frozenset({"NIKON D750"}),
        folder=Path("/photos/My holidays"),
        formats=frozenset({"RAW"}),
        kinds=frozenset({PhotoKind.PANORAMA}),
        but_not=frozenset({Filters(places=frozenset({"Rome"})), Filters(kinds=frozenset({PhotoKind.SCREENSHOT}))}),
        orientation=Orientation.PORTRAIT,
        has_text=True,
        captioned=False,
    ),
    sort=Sort.NEWEST,
)


def test_every_part_of_a_plan_has_a_chip() -> None:
    kinds = {chip.kind for chip in FULL.chips()}
    assert kinds == {*Condition, *Guidance} - {Guidance.SPELLING}


def test_a_plan_is_empty_when_all_chips_are_removed() -> None:
    plan = FULL
    for chip in FULL.chips():
        plan = plan.without(chip)
    assert plan.is_empty
    assert not FULL.is_empty


def test_a_plan_is_written_with_operators() -> None:
    assert FULL.to_text() == (
        'a dog on the beach +ball -"red car" "no entry" date:2019-06..2019-08 date:2019-07-04 month:7 weekday:sunday '
        'hour:21,22 place:"New York City" camera:"NIKON D750" folder:"/photos/My holidays" type:RAW '
        "is:panorama is:portrait has:text is:uncaptioned -is:screenshot -place:Rome sort:newest"
    )


def test_what_is_left_out_together_is_one_chip() -> None:
    selfies = Filters(places=frozenset({"Rome"}), kinds=frozenset({PhotoKind.SELFIE}), months=frozenset({7}))
    mornings = Filters(weekdays=frozenset({6}), hours=frozenset(range(5, 12)))
    plan = QueryPlan(filters=Filters(but_not=frozenset({selfies, mornings})))
    assert [(chip.kind, chip.label) for chip in plan.chips()] == [
        (Condition.DATE, "no selfies, Rome, every July"),
        (Condition.TIME, "not Sunday mornings"),
    ]
    assert plan.to_text() == "-(month:7 place:Rome is:selfie) -(weekday:sunday hour:5,6,7,8,9,10,11)"
    assert plan.without(plan.chips()[1]).filters == Filters(but_not=frozenset({selfies}))


def test_a_plan_becomes_a_query() -> None:
    visual = np.zeros(1536, np.float32)
    query = FULL.to_query(limit=7, visual=visual, reference=3, strictness=0.5)
    assert (query.text, query.must, query.must_not) == (FULL.description, FULL.must, FULL.must_not)
    assert (query.phrases, query.filters, query.sort) == (FULL.phrases, FULL.filters, FULL.sort)
    assert (query.limit, query.visual, query.reference, query.strictness) == (7, visual, 3, 0.5)


def test_removing_a_spelling_gives_the_typed_word_back_and_keeps_it() -> None:
    plan = QueryPlan("a dog on the beach", spellings=(Spelling("beahc", "beach"),))
    chip = Chip(Guidance.SPELLING, "“beahc” taken as “beach”", "beahc")
    assert chip in plan.chips()
    assert plan.to_text() == "a dog on the beahc"
    rest = plan.without(chip)
    assert rest.description == "a dog on the beahc"
    assert rest.to_text() == "a dog on the `beahc`"
    assert [chip.kind for chip in rest.chips()] == [Guidance.DESCRIPTION]


def test_a_chip_of_another_plan_removes_nothing() -> None:
    assert FULL.without(Chip(Condition.PLACE, "Paris", "place:Paris")) is FULL
