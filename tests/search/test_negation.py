"""What must not be in a photo is neither said of it nor seen in it."""

import numpy as np
import pytest
from made_up_library import HUBNESS, Library

from engine.catalog.captions import Standing
from engine.catalog.connection import open_reader, transaction
from engine.catalog.embeddings import Kind, replace_embeddings
from engine.catalog.tags import Tag
from engine.learning.tagger import Tagger
from engine.search.negated import Thing
from engine.search.query import Condition, Query
from engine.search.selection import Offer
from engine.search.sight import Sight
from engine.search.stemmer import Stemmer


def test_a_thing_is_ruled_out_by_its_name_in_any_form_and_by_its_kinds() -> None:
    assert {"people", "men", "women", "child", "crowd"} <= set(Thing.of("people").words)
    assert Thing.of("Persons").words[0] == "persons"
    assert set(Thing.of("anyone").words) > set(Thing.of("people").words) - {"people"}
    assert "puppy" in Thing.of("dogs").words
    assert "woman" not in Thing.of("man").words
    assert Thing.of(" red  Car ").words == ("red car",)
    assert len(Thing.of("people").prompts) == 6


@pytest.mark.parametrize(
    ("must_not", "expected"),
    [
        ("dog", {"cat", "named", "withheld", "bare"}),
        ("people", {"dog", "cat", "doubted", "tagged", "named", "withheld", "bare"}),
        ("wet dog", {"cat", "person", "written", "doubted", "tagged", "named", "withheld", "bare"}),
        ("zebra", {"dog", "cat", "person", "written", "doubted", "tagged", "named", "withheld", "bare"}),
    ],
)
def test_photos_of_which_it_is_said_are_left_out(library: Library, must_not: str, expected: set[str]) -> None:
    library.add("dog.jpg", caption="A wet dog on a lawn.")
    library.add("cat.jpg", caption="A cat on a lawn.")
    library.add("person.jpg", caption="Three women with puppies.")
    library.add("written.jpg", text="LADIES: beware of the DOGS")
    library.write(library.add("doubted.jpg"), "A dog on a lawn.", Standing.UNCERTAIN, 0.3)
    library.add("tagged.jpg", tags=(Tag("dog", 0.9),))
    library.add("dog/named.jpg")
    library.write(library.add("withheld.jpg"), "A dog with a man.", Standing.WITHHELD, 0.1)
    library.add("bare.jpg")
    hits = library.service.search(Query(must_not=(must_not,))).hits
    assert {hit.paths[0].stem for hit in hits} == expected


def test_photos_that_surely_look_like_it_go_and_others_sink(library: Library) -> None:
    shown = ("a dog", "a beach", "waves on a beach at sunset", "a dog runs on the beach", "a puppy plays in the sand")
    _, beach, waves, runs, _ = (library.add(f"{place}.jpg", what) for place, what in enumerate(shown))
    assert library.find("a dog on the beach")[0] == runs
    hits = library.service.search(Query("on the beach", must_not=("dog",))).hits
    assert {hit.photo_id for hit in hits[:2]} == {beach, waves}
    found = library.find("on the beach", must_not=("dog",))
    assert found[2:] == [runs]
    assert hits[2].strength < 0.5
    assert all(hit.why.denied <= 0 for hit in hits)
    assert hits[0].score == pytest.approx(sum(said.evidence for said in hits[0].why.sources) + hits[0].why.denied)
    listed = library.find("", must_not=("dog",))
    assert (set(listed[:2]), listed[2:]) == ({beach, waves}, [runs])


def test_where_all_photos_look_like_it_it_is_said_how_many_there_are(library: Library) -> None:
    library.add("1.jpg", "a dog")
    results = library.service.search(Query("the beach", must_not=("dog",)))
    assert (results.hits, results.offers) == ((), (Offer(Condition.MUST_NOT, 1),))


def test_a_thing_without_kinds_is_seen_too(library: Library) -> None:
    lighthouse = library.add("1.jpg", "a red lighthouse by the sea")
    cliff = library.add("2.jpg", "a cliff by the sea")
    assert library.find("the sea", must_not=("red lighthouse",)) == [cliff]
    assert set(library.find("the sea")) == {lighthouse, cliff}


def test_tags_see_more_than_the_head_alone(library: Library) -> None:
    """Features that the classifier of "dog" is sure of, in a photo that the head places elsewhere."""
    photo_id = library.add("1.jpg", "a lawn in front of a house")
    prompts = library.encoder.encode(["a dog"])
    stemmer, tagger = Stemmer(), Tagger.open()
    reader = open_reader(library.home.catalog)
    sight = Sight(reader, stemmer, tagger)
    before = sight.likelihood(np.array([photo_id]), ["dog"], prompts)
    column = tagger.words.index("dog")
    looks = tagger.mean + tagger.deviation * tagger.weight[:, column] * 20
    assert tagger.probability(looks)[column] > 0.9
    with transaction(library.db):
        replace_embeddings(library.db, photo_id, Kind.VISUAL, "r", looks[None])
    after = sight.likelihood(np.array([photo_id]), ["dog"], prompts)
    assert before < 0.5 < after
    assert sight.likelihood(np.array([photo_id]), ["red dog"], prompts) == before
    stemmer.close()
    reader.close()


def test_a_photo_that_nobody_looked_at_is_not_denied(library: Library) -> None:
    photo_id = library.add("1.jpg", caption="A lawn.")
    (hit,) = library.service.search(Query("lawn", must_not=("dog",))).hits
    assert (hit.photo_id, hit.why.denied) == (photo_id, 0)
    assert hit.why.passed == (Condition.MUST_NOT,)


def test_many_photos_that_show_it_do_not_crowd_out_those_that_do_not(library: Library) -> None:
    dogs, lawn = library.encoder.encode(["a dog on a lawn", "a lawn"])
    ids = [library.add(f"{number}.jpg") for number in range(240)]
    with transaction(library.db):
        for photo_id in ids:
            vector = lawn if photo_id % 80 == 0 else dogs
            replace_embeddings(library.db, photo_id, Kind.PHOTO, "r", vector[None], [HUBNESS])
    assert library.find("a dog on a lawn", must_not=("dog",), limit=5) == [80, 160, 240]


@pytest.mark.parametrize(
    ("caption", "stays"),
    [
        ("A dog without a leash.", True),
        ("There is no red leash on it.", True),
        ("A dog that isn't wearing a collar or leash.", True),
        ("No cat, no leash.", True),
        ("A dog not pulling at its leash.", False),
        ("Without a collar, a dog pulls at its leash.", False),
        ("No other leash is as long.", False),
        ("No collar and a leash.", False),
        ("Dogs with and without leash.", False),
        ("No leash here. A leash there.", False),
        ("A note about leashes.", False),
    ],
)
def test_a_caption_that_says_that_there_is_none_does_not_rule_a_photo_out(
    library: Library, caption: str, stays: bool
) -> None:
    photo_id = library.add("1.jpg", caption=caption)
    assert library.find("", must_not=("leash",)) == [photo_id] * stays


def test_it_is_told_that_the_caption_says_that_there_is_none(library: Library) -> None:
    library.add("1.jpg", caption="A dog on a lawn. It is not wearing a leash, and no hat.")
    (hit,) = library.service.search(Query("a dog", must_not=("leash",))).hits
    assert hit.why.absent == ("not wearing a leash",)
    assert hit.why.summary.startswith("The caption says “not wearing a leash” and")
    (hit,) = library.service.search(Query("a dog", must_not=("cat",))).hits
    assert hit.why.absent == ()


def test_what_is_written_in_a_photo_or_tagged_counts_even_where_the_caption_denies_it(library: Library) -> None:
    library.add("1.jpg", caption="No dog.", text="BEWARE OF THE DOG")
    library.add("2.jpg", caption="No dog.", tags=(Tag("dog", 0.9),))
    assert library.find("", must_not=("dog",)) == []


def test_what_must_not_be_there_is_looked_for_again_where_the_catalog_has_changed(library: Library) -> None:
    lawn, other = library.add("1.jpg", "a lawn"), library.add("2.jpg", "a lawn")
    assert set(library.find("a lawn", must_not=("dog",))) == {lawn, other}
    library.caption(other, "A dog on a lawn.")
    assert library.find("a lawn", must_not=("dog",)) == [lawn]
    library.show(lawn, "a dog")
    assert library.find("a lawn", must_not=("dog",)) == []
