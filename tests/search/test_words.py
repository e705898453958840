"""Words count by how rare they are."""

import math

import numpy as np
import pytest
from made_up_library import Library

from engine.catalog.captions import Standing
from engine.index.photo_set import PhotoSet
from engine.search.stemmer import Stemmer
from engine.search.words import WordMatches, search_words


def matched(library: Library, text: str) -> WordMatches:
    stemmer = Stemmer()
    found = search_words(library.db, stemmer, text, PhotoSet.of(np.arange(1, library.db["photos"].count + 1)))
    stemmer.close()
    return found


def idf(photos: int, total: int) -> float:
    return math.log(1 + (total - photos + 0.5) / (photos + 0.5))


def test_the_stemmer_splits_as_the_word_index_does(library: Library) -> None:
    schema = library.db["words_fts"].schema
    assert "porter unicode61 remove_diacritics 2" in schema
    stemmer = Stemmer()
    assert stemmer.split("Zürich's dogs, running") == [
        ("zurich", "zurich"),
        ("s", "s"),
        ("dogs", "dog"),
        ("running", "run"),
    ]
    assert stemmer.split("state-of-the-art") == [(word, word) for word in ("state", "of", "the", "art")]
    assert stemmer.split("\0 \ud800 ?") == stemmer.split("") == []
    stemmer.close()


def test_words_are_found_by_their_stems_and_returned_as_they_are_written() -> None:
    stemmer = Stemmer()
    texts = ["Dogs and a dog.", "", "A café\nin Zürich"]
    assert stemmer.find(["dog", "zurich"], texts) == [["Dogs", "dog"], [], ["Zürich"]]
    assert stemmer.find(["cat"], texts) == [[], [], []]
    assert stemmer.find(["dog"], []) == []
    stemmer.close()


def test_the_score_is_the_share_of_the_querys_idf_that_a_photo_holds(library: Library) -> None:
    both = library.add("1.jpg", caption="A dog runs on a beach.")
    dog = library.add("2.jpg", caption="Dogs.")
    library.add("3.jpg", caption="A cat.")
    found = matched(library, "a dog on the beach with xylophones")
    total = idf(2, 3) + idf(1, 3) + idf(0, 3)
    assert found.photo_ids.tolist() == [both, dog]
    np.testing.assert_allclose(found.coverage, [(idf(2, 3) + idf(1, 3)) / total, idf(2, 3) / total], rtol=1e-5)
    assert sorted(found.words) == ["beach", "dog"]


def test_a_word_that_only_an_uncertain_caption_holds_counts_a_thousandth(library: Library) -> None:
    certain = library.add("1.jpg", caption="A dog.")
    uncertain = library.add("2.jpg")
    library.write(uncertain, "A dog in a field.", Standing.UNCERTAIN, 0.2)
    named = library.add("dog/3.jpg")
    library.write(named, "A dog and a dog.", Standing.UNCERTAIN, 0.2)
    withheld = library.add("4.jpg")
    library.write(withheld, "A dog.", Standing.WITHHELD, 0.1)
    found = matched(library, "dogs")
    assert found.photo_ids.tolist() == [certain, uncertain, named]
    np.testing.assert_allclose(found.coverage, [1, 0.001, 1], rtol=1e-5)


def test_a_word_that_every_photo_has_says_nearly_nothing(library: Library) -> None:
    for number in range(20):
        library.add(f"album/{number}.jpg", caption="A tree." if number else "A lake.")
    found = matched(library, "lake album")
    assert found.coverage.max() > 0.97
    assert np.sort(found.coverage)[-2] < 0.03


def test_stop_words_are_not_looked_for(library: Library) -> None:
    library.add("1.jpg", caption="This is the one with all of it.")
    for text in ("the of and with", "show me all of the photos", "", "???"):
        found = matched(library, text)
        assert (len(found.photo_ids), found.words) == (0, ())


def test_only_allowed_photos_count_and_are_returned(library: Library) -> None:
    first, second = (library.add(f"{number}.jpg", caption="A dog.") for number in range(2))
    stemmer = Stemmer()
    found = search_words(library.db, stemmer, "dog", PhotoSet.of(np.array([second])))
    assert found.photo_ids.tolist() == [second] != [first]
    stemmer.close()


def test_the_rarest_words_are_looked_for_first_and_frequent_ones_only_while_they_are_cheap(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        library.add(f"{number}.jpg", caption=f"common {'usual ' * (number < 10)}{'rare' * (number < 2)}")
    assert matched(library, "common usual rare").words == ("rare", "usual", "common")
    monkeypatch.setattr("engine.search.words._MOST_POSTINGS", 20)
    assert matched(library, "common usual rare").words == ("rare", "usual")
    assert matched(library, "common").words == ("common",)
    monkeypatch.setattr("engine.search.words._MOST_TERMS", 1)
    assert matched(library, "common usual rare").words == ("rare",)


def test_the_best_are_those_that_hold_most() -> None:
    matches = WordMatches(np.array([1, 2, 3]), np.array([0.2, 0.9, 0.5], dtype=np.float32), ())
    assert matches.best(2).tolist() == [2, 3]
