"""The captioning models of an open library: which there are, which is in use, and where others come from."""

import contextlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.access.session import Session
from engine.captioning.profile import STARTER_NAME
from engine.catalog.photos import fingerprint_of, reachable_path
from engine.catalog.work import Stage
from engine.errors import ModelUnavailable
from engine.indexing.captions import captioner_of
from engine.indexing.single_photo import caption_photo
from engine.models import coming, store
from engine.models.catalogue import ModelOffer, find_offer, read_catalogue
from engine.models.expectation import (
    STARTER_CORE_SECONDS,
    Expectation,
    count_to_caption,
    guess_core_seconds,
    seconds_a_photo,
)
from engine.models.installed import InstalledModel, folder_name
from engine.models.validation import validate_pair


@dataclass(frozen=True, slots=True)
class ModelShelf:
    """`installed` models, the starter first; `offers` to download, without those installed, the smallest first.

    `downloaded` tells how many bytes have come of an offer, by `model_id`, where a download has begun. `in_use` is the
    name of the model that captions, None where its files are damaged.
    """

    installed: tuple[InstalledModel, ...]
    offers: tuple[ModelOffer, ...]
    downloaded: Mapping[str, int]
    in_use: str | None


class ModelAccess(Session):
    """Choose, fetch, import, try and remove models. A name may be a model's own or, for offers, a `model_id`."""

    def models(self) -> ModelShelf:
        """Return what is there and what could be."""
        installed = tuple(store.list_models(self.home))
        there = {folder_name(model.name) for model in installed}
        offers = tuple(offer for offer in read_catalogue() if offer.model_id not in there)
        begun = {offer.model_id: coming.downloaded_bytes(self.home, offer.model_id) for offer in offers}
        return ModelShelf(
            installed,
            offers,
            {model_id: size for model_id, size in begun.items() if size},
            self.captioner.name if self.captioner else None,
        )

    def expect_captions(self, name: str) -> Expectation:
        """Return how many photos a model, installed or on offer, would caption, and in roughly how many seconds."""
        captioner, parameters = None, 0
        with contextlib.suppress(ModelUnavailable):
            installed = store.find_model(self.home, name)
            captioner, parameters = captioner_of(installed), installed.parameters
        with self._reading() as db:
            photos = count_to_caption(db, name, captioner.recipe if captioner else None)
        a_photo = self._seconds_a_photo(name, parameters)
        return Expectation(photos, None if a_photo is None else photos * a_photo)

    def download_model(
        self, model_id: str, on_bytes: Callable[[int, int], None], stop: threading.Event
    ) -> InstalledModel:
        """Fetch a model on offer, or what is missing of it, try it on a drawn picture and install it: minutes to hours.

        `on_bytes` hears how many bytes are there and how many there will be, many times a second, on the thread of this
        call. Set `stop` to pause: that raises `Cancelled`, and the next call goes on. Also raises `DownloadFailed`,
        `ModelUnavailable` and `CannotWrite`.
        """
        return coming.download_pair(self.home, find_offer(model_id), validate_pair, on_bytes, stop)

    def forget_download(self, model_id: str) -> None:
        """Throw away what has come of a model."""
        coming.forget_download(self.home, model_id)

    def import_model(self, model: Path, mmproj: Path, name: str | None = None) -> InstalledModel:
        """Copy a pair from disk once it has captioned a drawn picture; raises `ModelUnavailable` and `CannotWrite`."""
        return store.import_pair(self.home, model, mmproj, validate_pair, name)

    def use_model(self, name: str) -> None:
        """Caption with this model from now on, and again what others captioned; never what the user did.

        Raises `ModelUnavailable`, and `CatalogInUse` where another process indexes.
        """
        chosen = store.find_model(self.home, name)
        self._restart_indexing(lambda: store.use_model(self.home, chosen.name))

    def remove_model(self, name: str) -> None:
        """Delete a model's files; its captions stay. Where it was in use, the starter serves again.

        Raises `ModelUnavailable`, and `CatalogInUse` where another process may use the model.
        """
        if self._is_in_use(name) and not _same(name, STARTER_NAME):
            self._restart_indexing(lambda: store.remove_model(self.home, name))
        else:
            store.remove_model(self.home, name)

    def try_model(self, name: str, photo_id: int, stop: threading.Event | None = None) -> str:
        """Return what an installed model writes of a photo; nothing is stored, and loading it may take a minute.

        Set `stop` to give that up: it raises `Cancelled`. Also raises `ModelUnavailable`, `UnreadablePhoto` and
        `CaptionRejected`.
        """
        captioner = captioner_of(store.find_model(self.home, name))
        with self._reading() as db:
            path = reachable_path(db, photo_id) or self.home.thumbnail(fingerprint_of(db, photo_id))
        return caption_photo(self.home, captioner, path, stop)

    def _is_in_use(self, name: str) -> bool:
        return self.captioner is not None and _same(self.captioner.name, name)

    def _seconds_a_photo(self, name: str, parameters: int) -> float | None:
        """Return the pace of the model in use once it has one, else what the catalogue expects, else a guess."""
        pace = self._indexing.indexer.progress.paces.get(Stage.CAPTION) if self._indexing else None
        if pace and pace.photos_a_second and self._is_in_use(name):
            return 1 / pace.photos_a_second
        known = {offer.model_id: offer.core_seconds for offer in read_catalogue()}
        known[STARTER_NAME] = STARTER_CORE_SECONDS
        core_seconds = known.get(folder_name(name), guess_core_seconds(parameters))
        return None if core_seconds is None else seconds_a_photo(core_seconds, self.settings().threads)


def _same(name: str, other: str) -> bool:
    return folder_name(name) == folder_name(other)
