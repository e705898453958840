"""Strong matches are told from weak ones, the weak tail can be cut, and equals come newest first."""

from dataclasses import replace

import numpy as np
import pytest
from made_up_library import Library

from engine.search.query import Query, Sort

SCENES = ("a dog running on a sandy beach", "a red car in the snow", "a plate of pasta", "two men playing chess")


@pytest.fixture
def scenes(library: Library) -> list[int]:
    return [library.add(f"{place}.jpg", scene, scene.capitalize() + ".") for place, scene in enumerate(SCENES)]


def test_a_photo_that_fits_is_a_strong_match_and_others_are_not(library: Library, scenes: list[int]) -> None:
    for scene, photo_id in zip(SCENES, scenes, strict=True):
        results = library.service.search(Query(scene))
        assert results.strong == 1
        assert results.hits[0].photo_id == photo_id
        assert results.hits[0].strength > 0.9
        assert [hit.strength for hit in results.hits] == sorted((hit.strength for hit in results.hits), reverse=True)


@pytest.mark.parametrize("text", ["quantum chromodynamics", "income tax return 2019", "asdf qwer", "a submarine"])
def test_what_nothing_fits_has_no_strong_match(library: Library, scenes: list[int], text: str) -> None:
    results = library.service.search(Query(text))
    assert results.strong == 0
    assert len(results.hits) == len(scenes)


def test_the_stricter_the_fewer_weak_hits(library: Library, scenes: list[int]) -> None:
    counts = [len(library.find("a puppy by the sea", strictness=strictness)) for strictness in (0, 0.2, 1, 7)]
    assert counts[0] == len(scenes)
    assert counts == sorted(counts, reverse=True)
    assert counts[2] == counts[3] == library.service.search(Query("a puppy by the sea")).strong
    assert library.find("quantum chromodynamics", strictness=1) == []
    assert len(library.find("", strictness=1)) == len(scenes)


def test_a_list_is_as_it_was_asked_for(library: Library, scenes: list[int]) -> None:
    results = library.service.search(Query())
    assert results.strong == len(scenes)
    assert {hit.strength for hit in results.hits} == {1}


def test_a_photo_alone_finds_strong_matches_by_likeness(library: Library) -> None:
    library.add("same.jpg", looks=[3, 4, 0])
    library.add("far.jpg", looks=[0, 0, 1])
    results = library.service.search(Query(visual=np.array([3, 4, 0.1], dtype=np.float32)))
    assert results.strong == 1


def test_only_the_likes_of_a_photo_and_of_its_change_are_strong_matches(library: Library) -> None:
    looks = [1.0] + [0.0] * 1535
    for name in ("a dog runs on green grass", "a dog on a lawn", "a bowl of soup"):
        library.add(f"{name}.jpg", name, looks=looks)
    placed = library.encoder.encode(["a dog runs on green grass"])[0]
    query = Query(visual=np.array(looks, dtype=np.float32), placed=placed)
    results = library.service.search(query)
    assert results.strong == 2
    assert results.hits[2].paths[0].stem == "a bowl of soup"
    changed = library.service.search(replace(query, text="soup in a bowl"))
    assert (changed.strong, changed.hits[0].paths[0].stem) == (1, "a bowl of soup")


def test_equals_come_newest_first_and_undated_ones_last(library: Library) -> None:
    dates = (None, "2020-01-01T10:00:00", "2024-01-01T10:00:00", "2022-01-01T10:00:00")
    ids = [library.add(f"{at}.jpg", "a dog", **({"taken_at": at} if at else {})) for at in dates]
    assert library.find("dog") == [ids[2], ids[3], ids[1], ids[0]]


def test_by_date_come_only_strong_matches_where_there_are_any(library: Library) -> None:
    old = library.add("old.jpg", "a dog on a beach", taken_at="2001-01-01T10:00:00")
    new = library.add("new.jpg", "a dog on a beach", taken_at="2011-01-01T10:00:00")
    other = library.add("other.jpg", "a plate of pasta", taken_at="2021-01-01T10:00:00")
    assert library.find("a dog on a beach", sort=Sort.NEWEST) == [new, old]
    assert library.find("a dog on a beach", sort=Sort.OLDEST) == [old, new]
    assert library.find("income tax", sort=Sort.NEWEST) == [other, new, old]
