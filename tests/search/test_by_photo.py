"""A photo asks for its like; with words, for what it would show after a change."""

import numpy as np
import pytest
from made_up_library import Library

from engine.embedding.text_encoder import TextEncoder
from engine.search.by_photo import ask_by_photo
from engine.search.query import Query

DOG_ON_GRASS, DOG_IN_SNOW = "a dog runs on green grass", "a dog runs in deep snow"
LOOKS = [1.0] + [0.0] * 1535


def asking(library: Library, photo: int, shows: str, text: str = "", caption: str = "", **query: object) -> list[int]:
    """Return what is found by a photo that shows something, or by a change of it."""
    placed = library.encoder.encode([shows])[0]
    looks = np.array(LOOKS, dtype=np.float32)
    return library.find(text, visual=looks, reference=photo, placed=placed, caption=caption, **query)


@pytest.fixture
def photos(library: Library) -> dict[str, int]:
    return {
        shows: library.add(f"{place}.jpg", shows, looks=LOOKS)
        for place, shows in enumerate(
            (DOG_ON_GRASS, DOG_IN_SNOW, "a woman skis in deep snow", "a bowl of soup", "a puppy on a lawn")
        )
    }


def test_a_photo_finds_its_like_but_not_itself(library: Library, photos: dict[str, int]) -> None:
    found = asking(library, photos[DOG_ON_GRASS], DOG_ON_GRASS)
    assert set(found[:2]) == {photos[DOG_IN_SNOW], photos["a puppy on a lawn"]}
    assert photos[DOG_ON_GRASS] not in found
    assert len(found) == 4


def test_a_change_keeps_what_the_photo_shows(library: Library, photos: dict[str, int]) -> None:
    """The words alone find the skier as well, and the photo alone finds the puppy first."""
    assert asking(library, photos[DOG_ON_GRASS], DOG_ON_GRASS, "in the snow")[0] == photos[DOG_IN_SNOW]
    assert asking(library, photos[DOG_IN_SNOW], DOG_IN_SNOW, "soup")[0] == photos["a bowl of soup"]


def test_to_be_like_anything_does_not_tell_against_a_photo_that_fits_a_change(library: Library) -> None:
    fitting, other = library.add("1.jpg"), library.add("2.jpg")
    library.show(fitting, DOG_IN_SNOW, hubness=0.9)
    library.show(other, "a puppy runs through snow", hubness=0.1)
    own = library.add("3.jpg", DOG_ON_GRASS)
    assert asking(library, own, DOG_ON_GRASS, "in the snow") == [fitting, other]


@pytest.mark.parametrize("word", ["snow", "kite", "horse"])
def test_a_word_is_looked_for_as_captions_would_say_it(encoder: TextEncoder, word: str) -> None:
    """The photo shows the bare word here, so what is sought lies elsewhere because of the wording."""
    bare, said = encoder.encode([word, f"a photo of {word}"])
    sought = ask_by_photo(word, Query(word, placed=bare), encoder).placed
    assert sought is not None
    assert sought @ said / np.linalg.norm(sought) > bare @ said + 0.02


def test_captions_are_asked_for_the_changed_caption(library: Library) -> None:
    """None of these photos has been looked at, so only their captions tell them apart."""
    dog = library.add("1.jpg", caption="A dog sleeps on a red sofa.")
    cat = library.add("2.jpg", caption="A cat sleeps on a red sofa.")
    library.add("3.jpg", caption="A cat climbs a tree.")
    library.add("4.jpg", caption="A sofa in a shop.")
    found = asking(library, dog, "a dog on a sofa", "with a cat", caption="A dog sleeps on a red sofa.")
    assert found[0] == cat
    assert dog not in found


def test_a_photo_alone_finds_captions_like_its_own(library: Library) -> None:
    own = library.add("1.jpg", caption="Children fly a kite at the beach.")
    library.add("2.jpg", caption="A bowl of soup.")
    like = library.add("3.jpg", caption="A kite above a beach.")
    assert asking(library, own, "a kite", caption="Children fly a kite at the beach.")[0] == like


def test_looks_alone_answer_where_it_is_not_known_what_a_photo_shows(library: Library, photos: dict[str, int]) -> None:
    found = library.service.search(Query(visual=np.array(LOOKS, dtype=np.float32))).hits
    assert len(found) == len(photos)


def test_only_photos_that_show_the_same_are_strong_matches(library: Library, photos: dict[str, int]) -> None:
    looks = np.array(LOOKS, dtype=np.float32)
    strong = {
        shows: library.service.search(Query(visual=looks, placed=library.encoder.encode([shows])[0])).strong
        for shows in (DOG_ON_GRASS, "an empty parking garage")
    }
    assert 0 < strong[DOG_ON_GRASS] < len(photos)
    assert strong["an empty parking garage"] == 0
