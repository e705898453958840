"""Words and phrases that are demanded are there, letter by letter, and those that are ruled out are not."""

import pytest
from made_up_library import Library

from engine.catalog.captions import Standing
from engine.catalog.tags import Tag
from engine.search.explain import Column, WordMatch
from engine.search.query import Query


@pytest.fixture
def photos(library: Library) -> dict[str, int]:
    found = {
        "sign": library.add("sign.jpg", "a street", text="OPEN\nBakery 1897\nNo entry!"),
        "caption": library.add("caption.jpg", "a street", "Two dogs run past an open bakery."),
        "doubted": library.add("doubted.jpg", "a street"),
        "withheld": library.add("withheld.jpg", "a street"),
        "name": library.add("open bakery.jpg", "a street", tags=(Tag("dog", 0.9),)),
        "japan": library.add("japan.jpg", "a street", text="新大阪駅 12番"),
    }
    library.write(found["doubted"], "A dog at a re-opened bakery, café Noir.", Standing.UNCERTAIN, 0.3)
    library.write(found["withheld"], "A dog at an open bakery.", Standing.WITHHELD, 0.1)
    return found


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("open bakery", {"sign", "caption"}),
        ("Open  BAKERY", {"sign", "caption"}),
        ("bakery 1897", {"sign"}),
        ("bakeries", set()),
        ("pen bakery", set()),
        ("bakery, café", {"doubted"}),
        ("CAFÉ", {"doubted"}),
        ("cafe", set()),
        ("entry!", {"sign"}),
        ("!", {"sign"}),
        ("大阪", {"japan"}),
        ("番", {"japan"}),
    ],
)
def test_a_phrase_is_found_letter_by_letter_but_for_case_and_space(
    library: Library, photos: dict[str, int], phrase: str, expected: set[str]
) -> None:
    ids = {photos[name] for name in expected}
    assert set(library.find("", phrases=(phrase,))) == ids
    assert set(library.find("a street", phrases=(phrase,))) == ids


def test_words_that_must_be_there_may_have_other_endings(library: Library, photos: dict[str, int]) -> None:
    assert set(library.find("a street", must=("dog",))) == {photos["caption"], photos["doubted"]}
    assert set(library.find("a street", must=("dog", "run"))) == {photos["caption"]}
    assert set(library.find("a street", must=("running dogs",))) == set()
    assert set(library.find("a street", must=("dogs running",))) == {photos["caption"]}


def test_why_names_the_word_the_phrase_and_where_they_stand(library: Library, photos: dict[str, int]) -> None:
    (sign,) = library.service.search(Query("", phrases=("bakery 1897",))).hits
    assert sign.why.words == (WordMatch("bakery 1897", Column.TEXT_IN_PHOTO),)
    assert sign.why.summary == "“bakery 1897” is in the text in the photo and the phrase is as you asked."
    (caption,) = library.service.search(Query("", must=("run",))).hits
    assert caption.why.words == (WordMatch("run", Column.CAPTION),)


@pytest.mark.parametrize("words", ['"', "a AND", "*", "NEAR(", "x\0y", "\ud800", "", " ", "O'Brien", "(", "-"])
def test_any_words_are_safe_to_demand_and_to_rule_out(library: Library, photos: dict[str, int], words: str) -> None:
    for demand in ("must", "must_not", "phrases"):
        assert set(library.find("street", **{demand: (words,)})) <= set(photos.values())
