"""`reverie` behaves as command-line users expect."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from library_of_photos import NAMES, copy_photos, sample_photo
from sqlite_utils import Database
from tiny_gguf import Pair

from engine.api import Home, Standing, Tag
from engine.captioning.profile import STARTER_NAME
from engine.catalog import captions
from engine.catalog.connection import open_writer, transaction
from engine.catalog.tags import replace_tags
from engine.cli import caption, main
from engine.cli.words import rate
from engine.indexing.captions import Captioner

COMMAND = [sys.executable, "-m", "engine"]


def reverie(home: Path, *arguments: str | Path, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env={**os.environ, "REVERIE_HOME": str(home)},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of sample photos, not captioned, and one file that is none."""
    place = tmp_path_factory.mktemp("library")
    photos = copy_photos(place / "photos")
    (photos / "empty.jpg").touch()
    done = reverie(place / "home", "index", "--no-ocr", "--no-captions", photos)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{len(NAMES)} photos, {len(NAMES)} searchable, 1 problem.\n"
    assert "empty.jpg: Can't read this photo: the file is empty." in done.stderr
    return place / "home"


def test_search_prints_the_best_photo_first_with_why(home: Path) -> None:
    done = reverie(home, "search", "a", "cat", "--limit", "2")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("  1. ")
    assert lines[0].endswith("chelsea.png")
    assert any(line.strip().endswith(".") for line in lines[1:3])
    assert (done.returncode, done.stderr) == (0, "")


def test_search_marks_captions_that_may_be_wrong_and_leaves_out_those_that_are(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "home")
    found = json.loads(reverie(home, "search", "--json", "a cat").stdout)["hits"]
    assert {(hit["standing"], hit["grounding"]) for hit in found} == {(None, None)}
    judge(tmp_path / "home", "chelsea", "A dog.", Standing.UNCERTAIN)
    judge(tmp_path / "home", "coffee", "A lake.", Standing.WITHHELD)
    lines = reverie(tmp_path / "home", "search", "a cat").stdout.splitlines()
    assert "     A dog. (uncertain)" in lines
    assert "     no confident caption yet" in lines
    hits = json.loads(reverie(tmp_path / "home", "search", "--json", "a cat").stdout)["hits"]
    said = {Path(hit["path"]).stem: (hit["caption"], hit["standing"], hit["grounding"]) for hit in hits}
    assert said["chelsea"] == ("A dog.", "uncertain", 0.25)
    assert said["coffee"] == (None, "withheld", 0.25)


def test_search_prints_tags(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "home")
    with contextlib.closing(open_writer(Home(tmp_path / "home").catalog)) as db, transaction(db):
        replace_tags(db, photo_called(db, "chelsea"), (Tag("cat", 0.9), Tag("whiskers", 0.75)))
    assert "     tags: cat, whiskers" in reverie(tmp_path / "home", "search", "whiskers").stdout.splitlines()
    hits = json.loads(reverie(tmp_path / "home", "search", "--json", "whiskers").stdout)["hits"]
    hit = next(hit for hit in hits if "chelsea" in hit["path"])
    assert hit["tags"] == [{"word": "cat", "probability": 0.9}, {"word": "whiskers", "probability": 0.75}]
    assert {"word": "whiskers", "in": "tag"} in hit["why"]["words"]


def test_search_says_where_a_filter_does_not_hold_and_where_no_match_is_strong(home: Path) -> None:
    lines = reverie(home, "search", "a cat from 1987").stdout.splitlines()
    assert lines[0] == "Nothing for “1987”. Showing results without that."
    assert lines[1].endswith("chelsea.png")
    assert reverie(home, "search", "income tax").stdout.splitlines()[0] == "No strong match. The nearest:"
    done = reverie(home, "search", "a cat", "--after", "2090-01-01")
    assert done.stdout == f"Without the date there would be {len(NAMES)} photos.\n"
    assert done.stderr == "No photo found.\n"
    assert reverie(home, "search", "--json", "income tax", "--strictness", "1").stdout.count('"path"') == 0


def test_search_counts_the_photos_left_out_for_want_of_a_date(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "home")
    with contextlib.closing(open_writer(Home(tmp_path / "home").catalog)) as db, transaction(db):
        db["photos"].update(photo_called(db, "chelsea"), {"taken_at": "2019-07-01T12:00:00"})
    lines = reverie(tmp_path / "home", "search", "a cat from 2019").stdout.splitlines()
    assert f"Left out without a date: {len(NAMES) - 1} photos." in lines
    answer = json.loads(reverie(tmp_path / "home", "search", "--json", "a cat from 2019").stdout)
    assert answer["silent"] == [{"about": ["date"], "photos": len(NAMES) - 1}]


def test_search_explains_how_it_understood_and_what_each_source_said(home: Path) -> None:
    lines = reverie(home, "search", "--explain", "--limit", "1", "a cat without coffee").stdout.splitlines()
    assert lines[:2] == ["description  a cat", "must not     no coffee"]
    assert any(line.startswith("     photo        +") for line in lines)
    assert any(line.startswith("     together     +") and "strength" in line for line in lines)
    assert lines[-1].startswith("encode ")
    assert "negation" in lines[-1]
    answer = json.loads(reverie(home, "search", "--json", "a cat without coffee").stdout)
    assert answer["plan"] == [{"kind": "description", "label": "a cat"}, {"kind": "must not", "label": "no coffee"}]
    assert answer["strong"] >= 1
    as_typed = json.loads(reverie(home, "search", "--json", "--as-typed", "a cat without coffee").stdout)
    assert as_typed["plan"] == [{"kind": "description", "label": "a cat without coffee"}]


def judge(home: Path, name: str, text: str, standing: Standing) -> None:
    """Give a photo a caption that was judged."""
    with contextlib.closing(open_writer(Home(home).catalog)) as db, transaction(db):
        photo_id = photo_called(db, name)
        captions.save_generated(db, photo_id, text, "some model", "p1", "r1")
        captions.judge_caption(db, photo_id, standing, 0.25)


def photo_called(db: Database, name: str) -> int:
    return db.execute("SELECT photo_id FROM words WHERE names LIKE ?", [f"%{name}%"]).fetchone()[0]


def test_many_searches_are_answered_in_order_a_line_each(home: Path, tmp_path: Path) -> None:
    queries = ["a cat", "", "a cup of coffee", "odd \" '* characters é 🐈"]
    (tmp_path / "queries.txt").write_text("\n".join(queries) + "\n", encoding="utf-8")
    done = reverie(home, "search", "--queries", tmp_path / "queries.txt", "--json", "--limit", "3")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["query"] for answer in answers] == queries
    assert answers[0]["hits"][0]["path"].endswith("chelsea.png")
    assert answers[2]["hits"][0]["path"].endswith("coffee.png")
    assert all(len(answer["hits"]) == 3 for answer in answers)
    assert set(answers[0]["hits"][0]) >= {"path", "score", "caption", "why"}
    assert reverie(home, "search", "--queries", "-", "--json", stdin="a cat\n").stdout.count("\n") == 1


def test_searches_come_from_files_however_an_editor_saved_them(home: Path, tmp_path: Path) -> None:
    (tmp_path / "queries.txt").write_bytes("\ufeffa cat\r\n\r\na\u2028cup\fof coffee".encode())
    done = reverie(home, "search", "--queries", tmp_path / "queries.txt", "--json", "--limit", "1")
    assert [json.loads(line)["query"] for line in done.stdout.splitlines()] == ["a cat", "", "a\u2028cup\fof coffee"]


def test_a_format_may_be_named_as_a_file_ending_and_any_number_of_photos_asked_for(home: Path) -> None:
    done = reverie(home, "search", "--json", "--type", ".jpg", "--limit", "9" * 30)
    assert [Path(hit["path"]).name for hit in json.loads(done.stdout)["hits"]] == ["rocket.jpg"]


def test_a_photo_can_be_the_search(home: Path) -> None:
    done = reverie(home, "search", "--json", "--limit", "1", "--image", sample_photo("motorcycle_right.png"))
    assert json.loads(done.stdout)["hits"][0]["path"].endswith("motorcycle_left.png")


def test_a_photo_that_the_library_has_is_recognised_and_questions_about_it_are_answered(home: Path) -> None:
    lines = reverie(home, "search", "--image", sample_photo("coffee.png"), "where", "is", "this?").stdout.splitlines()
    assert lines[0] == "The photo doesn't say where it was taken."
    assert lines[1].startswith("The library has this photo: ")
    assert lines[1].endswith("coffee.png")
    assert not any("coffee.png" in line for line in lines[2:])


def test_status_tells_people_and_programs_the_same(home: Path) -> None:
    facts = json.loads(reverie(home, "status", "--json").stdout)
    assert (facts["photos"], facts["stages"]["visual"]["done"]) == (len(NAMES), len(NAMES))
    assert (facts["captions"], facts["model"], facts["model_problem"]) == ([], STARTER_NAME, None)
    assert [Path(row["path"]).name for row in facts["problems"]] == ["empty.jpg"]
    text = reverie(home, "status").stdout
    assert f"{len(NAMES)} photos in 1 folder" in text
    assert f"captions: none yet\ncaptioning model: {STARTER_NAME}\n" in text


def test_captions_are_written_counted_and_shown(tmp_path: Path) -> None:
    photos = copy_photos(tmp_path / "photos", ("chelsea.png", "coffee.png"))
    lines = reverie(tmp_path / "home", "index", "--no-ocr", photos).stdout.splitlines()
    assert lines[0] == "2 photos, 2 searchable, 0 problems."
    assert re.fullmatch(rf"2 captions by {STARTER_NAME}, [0-9.]+ a second\.", lines[1])
    assert f"captions: 2 by {STARTER_NAME}\n" in reverie(tmp_path / "home", "status").stdout
    captions = [hit["caption"] for hit in json.loads(reverie(tmp_path / "home", "search", "--json").stdout)["hits"]]
    written = reverie(tmp_path / "home", "caption", photos / "coffee.png").stdout.strip()
    assert (None if written == "no confident caption yet" else written) in captions


def test_doctor_finds_a_sound_library_in_order(home: Path) -> None:
    done = reverie(home, "doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(line.startswith("ok ") for line in done.stdout.splitlines())
    assert f"captioning: {STARTER_NAME} is as shipped and runs" in done.stdout


def test_doctor_names_a_damaged_index(home: Path) -> None:
    damaged = home / "index" / "photo.index"
    damaged.write_bytes(b"not an index" * 100)
    done = reverie(home, "doctor")
    damaged.unlink()
    assert done.returncode == 1
    assert "WRONG  indexes: " in done.stdout


def test_doctor_names_a_damaged_library(tmp_path: Path) -> None:
    (tmp_path / "catalog.db").write_bytes(b"this was a library" * 500)
    done = reverie(tmp_path, "doctor")
    assert done.returncode == 1
    assert "WRONG  library: The library file is damaged." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["search", "a cat"], 1, "There is no library here yet."),
        (["index", "nowhere"], 1, "This folder is not there."),
        (["caption", "photo.jpg"], 1, "the file is gone"),
        (["models", "use", "nothing"], 1, "There is no model called"),
        (["models", "remove", STARTER_NAME], 1, "comes with Reverie, so it stays"),
        (["search", "a cat", "--limit", "0"], 2, "at least 1"),
        (["search", "a cat", "--strictness", "2"], 2, "between 0 and 1"),
        (["search", "a cat", "--after", "2020-13-01"], 2, "'2020-13-01' is no date; write it as 2019-07-01"),
        (["search", "a cat", "--type", "doc"], 2, "'doc' is none of JPEG, PNG,"),
        (["search", "a cat", "--queries", "x", "--json"], 1, "Leave out the words."),
        (["search", "--queries", "x"], 1, "Add --json."),
        (["nonsense"], 2, "invalid choice"),
    ],
)
def test_what_cannot_be_done_ends_with_one_sentence(tmp_path: Path, arguments: list[str], code: int, says: str) -> None:
    done = reverie(tmp_path, *arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_models_are_imported_listed_and_removed(tmp_path: Path, tiny_pair: Pair) -> None:
    assert reverie(tmp_path, "models", "import", tiny_pair.mmproj, tiny_pair.model).returncode == 1
    done = reverie(tmp_path, "models", "import", tiny_pair.model, tiny_pair.mmproj, "--name", "Mine")
    assert (done.returncode, done.stdout.splitlines()) == (0, ["Installed Mine.", *taking_over("Mine")])
    done = reverie(tmp_path, "models", "list")
    starter, mine = done.stdout.splitlines()
    assert starter.startswith(f"  {STARTER_NAME}  ")
    assert mine.startswith("* Mine  ")
    assert done.stderr == ""
    done = reverie(tmp_path, "models", "import", tiny_pair.model, tiny_pair.mmproj, "--name", "Other")
    assert done.stdout == "Installed Other.\n"
    assert reverie(tmp_path, "models", "use", "Other").stdout.splitlines() == taking_over("Other")
    for name in ("Mine", "Other"):
        assert reverie(tmp_path, "models", "remove", name).returncode == 0
    done = reverie(tmp_path, "models", "list")
    assert re.fullmatch(rf"\* {STARTER_NAME}  \d+ MB  built in  .+\n", done.stdout)
    assert "reverie models import" in done.stderr
    assert "leaves captions of other models" in reverie(tmp_path, "models", "use", "Reverie starter").stdout


def taking_over(name: str) -> list[str]:
    return [
        f"Captions are written by {name} from the next indexing on.",
        "It replaces captions of other models, never your own.",
    ]


@pytest.mark.parametrize(
    ("per_second", "said"), [(12.34, "12.3 a second"), (1, "1.0 a second"), (0.042, "0.04 a second")]
)
def test_a_rate_is_said_in_as_many_figures_as_it_takes(per_second: float, said: str) -> None:
    assert rate(per_second) == said


@pytest.mark.parametrize(
    ("text", "model", "printed"),
    [
        ("A cat.", "some model", "A cat."),
        ("A bus on a bridge.", "some model", "A bus on a bridge. (uncertain)"),
        ("A bus on a bridge.", "reverie-starter", "no confident caption yet"),
    ],
)
def test_the_caption_of_one_photo_is_judged(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str,
    model: str,
    printed: str,
) -> None:
    """What a real model writes is not for a test to decide, so here it is given."""
    monkeypatch.setattr(caption, "captioner_in_use", lambda home: Captioner(model, "r1", Path(), Path(), 224))
    monkeypatch.setattr(caption, "caption_photo", lambda home, captioner, path: text)
    assert main(["caption", "--home", str(tmp_path), str(sample_photo("chelsea.png"))]) == 0
    out, err = capsys.readouterr()
    assert out == f"{printed}\n"
    assert (text in err) is (text not in out)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is not sent as a signal on Windows")
def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(tmp_path: Path) -> None:
    photos = copy_photos(tmp_path / "photos")
    home = tmp_path / "home"
    # A shell starts what it puts into the background deaf to Ctrl-C, and so would this process be.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen([*COMMAND, "index", "--home", str(home), str(photos)], stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    deadline = time.monotonic() + 60
    while not list(home.glob("thumbnails/*/*.jpg")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.strip().endswith("Stopped. Run the same command again to go on.")
    assert "Traceback" not in errors
    again = ["index", "--no-ocr", "--no-captions"]
    assert f"{len(NAMES)} photos, {len(NAMES)} searchable" in reverie(home, *again, photos).stdout
    (photos / "later").mkdir()
    (photos / "later" / "new.png").write_bytes(sample_photo("moon.png").read_bytes())
    assert f"{len(NAMES) + 1} photos, " in reverie(home, *again, photos / "later").stdout


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse file names that are no text")
def test_file_names_that_cannot_be_written_out_stop_no_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / os.fsdecode(b"odd \xff \xc3\xa9.jpg")).touch()
    for encoding in ("utf-8:strict", "ascii:strict"):
        monkeypatch.setenv("PYTHONIOENCODING", encoding)
        for done in (reverie(home, "index", tmp_path / "photos"), reverie(home, "status")):
            assert done.returncode == 0
            assert "odd ? ?.jpg: Can't read this photo" in (done.stdout + done.stderr).replace("\u00e9", "?")


def test_a_folder_that_is_away_is_named(tmp_path: Path) -> None:
    photos = copy_photos(tmp_path / "photos", ("coffee.png",))
    assert reverie(tmp_path / "home", "index", "--no-ocr", "--no-captions", photos).stderr == ""
    photos.rename(tmp_path / "unplugged")
    done = reverie(tmp_path / "home", "index", "--no-ocr", "--no-captions")
    assert done.stderr == f"{photos} can't be reached now. Its photos stay as they are.\n"
    assert done.stdout == "1 photo, 1 searchable, 0 problems.\n"
