"""Photos of bursts are told by their names and by the moments they were taken."""

import pytest
from made_up_library import Library

from engine.imaging.kind import PhotoKind
from engine.search.query import Filters

BURST = frozenset({PhotoKind.BURST})


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("00001IMG_00001_BURST20190704102030456_COVER.jpg", True),
        ("IMG_20190704_102030_BURST001.jpg", True),
        ("DSC_0001_BURST20190704102030456.JPG", True),
        ("20190704_102030_Burst01.jpg", True),
        ("Trip_burst_2019/IMG_0001.jpg", False),
        ("starburst1.jpg", False),
        ("pipe_burst.jpg", False),
    ],
)
def test_a_file_name_tells_a_burst(library: Library, name: str, is_told: bool) -> None:
    photo_id = library.add(name, "a dog")
    assert library.find("", filters=Filters(kinds=BURST)) == ([photo_id] if is_told else [])


def take(library: Library, *seconds: int, **facts: str | int) -> list[int]:
    facts = {"camera": "Pixel 7", **facts}
    taken = [f"2019-07-04T10:{second // 60:02}:{second % 60:02}" for second in seconds]
    first = library.db.execute("SELECT count(*) FROM photos").fetchone()[0]
    return [
        library.add(f"{first + place}.jpg", "a dog", taken_at=moment, **facts) for place, moment in enumerate(taken)
    ]


def test_three_photos_of_a_camera_within_two_seconds_are_a_burst(library: Library) -> None:
    quick = take(library, 58, 59, 60, 61)
    take(library, 100, 101, 103, 200, 202)
    assert set(library.find("", filters=Filters(kinds=BURST))) == set(quick)


def test_photos_of_several_cameras_or_of_none_are_no_burst(library: Library) -> None:
    take(library, 0, 1)
    take(library, 0, 1, camera="Canon EOS 80D")
    library.add("a.jpg", "a dog", taken_at="2019-07-04T10:00:00")
    assert library.find("", filters=Filters(kinds=BURST)) == []


def test_a_raw_file_and_its_copies_are_no_burst(library: Library) -> None:
    take(library, 0, 1)
    take(library, 0, 1, format="RAW")
    take(library, 0, 1, width_px=2)
    assert library.find("", filters=Filters(kinds=BURST)) == []


def test_bursts_are_left_out_or_wanted_beside_another_kind(library: Library) -> None:
    quick = take(library, 0, 0, 0, kind="selfie")
    selfie, other = library.add("selfie.jpg", "a dog", kind="selfie"), library.add("other.jpg", "a dog")
    either = Filters(kinds=frozenset({PhotoKind.BURST, PhotoKind.SELFIE}))
    assert set(library.find("dog", filters=either)) == {*quick, selfie}
    denied = Filters(but_not=frozenset({Filters(kinds=BURST)}))
    assert set(library.find("dog", filters=denied)) == {selfie, other}


def test_a_library_without_dates_has_no_bursts(library: Library) -> None:
    library.add("a.jpg", "a dog", camera="Pixel 7")
    assert library.find("", filters=Filters(kinds=BURST)) == []
