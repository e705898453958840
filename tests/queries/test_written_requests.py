"""Written requests are understood as their files say: `report.py` counts them by kind."""

import pytest
from known import in_words, understand
from written import read_requests

from engine.understanding.plan import Guidance

REQUESTS = list(read_requests())
IDS = [f"{kind}: {typed}" for kind, typed, _ in REQUESTS]


def test_there_are_enough_requests_and_none_twice() -> None:
    assert len(REQUESTS) >= 250
    assert len({typed for _, typed, _ in REQUESTS}) == len(REQUESTS)


@pytest.mark.parametrize(("kind", "typed", "meant"), REQUESTS, ids=IDS)
def test_a_request_is_understood(kind: str, typed: str, meant: str) -> None:
    assert in_words(understand(kind, typed)) == meant


@pytest.mark.parametrize(("kind", "typed", "meant"), REQUESTS, ids=IDS)
def test_a_plan_typed_as_text_is_the_same_plan(kind: str, typed: str, meant: str) -> None:
    plan = understand(kind, typed)
    again = understand(kind, plan.to_text())
    assert (again.description, again.filters, again.sort) == (plan.description, plan.filters, plan.sort)
    assert (set(again.must), set(again.must_not)) == (set(plan.must), set(plan.must_not))
    assert again.phrases == plan.phrases


@pytest.mark.parametrize(("kind", "typed", "meant"), REQUESTS, ids=IDS)
def test_a_chip_that_is_removed_stays_away_when_the_rest_is_typed(kind: str, typed: str, meant: str) -> None:
    plan = understand(kind, typed)
    for chip in plan.chips():
        rest = plan.without(chip)
        assert rest != plan
        assert chip not in rest.chips()
        if chip.kind is not Guidance.SPELLING:
            assert chip not in understand(kind, rest.to_text()).chips()
