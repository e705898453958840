"""What the decode worker does for the engine, one request at a time."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.imaging.decode import DecodedPhoto, decode_photo
from engine.imaging.fingerprint import fingerprint_file
from engine.imaging.metadata import read_facts
from engine.imaging.thumbnails import PREVIEW_QUALITY, THUMBNAIL_PX, shrunk, write_jpeg


class DecodeService:
    """Answer the requests of the decode worker; a `ReverieError` is an answer too, anything else a bug.

    Paths are strings that may carry surrogate escapes for names that are not valid text.
    """

    def handle(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """Do one of these and return its result, fit for JSON.

        - `fingerprint {path}`: `fingerprint`, `size_bytes`, `mtime_ns`
        - `decode {path, thumbnail, preview?, preview_px?}`: the fields of `PhotoFacts`
        - `preview {path, preview, preview_px}`: `width_px`, `height_px` of what was written
        - `read_text {path, thumbnail?}`: `text`, where an existing thumbnail saves most photos a second decoding
        """
        path = Path(params["path"])
        match method:
            case "fingerprint":
                return self._fingerprint(path)
            case "decode":
                return self._decode(path, params)
            case "preview":
                photo = decode_photo(path, params["preview_px"])
                return self._write_preview(photo, params)
            case "read_text":
                return self._read_text(path, params)
        raise ValueError(f"unknown method {method!r}")

    def cancel(self) -> None:
        """Do nothing: each request is over in a moment."""

    def close(self) -> None:
        """Do nothing: the process ends and everything with it."""

    def _fingerprint(self, path: Path) -> dict[str, Any]:
        found = fingerprint_file(path)
        return {"fingerprint": found.hex, "size_bytes": found.size_bytes, "mtime_ns": found.mtime_ns}

    def _decode(self, path: Path, params: dict[str, Any]) -> dict[str, Any]:
        """Write the thumbnail, and the preview where one is asked for, from one decoding; return the photo's facts."""
        wants_preview = "preview" in params
        photo = decode_photo(path, max(THUMBNAIL_PX, params["preview_px"] if wants_preview else 0))
        if wants_preview:
            self._write_preview(photo, params)
        write_jpeg(shrunk(photo.image, THUMBNAIL_PX), Path(params["thumbnail"]))
        return asdict(read_facts(photo, path.name))

    def _write_preview(self, photo: DecodedPhoto, params: dict[str, Any]) -> dict[str, Any]:
        image = shrunk(photo.image, params["preview_px"])
        write_jpeg(image, Path(params["preview"]), PREVIEW_QUALITY)
        return {"width_px": image.width, "height_px": image.height}

    def _read_text(self, path: Path, params: dict[str, Any]) -> dict[str, Any]:
        from engine.imaging.text_in_photo import read_text  # OpenCV and ONNX Runtime, only when the first text is due

        thumbnail = params.get("thumbnail")
        return {"text": read_text(path, Path(thumbnail) if thumbnail else None)}
