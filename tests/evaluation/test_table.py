"""The table says the same to people and to programs."""

import json

import numpy as np

from engine.evaluation.table import Row, Table

TABLE = Table(
    "holiday: 200 photos",
    (Row.of_chance(200, 1000), Row.of("none", "visual head", np.array([1, 1, 5, 10, 11]))),
    ("One line to know.",),
)


def test_ranks_become_recall_and_a_median() -> None:
    row = TABLE.rows[1]
    assert (row.queries, row.recall_at_1, row.recall_at_5, row.recall_at_10, row.median_rank) == (5, 0.4, 0.6, 0.8, 5)


def test_chance_is_what_a_blind_draw_reaches() -> None:
    assert TABLE.rows[0] == Row("–", "chance", 1000, 0.005, 0.025, 0.05, 100.5)
    assert Row.of_chance(4, 4).recall_at_10 == 1


def test_text_is_aligned() -> None:
    assert TABLE.to_text().splitlines() == [
        "holiday: 200 photos",
        "One line to know.",
        "",
        "captions  searched by  queries    R@1    R@5   R@10  median rank",
        "────────  ───────────  ───────  ─────  ─────  ─────  ───────────",
        "–         chance         1,000  0.005  0.025  0.050        100.5",
        "none      visual head        5  0.400  0.600  0.800            5",
    ]


def test_markdown_is_a_table() -> None:
    lines = TABLE.to_markdown().splitlines()
    assert lines[0] == "**holiday: 200 photos**"
    assert lines[4:6] == [
        "| captions | searched by | queries | R@1 | R@5 | R@10 | median rank |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    assert lines[-1] == "| none | visual head | 5 | 0.400 | 0.600 | 0.800 | 5 |"


def test_json_holds_every_number() -> None:
    stored = json.loads(TABLE.to_json())
    assert stored["notes"] == ["One line to know."]
    assert stored["rows"][1]["recall_at_10"] == 0.8
