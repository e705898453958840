"""Words beside a photo, in a real library of photos that tell when, where and with what they were taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from library_of_photos import sample_photo
from PIL import Image

from engine.api import Condition, Engine, Home, Query, Reference, Results, Source, Stage

ROME, PARIS = (41.8902, 12.4922), (48.8584, 2.2945)
_GPS, _EXIF = 0x8825, 0x8769


def save(
    name: str, path: Path, taken_at: str, position: tuple[float, float] | None, camera: str = "Nikon D750"
) -> Path:
    """Save a sample photo with what a camera would tell of it."""
    exif = Image.Exif()
    exif[0x0110] = camera
    exif.get_ifd(_EXIF)[0x9003] = taken_at
    if position:
        north, east = position
        exif.get_ifd(_GPS).update({1: "N", 2: _degrees(north), 3: "E", 4: _degrees(east)})
    with Image.open(sample_photo(name)) as photo:
        photo.convert("RGB").save(path, quality=95, exif=exif)
    return path


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = (value - int(value)) * 60
    return float(int(value)), float(int(minutes)), (minutes - int(minutes)) * 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    save("coffee.png", folder / "coffee.jpg", "2019:07:04 09:30:00", ROME)
    save("rocket.jpg", folder / "rocket.jpg", "2019:07:05 22:00:00", ROME)
    save("chelsea.png", folder / "cat.jpg", "2019:07:06 12:00:00", ROME, "Canon EOS 5D")
    save("coins.png", folder / "coins.jpg", "2021:02:01 12:00:00", PARIS)
    save("astronaut.png", folder / "astronaut.jpg", "2022:02:01 12:00:00", None)
    with Image.open(folder / "coffee.jpg") as photo:
        photo.save(folder / "coffee.tiff")
    return folder


@pytest.fixture(scope="module")
def engine(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    home = Home(tmp_path_factory.mktemp("home"))
    with Engine.open(home, leave_out={Stage.CAPTION, Stage.TEXT}) as engine:
        engine.add_folder(folder)
        assert engine.wait_until_idle(120)
        yield engine


def ask(engine: Engine, reference: Reference, text: str) -> Results:
    return engine.search(reference.about(engine.understand(text, reference).to_query()))


def names(results: Results) -> list[str]:
    return [hit.paths[0].name for hit in results.hits]


def test_the_same_place_at_night_is_searched_by_place_and_looks(engine: Engine, folder: Path) -> None:
    coffee = engine.reference(folder / "coffee.jpg")
    plan = engine.understand("same place but at night", coffee)
    assert [chip.label for chip in plan.chips()] == ["at night", coffee.origin.narrowest]
    found = ask(engine, coffee, "same place but at night")
    assert set(names(found)) == {"rocket.jpg", "cat.jpg"}
    assert names(found)[0] == "rocket.jpg"
    assert all(Condition.PLACE in hit.why.passed for hit in found.hits)
    assert Source.TIME in {match.source for match in found.hits[0].why.sources}
    assert Source.TIME not in {match.source for match in found.hits[1].why.sources}


def test_the_same_trip_day_and_camera_are_those_of_the_photo(engine: Engine, folder: Path) -> None:
    coffee = engine.reference(folder / "coffee.jpg")
    trip = set(names(ask(engine, coffee, "from the same trip")))
    assert {"rocket.jpg", "cat.jpg"} <= trip <= {"rocket.jpg", "cat.jpg", "coffee.tiff"}
    cameras = set(names(ask(engine, coffee, "a cat, taken with the same camera")))
    assert "cat.jpg" not in cameras
    assert "coins.jpg" in cameras


def test_where_only_the_photo_itself_passes_the_filter_is_left_out_and_the_words_stay(
    engine: Engine, folder: Path
) -> None:
    coins = engine.reference(folder / "coins.jpg")
    found = ask(engine, coins, "same place at night")
    assert found.left_out == (Condition.PLACE,)
    assert names(found)[0] == "rocket.jpg"
    assert "coins.jpg" not in names(found)


def test_where_the_photo_tells_no_place_its_looks_stand_for_it(engine: Engine, folder: Path) -> None:
    astronaut = engine.reference(folder / "astronaut.jpg")
    assert not engine.understand("same place at night", astronaut).filters
    assert "rocket.jpg" in names(ask(engine, astronaut, "same place at night"))


def test_of_a_question_that_is_answered_only_the_filters_are_searched_for(engine: Engine, folder: Path) -> None:
    coffee = engine.reference(folder / "coffee.jpg")
    plan = engine.understand("where was this bought? no dogs, in 2019", coffee)
    assert [chip.label for chip in plan.chips()] == ["no dogs", "2019"]
    assert engine.understand("bought at a market", coffee).description


def test_what_is_like_a_photo_is_not_said_to_be_as_described(engine: Engine, folder: Path) -> None:
    coffee = engine.reference(folder / "coffee.jpg")
    summary = engine.search(coffee.about(Query())).hits[0].why.summary
    assert summary == "It looks like your photo."
    assert "describe" in engine.search(coffee.about(Query("a cat"))).hits[0].why.summary


def test_a_copy_cannot_show_a_change_but_is_like_the_photo(engine: Engine, folder: Path) -> None:
    coffee = engine.reference(folder / "coffee.jpg")
    assert names(engine.search(coffee.about(Query())))[0] == "coffee.tiff"
    changed = names(engine.search(coffee.about(Query("at night"))))
    assert changed
    assert not {"coffee.tiff", "coffee.jpg"} & set(changed)


def test_a_file_that_the_library_lacks_tells_its_place_and_date_too(engine: Engine, tmp_path: Path) -> None:
    path = save("motorcycle_left.png", tmp_path / "new.jpg", "2019:07:05 10:00:00", ROME)
    reference = engine.reference(path)
    assert reference.photo_id is None
    assert reference.answer("where and when was this?") == (
        f"It was taken in {reference.origin.place}. It was taken on 5 July 2019 at 10:00."
    )
    assert "Rome" in reference.origin.place
    assert "rocket.jpg" in names(ask(engine, reference, "from the same trip"))
    assert "coins.jpg" not in names(ask(engine, reference, "from the same trip"))
