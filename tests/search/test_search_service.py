"""A search finds what is meant, shows why, and survives whatever is typed."""

import threading
from pathlib import Path

import numpy as np
import pytest
from made_up_library import HUBNESS, Library

from engine.catalog import captions, files, folders
from engine.catalog.captions import Standing
from engine.catalog.connection import transaction
from engine.catalog.embeddings import Kind, replace_embeddings
from engine.catalog.tags import Tag
from engine.embedding.text_encoder import TextEncoder
from engine.errors import CatalogMissing
from engine.paths import Home
from engine.search.explain import Column, WordMatch
from engine.search.query import Query, Source
from engine.search.service import SearchService


@pytest.fixture
def three(library: Library) -> tuple[int, int, int]:
    """A photo that has no caption yet, one that has, and one that has another."""
    return (
        library.add("a.jpg", shows="a dog running on a sandy beach"),
        library.add("b.jpg", "people on a street", "A man in a red coat crosses the street. A tram waits."),
        library.add("c.jpg", "a plate of food", "A pizza with basil lies on a wooden table."),
    )


def test_a_photo_is_found_by_what_it_shows(library: Library, three: tuple[int, ...]) -> None:
    assert library.find("a puppy near the sea")[0] == three[0]


def test_a_photo_is_found_by_a_detail_of_its_caption_and_the_sentence_is_shown(
    library: Library, three: tuple[int, ...]
) -> None:
    hit = library.service.search(Query("streetcar at a stop")).hits[0]
    assert hit.photo_id == three[1]
    assert hit.why.sentence == "A tram waits."
    assert hit.caption == "A man in a red coat crosses the street. A tram waits."


def test_a_sentence_that_does_not_match_is_not_shown(library: Library, three: tuple[int, ...]) -> None:
    assert {hit.why.sentence for hit in library.service.search(Query("a volcano")).hits} == {None}


def test_each_source_says_its_own_score(library: Library, encoder: TextEncoder, three: tuple[int, ...]) -> None:
    words = "a pizza on a table"
    hit = library.service.search(Query(words)).hits[0]
    query, sentence, photo = encoder.encode([words, "A pizza with basil lies on a wooden table.", "a plate of food"])
    said = {match.source: match for match in hit.why.sources}
    assert hit.photo_id == three[2]
    assert set(said) == {Source.SENTENCE, Source.PHOTO, Source.WORDS}
    assert said[Source.SENTENCE].score == pytest.approx(query @ sentence, abs=2e-3)
    assert said[Source.PHOTO].score == pytest.approx(2 * query @ photo - HUBNESS, abs=4e-3)
    assert said[Source.WORDS].score == pytest.approx(1)
    assert hit.score == pytest.approx(sum(match.evidence for match in hit.why.sources), abs=1e-4)
    assert [match.evidence for match in hit.why.sources] == sorted(
        (match.evidence for match in hit.why.sources), reverse=True
    )


def test_words_are_found_in_names_places_and_texts_and_shown_as_written_there(library: Library) -> None:
    for number in range(5):
        library.add(f"other {number}.jpg", "something else", "A wall.")
    named = library.add("Holidays/Grandma Brännö.jpg", shows="a house")
    placed = library.add("x.jpg", shows="a house", city="Zürich", country="Switzerland")
    written = library.add("y.jpg", shows="a house", text="OPEN\nBakery 1897")
    for words, photo_id, match in (
        ("branno", named, WordMatch("brännö", Column.NAMES)),
        ("zurich", placed, WordMatch("zürich", Column.PLACES)),
        ("bakeries", written, WordMatch("bakery", Column.TEXT_IN_PHOTO)),
    ):
        hit = library.service.search(Query(words)).hits[0]
        assert hit.photo_id == photo_id
        assert hit.why.words == (match,)
        assert f"“{match.word}” is in the {match.column}" in hit.why.summary.replace("It", "it")


def test_the_summary_is_one_sentence_that_names_the_reasons(library: Library, three: tuple[int, ...]) -> None:
    def summary(words: str) -> str:
        return library.service.search(Query(words, limit=1)).hits[0].why.summary

    assert summary("a dog on the beach") == "It looks like what you describe."
    assert summary("a pizza with basil") == (
        "The caption says “A pizza with basil lies on a wooden table.” and “pizza”, “basil” are in the caption."
    )
    assert summary("quantum chromodynamics") == "One of the nearest, but no strong match."
    assert summary("") == "It is one of your photos."


def test_a_caption_that_misses_the_point_costs_little_and_one_that_hits_wins(library: Library) -> None:
    bare = library.add("bare.jpg", shows="a cat sleeping on a sofa")
    missed = library.add("missed.jpg", shows="a cat sleeping on a sofa", caption="A living room with a lamp.")
    hit = library.add("hit.jpg", shows="a cat sleeping on a sofa", caption="A cat sleeps on a sofa.")
    other = library.add("other.jpg", shows="a red car", caption="A red car on a road.")
    assert library.find("cat asleep on a couch") == [hit, bare, missed, other]


@pytest.mark.parametrize(
    "text",
    [
        '"', "'", "a-b", "*", "NEAR(a, b)", "caption:dog", "dog AND", "(", ")", "^dog", "dog*", "\\", "\0", "a\0b", "%",
        "O'Brien's", "👍", "犬 ビーチ", "\ud800", "; DROP TABLE photos; --", "\n\t", "-", "+dog", "{names}: dog",
        "the of and", "dog " * 3000, "x" * 10_000, "é" * 10_000, " ".join(map(str, range(2500))),
    ],
)  # fmt: skip
def test_any_text_is_safe_to_search_for(library: Library, three: tuple[int, ...], text: str) -> None:
    assert sorted(library.find(text)) == sorted(three)


def test_a_library_without_photos_finds_nothing(library: Library) -> None:
    assert library.find("dog") == library.find("") == []


def test_a_missing_library_is_named(tmp_path: Path, encoder: TextEncoder) -> None:
    service = SearchService(Home(tmp_path / "nowhere"), encoder)
    with pytest.raises(CatalogMissing):
        service.search(Query("dog"))
    service.close()


def test_the_limit_is_kept(library: Library) -> None:
    ids = [library.add(f"{number}.jpg", shows=f"{number} dogs") for number in range(30)]
    for limit, count in ((5, 5), (0, 0), (-1, 0), (1000, 30)):
        assert len(library.find("dogs", limit=limit)) == count
        assert len(library.find("", limit=limit)) == count
    assert sorted(library.find("dogs", limit=1000)) == ids


def test_more_photos_than_there_are_candidates_come_when_they_are_asked_for(library: Library) -> None:
    vector = library.encoder.encode(["a dog"])
    ids = [library.add(f"{number}.jpg") for number in range(260)]
    with transaction(library.db):
        for photo_id in ids:
            replace_embeddings(library.db, photo_id, Kind.PHOTO, "r", vector, [HUBNESS])
    assert library.find("dog", limit=260) == ids


def test_a_photo_in_two_files_comes_once_with_both_paths(library: Library) -> None:
    photo_id = library.add("one.jpg", shows="a dog")
    library.put("copy/two.jpg", photo_id)
    (hit,) = library.service.search(Query("dog")).hits
    assert hit.paths == (Path("/photos/one.jpg"), Path("/photos/copy/two.jpg"))


def test_a_photo_whose_files_are_gone_is_not_found_until_one_is_back(library: Library) -> None:
    stays = library.add("stays.jpg", shows="a dog", caption="A dog.")
    gone = library.add("gone.jpg", shows="a dog", caption="A dog.")
    assert library.find("dog") == [stays, gone]
    with transaction(library.db):
        files.forget_files(library.db, [Path("/photos/gone.jpg")])
    for words in ("dog", "gone", ""):
        assert library.find(words) == [stays]
    library.put("back.jpg", gone)
    assert library.find("dog") == [stays, gone]
    with transaction(library.db):
        folders.remove_folder(library.db, library.folder_id)
    assert library.find("dog") == []


def test_a_new_caption_is_found_at_once(library: Library) -> None:
    photo_id = library.add("a.jpg", shows="a street")
    other = library.add("b.jpg", shows="a street")
    assert library.find("a street with a bakery")[0] in (photo_id, other)
    library.caption(other, "A bakery on a street corner.")
    assert library.find("a street with a bakery")[0] == other
    library.caption(other, "A parking lot.")
    assert library.find("a street with a bakery")[0] == photo_id


def test_a_sentence_that_is_no_longer_in_the_caption_is_not_shown(library: Library) -> None:
    photo_id = library.add("a.jpg", caption="A house. A dog sleeps.")
    with transaction(library.db):
        captions.edit_caption(library.db, photo_id, "A house.")
    (hit,) = library.service.search(Query("a sleeping dog")).hits
    assert hit.why.sources[0].source is Source.SENTENCE
    assert hit.why.sentence is None


def test_a_caption_that_is_withheld_is_neither_shown_nor_found(library: Library) -> None:
    photo_id = library.add("a.jpg", shows="a lake")
    library.write(photo_id, "A plate of pasta.", Standing.WITHHELD, 0.1)
    (hit,) = library.service.search(Query("pasta")).hits
    assert (hit.caption, hit.standing, hit.grounding) == (None, Standing.WITHHELD, 0.1)
    assert (hit.why.sentence, hit.why.words) == (None, ())
    assert {match.source for match in hit.why.sources} == {Source.PHOTO}


def test_hits_tell_how_far_their_captions_can_be_relied_on(library: Library) -> None:
    library.add("none.jpg", shows="a lake")
    library.add("yours.jpg", shows="a lake", caption="Our lake.")
    library.write(library.add("model's.jpg", shows="a lake"), "A lake.", Standing.CONFIDENT, 0.9)
    library.write(library.add("doubted.jpg", shows="a lake"), "A sea.", Standing.UNCERTAIN, 0.2)
    hits = {hit.paths[0].stem: hit for hit in library.service.search(Query("lake")).hits}
    assert {name: (hit.caption, hit.standing, hit.grounding) for name, hit in hits.items()} == {
        "none": (None, None, None),
        "yours": ("Our lake.", Standing.YOURS, None),
        "model's": ("A lake.", Standing.CONFIDENT, 0.9),
        "doubted": ("A sea.", Standing.UNCERTAIN, 0.2),
    }


def test_a_word_in_an_uncertain_caption_is_shown_as_one_in_the_caption(library: Library) -> None:
    photo_id = library.add("a.jpg")
    library.write(photo_id, "A lighthouse at dusk.", Standing.UNCERTAIN, 0.25)
    (hit,) = library.service.search(Query("lighthouse", sources=frozenset({Source.WORDS}))).hits
    assert hit.why.words == (WordMatch("lighthouse", Column.CAPTION),)
    assert hit.why.summary == "“lighthouse” is in the caption."


def test_tags_are_shown_and_found_by_word(library: Library) -> None:
    tags = (Tag("dog", 0.9), Tag("hot air balloon", 0.7), Tag("snow", 0.8))
    tagged = library.add("a.jpg", shows="a lake", tags=tags)
    library.add("b.jpg", shows="a lake", tags=(Tag("cat", 0.9),))
    library.add("c.jpg", shows="a lake")
    hit = library.service.search(Query("dogs and balloons")).hits[0]
    assert (hit.photo_id, hit.tags) == (tagged, (tags[0], tags[2], tags[1]))
    assert set(hit.why.words) == {WordMatch("dog", Column.TAGS), WordMatch("balloon", Column.TAGS)}
    assert hit.why.summary.startswith("“dog”, “balloon” are among the tags")


def test_a_photo_finds_its_like(library: Library) -> None:
    same = library.add("same.jpg", looks=[3, 4, 0])
    near = library.add("near.jpg", looks=[2, 4, 0])
    library.add("words only.jpg", shows="a dog")
    far = library.add("far.jpg", looks=[0, 0, 1])
    hits = library.service.search(Query(visual=np.array([6, 8, 0], dtype=np.float32))).hits
    assert [hit.photo_id for hit in hits] == [same, near, far]
    assert hits[0].why.sources[0].source is Source.VISUAL
    assert hits[0].why.sources[0].score == pytest.approx(1, abs=1e-3)
    assert hits[0].why.summary == "It looks like your photo."


def test_words_and_a_photo_together_find_what_fits_both(library: Library) -> None:
    library.add("beach.jpg", shows="a sunny beach", looks=[1, 0])
    both = library.add("beach dog.jpg", shows="a dog on a sunny beach", looks=[1, 0.1])
    library.add("sofa dog.jpg", shows="a dog on a sofa", looks=[0, 1])
    assert library.find("dog", visual=np.array([1, 0], dtype=np.float32))[0] == both


def test_only_the_sources_that_were_asked_speak(library: Library, three: tuple[int, ...]) -> None:
    for source in (Source.SENTENCE, Source.PHOTO, Source.WORDS):
        hits = library.service.search(Query("pizza on a table", sources=frozenset({source}))).hits
        assert hits[0].photo_id == three[2] or source is Source.PHOTO
        assert {match.source for hit in hits for match in hit.why.sources} == {source}
    assert library.find("xylophone", sources=frozenset({Source.WORDS})) == []


def test_the_time_of_each_stage_is_told(library: Library, three: tuple[int, ...]) -> None:
    elapsed_s = library.service.search(Query("dog")).elapsed_s
    assert list(elapsed_s) == ["encode", "filter", "words", "vectors", "fuse", "describe"]
    assert all(0 < seconds < 5 for seconds in elapsed_s.values())


def test_several_threads_search_while_another_writes(library: Library) -> None:
    first = library.add("first.jpg", shows="a steam locomotive", caption="A steam locomotive.")
    found: list[list[int]] = []
    problems: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                found.append(library.find("steam locomotive"))
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    added = [library.add(f"{number}.jpg", "a flower", f"Flower number {number}.") for number in range(40)]
    library.service.refresh(library.db)
    done.set()
    for thread in threads:
        thread.join(20)
    assert problems == []
    assert len(found) > 3
    assert all(ids[0] == first for ids in found)
    assert sorted(library.find("steam locomotive")) == [first, *added]


def test_another_process_searches_the_same_library_and_writes_nothing(
    library: Library, encoder: TextEncoder, three: tuple[int, ...]
) -> None:
    library.service.keep_up(library.db, lambda: False)
    other = SearchService(library.home, encoder)
    assert other.search(Query("pizza")).hits[0].photo_id == three[2]
    before = sorted(path.name for path in library.home.root.rglob("*"))
    added = library.add("d.jpg", shows="a lighthouse")
    assert other.search(Query("lighthouse")).hits[0].photo_id == added
    assert sorted(path.name for path in library.home.root.rglob("*")) == before
    other.close()
