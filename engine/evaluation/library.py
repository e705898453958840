"""A library of captioned photos, indexed as any other, that can be asked for its recall."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.api import Engine, Home, Query, Stage
from engine.catalog.captions import captions_by_fingerprint
from engine.catalog.connection import open_reader
from engine.catalog.embeddings import Kind, read_embeddings
from engine.errors import CannotWrite, FolderUnavailable
from engine.evaluation.captioned_folder import CaptionedPhoto
from engine.evaluation.ranks import Answer, Question, Ways, rank_answers
from engine.evaluation.request import Request, RequestKind
from engine.evaluation.retriever import Retriever
from engine.search.candidates import Asked
from engine.search.service import SearchService

_PLAN = "everything"
_PHOTO_ALONE = "photo only"


class MeasuredLibrary:
    """Photos that are indexed, what people say of each of them, and the retriever that looks for them."""

    def __init__(
        self, engine: Engine, retriever: Retriever, service: SearchService, photos: Sequence[CaptionedPhoto]
    ) -> None:
        self._engine = engine
        self._retriever = retriever
        self._service = service
        self._photos = photos
        self._ids: dict[int, int] = {}
        self._fingerprints: dict[str, int] = {}
        self._find()
        self._features = _features(engine.home)

    @classmethod
    @contextlib.contextmanager
    def open(
        cls,
        home: Home,
        folder: Path,
        photos: Sequence[CaptionedPhoto],
        retriever: Retriever,
        *,
        all_views: bool = True,
        caption: bool = False,
    ) -> Iterator["MeasuredLibrary"]:
        """Index a folder that holds exactly these photos, and close the library at the end.

        What is indexed already costs another retriever no more than a projection a photo. With `caption`, photos
        without captions get those of the model in use. Raises `FolderUnavailable` where no photo can be read.
        """
        left_out = {Stage.TEXT, *([] if all_views else [Stage.VIEWS]), *([] if caption else [Stage.CAPTION])}
        service = SearchService(home, retriever.text_encoder)
        with (
            Engine.open(home, leave_out=left_out, head=retriever.head, text_encoder=retriever.text_encoder) as engine,
            contextlib.closing(service),
        ):
            if not engine.folders():
                engine.add_folder(folder)
            _finish(engine)
            yield cls(engine, retriever, service, photos)

    def _find(self) -> None:
        places = {photo.path.name: place for place, photo in enumerate(self._photos)}
        for hit in self._service.search(Query(limit=len(self._photos))).hits:
            self._ids[places[hit.paths[0].name]] = hit.photo_id
            self._fingerprints[hit.fingerprint] = hit.photo_id
        if not self._ids:
            raise FolderUnavailable("None of the photos in this folder can be read.", "Index it to hear why.")

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def captioned(self) -> int:
        """How many photos have a caption."""
        return len(captions_of(self._engine.home))

    def rank(self, requests: Sequence[Request], ways: Mapping[RequestKind, Ways]) -> list[Answer]:
        """Make the requests, but for those of photos that cannot be read, by each way to search of their kind, and,
        unless they are captions as they are, as they are understood."""
        readable = [request for request in requests if {request.photo, request.reference} <= {None, *self._ids}]
        vectors = self._retriever.encode([request.text for request in readable])
        questions = [self._question(request, vector) for request, vector in zip(readable, vectors, strict=True)]
        return list(rank_answers(self._service, questions, len(self), ways))

    def rank_by_other_captions(self, requests: Sequence[Request], ways: Mapping[RequestKind, Ways]) -> list[Answer]:
        """Do the same with each photo captioned by what people say of it, but for the caption that a request is made
        of; photos with one caption are not asked for."""
        answers: list[Answer] = []
        for asked in range(max(len(photo.captions) for photo in self._photos)):
            self._caption({own: _others(self._photos[place].captions, asked) for place, own in self._ids.items()})
            answers += self.rank([request for request in requests if self._is_made_of(request, asked)], ways)
        return answers

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

    def _is_made_of(self, request: Request, caption: int) -> bool:
        return request.caption == caption and len(self._photos[request.photo].captions) > 1

    def _question(self, request: Request, vector: NDArray[np.float32]) -> Question:
        reference = None if request.reference is None else self._ids[request.reference]
        visual = None if reference is None else self._features[reference]
        return Question(
            request.kind,
            Asked(request.text, vector, visual),
            self._understand(request, reference),
            self._ids[request.photo],
            reference,
            frozenset(self._ids[place] for place in request.without if place in self._ids),
        )

    def _understand(self, request: Request, reference: int | None) -> dict[str, Query]:
        if request.kind is RequestKind.SHORT:
            return {}
        photo = None if reference is None else self._engine.reference(reference)
        query = self._engine.understand(request.text, photo).to_query(limit=len(self))
        if photo is None:
            return {_PLAN: query}
        return {_PHOTO_ALONE: photo.about(Query(limit=len(self))), _PLAN: photo.about(query)}


def captions_of(home: Home) -> dict[str, str]:
    """Return all captions of a library under the content hashes of their photos."""
    with contextlib.closing(open_reader(home.catalog)) as db:
        return captions_by_fingerprint(db)


def _features(home: Home) -> dict[int, NDArray[np.float32]]:
    """Return the raw image-encoder output of every photo, float32 (1536,), by its id."""
    with contextlib.closing(open_reader(home.catalog)) as db:
        table = read_embeddings(db, Kind.VISUAL)
    return dict(zip(table.photo_ids.tolist(), table.vectors.astype(np.float32), strict=True))


def _finish(engine: Engine) -> None:
    if not engine.wait_until_idle():
        raise CannotWrite(" ".join(engine.progress().notices))


def _others(captions: Sequence[str], asked: int) -> str:
    """Join all captions but one, a sentence each."""
    return " ".join(f"{text.rstrip(' .')}." for place, text in enumerate(captions) if place != asked)
