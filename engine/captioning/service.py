"""What the caption worker does: load a model pair, then describe one picture after the other."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.captioning.caption import clean_caption, describe_with_retry
from engine.captioning.gguf_header import read_header
from engine.captioning.identity import caption_recipe
from engine.captioning.picture import read_picture
from engine.captioning.profile import DRAFTING
from engine.captioning.prompt import PROMPT_VERSION
from engine.captioning.vision_model import VisionModel
from engine.errors import CaptionRejected, ModelUnavailable


class CaptionService:
    """Answer `load`, `caption`, `answer` and `info`, one at a time; `cancel` may come from another thread."""

    def __init__(self) -> None:
        self._model: VisionModel | None = None
        self._info: dict[str, Any] = {}

    def handle(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked; every error that a person can be told about is a `ReverieError`."""
        if self._model is not None:
            self._model.rearm()
        if method == "load":
            return self._load(Path(params["model"]), Path(params["mmproj"]), params)
        if method == "caption":
            return self._caption(Path(params["image"]), bool(params.get("raw")))
        if method == "answer":
            return {"text": self._loaded().answer(params["question"], grammar=params["grammar"]).text}
        if method == "info":
            return self._info
        raise ValueError(method)

    def cancel(self) -> None:
        """Give up the picture in hand."""
        if self._model is not None:
            self._model.cancel()

    def close(self) -> None:
        """Free the model."""
        model, self._model, self._info = self._model, None, {}
        if model is not None:
            model.close()

    def _load(self, model: Path, mmproj: Path, params: dict[str, Any]) -> dict[str, Any]:
        """Load a pair in place of the one before; `gpu` and `threads` are left to the platform where absent."""
        self.close()
        chosen = {key: params[key] for key in ("gpu", "threads") if params.get(key) is not None}
        self._model = VisionModel.open(model, mmproj, **chosen)
        profile = self._model.profile
        self._info = {
            "name": read_header(model).name or model.stem,
            "recipe": caption_recipe(model, mmproj, profile),
            "profile": profile.family,
            "image_px": profile.image_px,
            "prompt_version": PROMPT_VERSION,
        }
        return self._info

    def _caption(self, image: Path, raw: bool) -> dict[str, Any]:
        """Describe a picture; `raw` returns whatever the model wrote, which proves that it runs.

        `drafts` are further captions of the same picture, where the profile asks for some.
        """
        model = self._loaded()
        started = time.monotonic()
        picture = read_picture(image, model.profile)
        if raw:
            reply = model.describe(picture)
            return {"text": reply.text, "seconds": time.monotonic() - started, "tokens": reply.tokens, "retried": False}
        caption = describe_with_retry(model.describe, picture, model.profile)
        return {
            "text": caption.text,
            "drafts": list(self._drafts(model)),
            "seconds": time.monotonic() - started,
            "tokens": caption.tokens,
            "retried": caption.retried,
        }

    def _loaded(self) -> VisionModel:
        if self._model is None:
            raise ModelUnavailable("No captioning model is loaded.", "Import one with “reverie models import”.")
        return self._model

    def _drafts(self, model: VisionModel) -> Iterator[str]:
        for seed in range(1, model.profile.drafts + 1):
            with contextlib.suppress(CaptionRejected):
                yield clean_caption(model.describe_again(replace(DRAFTING, seed=seed)).text)
