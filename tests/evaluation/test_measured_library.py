"""A measured library is asked as people ask any other."""

from pathlib import Path

import pytest
from coloured import draw_coloured

from engine.api import Home
from engine.evaluation.captioned_folder import CaptionedPhoto, read_captioned_folder
from engine.evaluation.library import MeasuredLibrary
from engine.evaluation.requests import Request, RequestKind
from engine.evaluation.retriever import Retriever
from engine.learning.visual_head import VisualHead
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
