"""A library of captioned photos, indexed as any other, that can be asked for its recall."""

import contextlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.api import Engine, Home, Query, Stage
from engine.embedding.text_encoder import TextEncoder
from engine.errors import CannotWrite, FolderUnavailable
from engine.evaluation.captioned_folder import CaptionedPhoto
from engine.evaluation.ranks import Question, Ways, rank_answers
from engine.learning.visual_head import VisualHead
from engine.search.service import SearchService


class MeasuredLibrary:
    """Photos that are indexed, and what people say of each of them."""

    def __init__(self, engine: Engine, encoder: TextEncoder, service: SearchService) -> None:
        self._engine = engine
        self._encoder = encoder
        self._service = service
        self._photos: dict[int, CaptionedPhoto] = {}
        self._fingerprints: dict[str, int] = {}

    @classmethod
    @contextlib.contextmanager
    def open(
        cls, home: Home, folder: Path, photos: Sequence[CaptionedPhoto], head: VisualHead, *, all_views: bool = True
    ) -> Iterator["MeasuredLibrary"]:
        """Index a folder that holds exactly these photos, and close the library at the end.

        Raises `FolderUnavailable` where none of them can be read.
        """
        leave_out = {Stage.TEXT, Stage.CAPTION, *([] if all_views else [Stage.VIEWS])}
        encoder = TextEncoder.open()
        service = SearchService(home, encoder)
        with (
            Engine.open(home, leave_out=leave_out, head=head) as engine,
            contextlib.closing(service),
        ):
            if not engine.folders():
                engine.add_folder(folder)
            _finish(engine)
            library = cls(engine, encoder, service)
            library._find(photos)
            yield library

    def _find(self, photos: Sequence[CaptionedPhoto]) -> None:
        by_name = {photo.path.name: photo for photo in photos}
        for hit in self._service.search(Query(limit=len(photos))).hits:
            self._photos[hit.photo_id] = by_name[hit.paths[0].name]
            self._fingerprints[hit.fingerprint] = hit.photo_id
        if not self._photos:
            raise FolderUnavailable("None of the photos in this folder can be read.", "Index it to hear why.")

    def __len__(self) -> int:
        return len(self._photos)

    def rank(self, ways: Ways) -> dict[str, NDArray[np.int64]]:
        """Ask for each photo by each of its captions; return the ranks of the right photos by way of searching."""
        return self._rank(
            [Question(text, photo_id) for photo_id, photo in self._photos.items() for text in photo.captions], ways
        )

    def rank_by_other_captions(self, ways: Ways) -> dict[str, NDArray[np.int64]]:
        """Do the same with each photo captioned by what people say of it, but for the caption that is asked."""
        ranks: defaultdict[str, list[NDArray[np.int64]]] = defaultdict(list)
        for asked in range(max(len(photo.captions) for photo in self._photos.values())):
            self._caption({photo_id: _others(photo.captions, asked) for photo_id, photo in self._photos.items()})
            questions = [
                Question(photo.captions[asked], photo_id)
                for photo_id, photo in self._photos.items()
                if len(photo.captions) > max(asked, 1)
            ]
            for way, found in self._rank(questions, ways).items():
                ranks[way].append(found)
        return {way: np.concatenate(found) for way, found in ranks.items()}

    def take_captions(self, captions: Mapping[str, str]) -> int:
        """Caption the photos whose fingerprint is in `captions`; return how many those are."""
        own = {self._fingerprints[key]: text for key, text in captions.items() if key in self._fingerprints}
        self._caption(own)
        return len(own)

    def _caption(self, captions: Mapping[int, str]) -> None:
        for photo_id, text in captions.items():
            if text:
                self._engine.edit_caption(photo_id, text)
        _finish(self._engine)

    def _rank(self, questions: Sequence[Question], ways: Ways) -> dict[str, NDArray[np.int64]]:
        return rank_answers(self._service, self._encoder, questions, len(self), ways)


def _finish(engine: Engine) -> None:
    if not engine.wait_until_idle():
        raise CannotWrite(" ".join(engine.progress().notices))


def _others(captions: Sequence[str], asked: int) -> str:
    """Join all captions but one, a sentence each."""
    return " ".join(f"{text.rstrip(' .')}." for place, text in enumerate(captions) if place != asked)
