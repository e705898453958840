"""One set of photos under several conditions: with different captions, by different retrievers."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager
from pathlib import Path

from engine.evaluation.library import MeasuredLibrary, captions_of
from engine.evaluation.plan import Plan
from engine.evaluation.ranks import Answer, Ways
from engine.evaluation.request import RequestKind
from engine.evaluation.requests import make_requests
from engine.evaluation.retriever import Retriever
from engine.evaluation.table import EVERYTHING, Row
from engine.paths import Home
from engine.search.query import Source

_ALL = frozenset(Source)
_BY_LOOKS: Ways = {
    "visual head": frozenset({Source.PHOTO}),
    "names": frozenset({Source.WORDS}),
    EVERYTHING: _ALL,
}
_BY_CAPTIONS: Ways = {
    "sentences": frozenset({Source.SENTENCE}),
    "words": frozenset({Source.WORDS}),
    EVERYTHING: _ALL,
    "all but sentences": _ALL - {Source.SENTENCE},
    "all but words": _ALL - {Source.WORDS},
    "all but visual head": _ALL - {Source.PHOTO},
}
_BY_CHANGE: Ways = {"text only": _ALL - {Source.VISUAL}, EVERYTHING: _ALL}
_BY_EVERYTHING: Ways = {EVERYTHING: _ALL}
_BY_PHOTO: Ways = {"photo only": frozenset({Source.VISUAL})}
_UNCAPTIONED = {
    RequestKind.SHORT: _BY_LOOKS,
    RequestKind.VERBOSE: _BY_LOOKS,
    RequestKind.MODIFICATION: {**_BY_PHOTO, **_BY_CHANGE},
    RequestKind.NEGATION: _BY_EVERYTHING,
}
_CAPTIONED = {
    RequestKind.SHORT: _BY_CAPTIONS,
    RequestKind.VERBOSE: _BY_CAPTIONS,
    RequestKind.MODIFICATION: _BY_CHANGE,
    RequestKind.NEGATION: _BY_EVERYTHING,
}


class Experiment:
    """Index photos once, then measure what captions and retrievers make of them.

    `folder` holds exactly the photos of the plan, libraries are made in `place`, `tell` hears what is being done, and
    requests of other `kinds` are not made.
    `one_view` comes first and `human_captions` last, for they share a library; `notes` grow on the way.
    """

    def __init__(
        self,
        plan: Plan,
        folder: Path,
        place: Path,
        tell: Callable[[str], None],
        kinds: Set[RequestKind] = frozenset(RequestKind),
    ) -> None:
        self.notes: list[str] = []
        self._plan = plan
        self._folder = folder
        self._place = place
        self._home = Home(place / "library")
        self._requests = [request for request in make_requests(plan.photos) if request.kind in kinds]
        self._tell = tell

    def chance(self) -> Row:
        """Return what a blind draw reaches."""
        return Row.of_chance(len(self._plan.photos), len(self._requests))

    def one_view(self) -> Iterator[Row]:
        """Measure short requests as soon as photos are searchable at all, by the retriever of the product."""
        self._tell("Indexing the photos, one view of each")
        short = [request for request in self._requests if request.kind is RequestKind.SHORT]
        with self._open(self._home, self._plan.trained, all_views=False) as library:
            yield from _rows("none, one view", self._plan.trained, library.rank(short, _UNCAPTIONED))

    def no_captions(self) -> Iterator[Row]:
        """Measure what can be found by looks and names, when all views are there."""
        self._tell("Indexing all views")
        yield from self._measure(self._home, "none", _UNCAPTIONED)

    def own_captions(self, own: Home) -> Iterator[Row]:
        """Measure with the captions that a library of the user has of the same photos, if it has any."""
        captions = captions_of(own)
        if not captions:
            return
        self._tell("Measuring with the captions of your library")
        home = self._copy("own")
        with self._open(home, self._plan.trained) as library:
            count = library.take_captions(captions)
        if count:
            yield from self._measure(home, f"your library's, of {count}", _CAPTIONED)

    def starter_captions(self) -> Iterator[Row]:
        """Measure with captions of the model that a new library has; note where it has none or some are missing."""
        self._tell("Captioning the photos, which takes minutes")
        home = self._copy("starter")
        with self._open(home, self._plan.trained, caption=True) as library:
            count, photos = library.captioned, len(library)
        if count < photos:
            self.notes.append(_missing_captions(count, photos))
        if count:
            self._tell("Measuring with the captions of the starter model")
            yield from self._measure(home, "starter", _CAPTIONED)

    def human_captions(self) -> Iterator[Row]:
        """Measure with the captions of people; the one that a request is made of is left out."""
        self._tell("Measuring with human captions")
        for retriever in self._plan.retrievers:
            with self._open(self._home, retriever) as library:
                yield from _rows("human", retriever, library.rank_by_other_captions(self._requests, _CAPTIONED))

    def _measure(self, home: Home, captions: str, ways: Mapping[RequestKind, Ways]) -> Iterator[Row]:
        for retriever in self._plan.retrievers:
            with self._open(home, retriever) as library:
                yield from _rows(captions, retriever, library.rank(self._requests, ways))

    def _open(
        self, home: Home, retriever: Retriever, *, all_views: bool = True, caption: bool = False
    ) -> AbstractContextManager[MeasuredLibrary]:
        photos = self._plan.photos
        return MeasuredLibrary.open(home, self._folder, photos, retriever, all_views=all_views, caption=caption)

    def _copy(self, name: str) -> Home:
        """Copy the library as it is now: what was indexed need not be indexed again."""
        return Home(Path(shutil.copytree(self._home.root, self._place / name)))


def _rows(captions: str, retriever: Retriever, answers: Iterable[Answer]) -> Iterator[Row]:
    groups: defaultdict[tuple[RequestKind, bool, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[answer.kind, answer.understood, answer.way].append(answer)
    for group in groups.values():
        yield Row.of(captions, retriever.name, group)


def _missing_captions(captioned: int, photos: int) -> str:
    if captioned:
        return f"The starter model has described {captioned} of the {photos} photos; the others stay without caption."
    return "The starter model has described none of the photos, so there are no figures with its captions."
