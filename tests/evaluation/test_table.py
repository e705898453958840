"""The table says the same to people and to programs."""

import json

from engine.evaluation.ranks import Answer
from engine.evaluation.request import RequestKind
from engine.evaluation.table import Row, Table


def row_of(captions: str, way: str, ranks: list[int]) -> Row:
    answers = [Answer(RequestKind.SHORT, way, photo_id, rank) for photo_id, rank in enumerate(ranks)]
    return Row.of(captions, "plain", answers)


TABLE = Table(
    "holiday: 200 photos",
    (
        Row.of_chance(200, 1000),
        row_of("none", "visual head", [1, 1, 5, 10, 11]),
        row_of("none", "everything", [1] * 30 + [7] * 10),
    ),
    ("One line to know.",),
)


def test_ranks_become_recall_and_a_median_with_intervals_around_them() -> None:
    row = TABLE.rows[1]
    assert (row.requests, row.captions, row.retriever, row.sources) == ("short", "none", "plain", "visual head")
    assert (row.queries, row.recall_at_1, row.recall_at_5, row.recall_at_10, row.median_rank) == (5, 0.4, 0.6, 0.8, 5)
    assert row.intervals is not None
    for low, figure, high in (
        (row.intervals.recall_at_1[0], row.recall_at_1, row.intervals.recall_at_1[1]),
        (row.intervals.recall_at_10[0], row.recall_at_10, row.intervals.recall_at_10[1]),
        (row.intervals.median_rank[0], row.median_rank, row.intervals.median_rank[1]),
    ):
        assert low < figure < high


def test_chance_is_what_a_blind_draw_reaches() -> None:
    assert TABLE.rows[0] == Row("–", "–", "chance", "–", 1000, 0.005, 0.025, 0.05, 100.5)
    assert Row.of_chance(4, 4).recall_at_10 == 1


def test_text_is_aligned_and_tells_of_searches_by_everything() -> None:
    assert TABLE.to_text().splitlines() == [
        "holiday: 200 photos",
        "One line to know.",
        "In brackets: 95 % confidence, from 2,000 resamples of the photos.",
        "",
        "requests  captions  retriever  queries  R@1              R@5              R@10             median rank",
        "────────  ────────  ─────────  ───────  ───────────────  ───────────────  ───────────────  ───────────",
        "–         –         chance       1,000  0.005            0.025            0.050            100.5",
        "short     none      plain           40  0.750 (.60–.88)  0.750 (.60–.88)  1.000 (1.0–1.0)  1 (1–1)",
    ]


def test_details_tell_of_each_source() -> None:
    lines = TABLE.to_text(details=True).splitlines()
    assert lines[4].split("  ")[3] == "searched by"
    assert lines[7].startswith("short     none      plain      visual head        5  0.400 (.00–.80)")
    assert len(lines) == 9
    assert "| short | none | plain | visual head | 5 | 0.400 (.00–.80) |" in TABLE.to_markdown(details=True)


def test_markdown_is_a_table() -> None:
    lines = TABLE.to_markdown().splitlines()
    assert lines[0] == "**holiday: 200 photos**"
    assert lines[5:7] == [
        "| requests | captions | retriever | queries | R@1 | R@5 | R@10 | median rank |",
        "| --- | --- | --- | ---: | --- | --- | --- | --- |",
    ]
    assert lines[-1] == "| short | none | plain | 40 | 0.750 (.60–.88) | 0.750 (.60–.88) | 1.000 (1.0–1.0) | 1 (1–1) |"


def test_json_holds_every_number() -> None:
    stored = json.loads(TABLE.to_json())
    assert stored["notes"] == ["One line to know."]
    assert stored["rows"][0]["intervals"] is None
    assert stored["rows"][1]["recall_at_10"] == 0.8
    low, high = stored["rows"][1]["intervals"]["recall_at_10"]
    assert low < 0.8 < high
