"""Read the words that a photo shows: signs, labels, pages, screens. Runs in the decode worker only."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from omegaconf import flag_override
from PIL import Image

from engine.embedding.onnx_session import open_session
from engine.imaging.decode import open_photo


@contextmanager
def _ipv6_untried() -> Iterator[None]:
    """Keep urllib3, which comes with RapidOCR for downloads that never happen here, from binding a socket on import."""
    has_ipv6, socket.has_ipv6 = socket.has_ipv6, False
    try:
        yield
    finally:
        socket.has_ipv6 = has_ipv6


with _ipv6_untried():
    import rapidocr
    from rapidocr import RapidOCR
    from rapidocr.utils.output import RapidOCROutput

_MODELS = Path(rapidocr.__file__).parent / "models"
_THREADS = 2

# A glance at 480 px costs 40 to 75 ms where reading costs 600 ms. Of 36 made signs in photos of 1600 px, their letters
# 2 % of the photo's height or more, it missed one; every third to fourth photo without text still goes to the reader.
_GLANCE_PX = 480
_GLANCE = {"Det.limit_type": "max", "Det.limit_side_len": _GLANCE_PX, "Det.box_thresh": 0.4}
_READING_PX = 1600
_READING = {"Det.limit_type": "max", "Det.limit_side_len": 1280}

# Of 240 photos, 35 had lines recorded, and each of these can be seen in its photo; what falls below was mostly noise.
_LEAST_SCORE = 0.8
_LEAST_CHARACTERS = 2


def read_text(path: Path, thumbnail: Path | None = None) -> str:
    """Return the lines of text in the photo at `path`, top to bottom, or "" where there is none.

    Our own `thumbnail`, where it exists, serves for the first glance, so that most photos are not decoded again.
    Raises `UnreadablePhoto`, and `ModelUnavailable` where the models are missing.
    """
    reader = _open_reader()
    first = thumbnail if thumbnail and thumbnail.is_file() else path
    if not reader.sees_text(open_photo(first, _GLANCE_PX)):
        return ""
    return "\n".join(reader.read(open_photo(path, _READING_PX)))


class TextReader:
    """PP-OCR by way of RapidOCR, with models from its wheel and ONNX Runtime options of ours; it never downloads."""

    def __init__(self, models: Path) -> None:
        """Load the models; raise `ModelUnavailable` where ONNX Runtime cannot."""
        cv2.setNumThreads(1)
        self.sessions: dict[str, Any] = {
            "Det": open_session(models / "PP-OCRv6_det_small.onnx", _THREADS),
            "Cls": open_session(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx", _THREADS),
            "Rec": open_session(models / "PP-OCRv6_rec_small.onnx", _THREADS),
        }
        self._glance = self._assemble({**_GLANCE, "Global.use_cls": False, "Global.use_rec": False})
        self._reading = self._assemble({**_READING, "Global.text_score": _LEAST_SCORE})

    def _assemble(self, params: dict[str, object]) -> RapidOCR:
        ocr = RapidOCR(params={"Global.log_level": "critical", **params})
        with flag_override(ocr.cfg, "allow_objects", True):
            for part, session in self.sessions.items():
                ocr.cfg[part].session = session
        return ocr

    def sees_text(self, image: Image.Image) -> bool:
        """Tell whether `image` may show text; wrong more often with yes than with no."""
        return len(self._glance(_as_bgr(image))) > 0

    def read(self, image: Image.Image) -> list[str]:
        """Return the lines of text in reading order, as far as they are more than noise."""
        result = self._reading(_as_bgr(image))
        lines = result.txts if isinstance(result, RapidOCROutput) and result.txts else ()
        return [line for line in lines if sum(map(str.isalnum, line)) >= _LEAST_CHARACTERS]


@cache
def _open_reader() -> TextReader:
    return TextReader(_MODELS)


def _as_bgr(image: Image.Image) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
