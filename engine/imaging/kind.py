"""Tell screenshots, selfies and panoramas where the file itself says that it is one."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from engine.imaging.exif import Tag, Tags

_SCREENSHOT_NAME = re.compile(
    r"screen[ _-]?shot|screencap|bildschirmfoto|schermafbeelding|captura de (pantalla|tela)|capture d.{1,2}écran"
    r"|schermata|skärmavbild|zrzut ekranu|снимок экрана|скриншот|スクリーンショット|屏幕截图|截屏|스크린샷",
    re.IGNORECASE,
)
_SCREENSHOT_SOFTWARE = re.compile(r"screenshot|spectacle|flameshot|greenshot|sharex|ksnip|snipping", re.IGNORECASE)
_PANORAMA_ASPECT = 2.5


class PhotoKind(StrEnum):
    """A way of taking pictures that people search for by name. No file says alone that it is one of a burst: see
    `engine.search.bursts`."""

    SCREENSHOT = "screenshot"
    SELFIE = "selfie"
    PANORAMA = "panorama"
    BURST = "burst"


def tell_kind(name: str, tags: Tags, info: Mapping[Any, Any], aspect: float) -> PhotoKind | None:
    """Return the kind that file name, EXIF, XMP or PNG text state; `aspect` is width by height."""
    if _is_screenshot(name, tags, info):
        return PhotoKind.SCREENSHOT
    if "front" in (tags.text(Tag.LENS_MODEL) or "").lower():
        return PhotoKind.SELFIE
    from_camera = tags.text(Tag.MODEL) is not None
    if b"GPano:ProjectionType" in _xmp(info) or (from_camera and aspect >= _PANORAMA_ASPECT):
        return PhotoKind.PANORAMA
    return None


def _is_screenshot(name: str, tags: Tags, info: Mapping[Any, Any]) -> bool:
    comment = tags.photo.get(Tag.USER_COMMENT)
    if isinstance(comment, bytes) and b"Screenshot" in comment:
        return True
    software = f"{tags.text(Tag.SOFTWARE) or ''} {info.get('Software', '')}"
    return bool(_SCREENSHOT_NAME.match(name) or _SCREENSHOT_SOFTWARE.search(software))


def _xmp(info: Mapping[Any, Any]) -> bytes:
    xmp = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
    return xmp.encode("utf-8", "replace") if isinstance(xmp, str) else bytes(xmp)
