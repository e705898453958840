"""`reverie evaluate` prints the table for people, for a README and for programs."""

import json
from pathlib import Path

import pytest

from engine.cli import evaluate
from engine.cli.main import main
from engine.evaluation.ranks import Answer
from engine.evaluation.request import RequestKind
from engine.evaluation.table import Row, Table

WAYS = ("words", "everything")
ROWS = (Row.of("none", "plain", [Answer(RequestKind.SHORT, way, photo_id=1, rank=1)]) for way in WAYS)
TABLE = Table("holiday: 1 photo", tuple(ROWS), ())


@pytest.fixture(autouse=True)
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "evaluate", lambda *arguments: TABLE)


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ([], TABLE.to_text()),
        (["--details"], TABLE.to_text(details=True)),
        (["--markdown"], TABLE.to_markdown()),
        (["--markdown", "--details"], TABLE.to_markdown(details=True)),
    ],
)
def test_the_table_is_shown_as_asked(
    options: list[str], shown: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(tmp_path), "--home", str(tmp_path), *options]) == 0
    assert capsys.readouterr().out == f"{shown}\n"


def test_json_holds_the_details_without_being_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path), "--home", str(tmp_path), "--json"]) == 0
    assert [row["sources"] for row in json.loads(capsys.readouterr().out)["rows"]] == list(WAYS)
