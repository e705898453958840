"""A measured library is asked as people ask any other."""

import contextlib
import hashlib
import json
import shutil
from pathlib import Path

import pytest
from coloured import draw_coloured

from engine.api import Home
from engine.catalog.connection import open_reader
from engine.catalog.embeddings import Kind, read_embeddings
from engine.embedding.text_encoder import TextEncoder
from engine.evaluation.captioned_folder import CaptionedPhoto, read_captioned_folder
from engine.evaluation.library import MeasuredLibrary
from engine.evaluation.request import Request, RequestKind
from engine.evaluation.retriever import Retriever
from engine.learning.visual_head import HELDOUT_HEAD, VisualHead
from engine.paths import SHIPPED_MODELS
from engine.search.query import Source

WAYS = {
    kind: {"photo": frozenset({Source.VISUAL}), "words": frozenset({Source.WORDS})}
    for kind in (RequestKind.SHORT, RequestKind.MODIFICATION)
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two balls, and a file that is no photo."""
    folder = draw_coloured(tmp_path / "coloured")
    for name in ("1.png", "3.png", "5.png"):
        (folder / "photos" / name).unlink()
    (folder / "photos" / "4.png").write_text("this is not a photo")
    return folder


def rank(folder: Path, home: Path, requests: list[Request]) -> dict[tuple[int, str], int]:
    photos: list[CaptionedPhoto] = read_captioned_folder(folder)
    retriever = Retriever.trained(VisualHead.open())
    with MeasuredLibrary.open(Home(home), folder / "photos", photos, retriever, all_views=False) as library:
        answers = library.rank_by_other_captions(requests, WAYS)
    return {(place, answer.way): answer.rank for place, answer in enumerate(answers)}


def test_a_reference_is_not_ranked_and_its_likeness_counts(folder: Path, tmp_path: Path) -> None:
    """Of two photos only one is left, so likeness alone finds it; without a word of it in a caption it comes last."""
    change = Request(RequestKind.MODIFICATION, "blue", photo=1, caption=0, reference=0)
    assert list(rank(folder, tmp_path / "home", [change]).values()) == [1, 1]


def test_requests_of_photos_that_cannot_be_read_are_left_out(folder: Path, tmp_path: Path) -> None:
    requests = [
        Request(RequestKind.SHORT, "A black ball", photo=2, caption=0),
        Request(RequestKind.MODIFICATION, "blue", photo=1, caption=0, reference=2),
        Request(RequestKind.SHORT, "A blue ball", photo=1, caption=0),
    ]
    assert rank(folder, tmp_path / "home", requests) == {(0, "photo"): 2, (1, "words"): 1}


def test_another_retriever_embeds_captions_again_and_costs_no_encoding_of_photos(folder: Path, tmp_path: Path) -> None:
    """Without thumbnails, no photo could be encoded."""
    photos, home = read_captioned_folder(folder), Home(tmp_path / "home")
    first = Retriever.trained(VisualHead.open())
    with MeasuredLibrary.open(home, folder / "photos", photos, first) as library:
        library.take_captions(dict.fromkeys(fingerprints(home), "A ball."))
    before, recipes = vectors_of(home), sentence_recipes(home)
    shutil.rmtree(home.thumbnails)
    other = TextEncoder.open(copy_text_encoder(tmp_path / "other"))
    second = Retriever("other", other, VisualHead.open(name=HELDOUT_HEAD))
    with MeasuredLibrary.open(home, folder / "photos", photos, second) as library:
        assert (len(library), library.captioned) == (2, 2)
    after = vectors_of(home)
    assert after[Kind.VISUAL] == before[Kind.VISUAL]
    assert after[Kind.PHOTO] != before[Kind.PHOTO]
    assert sentence_recipes(home).isdisjoint(recipes)


def copy_text_encoder(folder: Path) -> Path:
    """Copy the text encoder to a folder of its own, so alike that only its recipe differs."""
    folder.mkdir()
    shutil.copy(SHIPPED_MODELS / "text_encoder.onnx", folder)
    vocabulary = folder / "text_tokenizer.json"
    vocabulary.write_text((SHIPPED_MODELS / vocabulary.name).read_text("utf-8") + "\n", "utf-8")
    entries = [
        {"file": path.name, "bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in folder.iterdir()
    ]
    (folder / "manifest.json").write_text(json.dumps({"files": entries}))
    return folder


def fingerprints(home: Home) -> list[str]:
    with contextlib.closing(open_reader(home.catalog)) as db:
        return [row[0] for row in db.execute("SELECT fingerprint FROM photos")]


def sentence_recipes(home: Home) -> set[str]:
    with contextlib.closing(open_reader(home.catalog)) as db:
        rows = db.execute("SELECT recipe FROM embeddings WHERE kind = ?", [Kind.SENTENCE])
        return {row[0] for row in rows}


def vectors_of(home: Home) -> dict[Kind, bytes]:
    with contextlib.closing(open_reader(home.catalog)) as db:
        return {kind: read_embeddings(db, kind).vectors.tobytes() for kind in (Kind.VISUAL, Kind.PHOTO)}
