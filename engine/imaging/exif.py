"""EXIF tags as plain values; whatever is malformed counts as absent."""

import math
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from PIL import Image

_FIRST_PHOTOGRAPH = 1826
_DATE = re.compile(r"(\d{4})[:\-/.](\d\d)[:\-/.](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")


class Tag(IntEnum):
    """The EXIF 3.0 tags that we read, of the image and of the photo; numbers do not overlap."""

    MAKE = 0x010F
    MODEL = 0x0110
    SOFTWARE = 0x0131
    DATE_TIME = 0x0132
    EXPOSURE_TIME = 0x829A
    F_NUMBER = 0x829D
    ISO = 0x8827
    DATE_TIME_ORIGINAL = 0x9003
    DATE_TIME_DIGITIZED = 0x9004
    OFFSET_TIME = 0x9010
    OFFSET_TIME_ORIGINAL = 0x9011
    OFFSET_TIME_DIGITIZED = 0x9012
    USER_COMMENT = 0x9286
    FOCAL_LENGTH = 0x920A
    LENS_MODEL = 0xA434


class GpsTag(IntEnum):
    """The tags of the GPS block that we read."""

    LATITUDE_REF = 1
    LATITUDE = 2
    LONGITUDE_REF = 3
    LONGITUDE = 4
    ALTITUDE_REF = 5
    ALTITUDE = 6


_PHOTO_IFD = 0x8769
_GPS_IFD = 0x8825
_TIMES = (
    (Tag.DATE_TIME_ORIGINAL, Tag.OFFSET_TIME_ORIGINAL),
    (Tag.DATE_TIME_DIGITIZED, Tag.OFFSET_TIME_DIGITIZED),
    (Tag.DATE_TIME, Tag.OFFSET_TIME),
)


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of one photo, as Pillow parsed them."""

    photo: dict[int, Any] = field(default_factory=dict)
    gps: dict[int, Any] = field(default_factory=dict)

    def text(self, tag: Tag) -> str | None:
        return _text(self.photo.get(tag))

    def positive(self, tag: Tag) -> float | None:
        """Return a tag's first number where it is above zero: no camera has an aperture or a focal length of 0."""
        number = _number(self.photo.get(tag))
        return number if number is not None and number > 0 else None

    def taken(self) -> tuple[str | None, str | None]:
        """Return local time and UTC offset of the first time tag that holds a possible moment."""
        for time_tag, offset_tag in _TIMES:
            taken_at = _moment(self.text(time_tag))
            if taken_at:
                return taken_at, _offset(self.text(offset_tag))
        return None, None

    def position(self) -> tuple[float, float] | None:
        """Return latitude and longitude in degrees; (0, 0) is what cameras write without a fix."""
        latitude = self._degrees(GpsTag.LATITUDE, GpsTag.LATITUDE_REF, "NS", 90)
        longitude = self._degrees(GpsTag.LONGITUDE, GpsTag.LONGITUDE_REF, "EW", 180)
        if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
            return None
        return latitude, longitude

    def altitude_m(self) -> float | None:
        altitude = _number(self.gps.get(GpsTag.ALTITUDE))
        below_sea = self.gps.get(GpsTag.ALTITUDE_REF) in (1, b"\1")
        return None if altitude is None else round(-altitude if below_sea else altitude, 1)

    def _degrees(self, tag: GpsTag, ref_tag: GpsTag, signs: str, limit: float) -> float | None:
        """Add degrees, minutes and seconds; without its hemisphere a number means two places, so it means none."""
        parts = self.gps.get(tag)
        hemisphere = (_text(self.gps.get(ref_tag)) or " ")[0].upper()
        numbers = [_number(part) for part in parts] if isinstance(parts, tuple) else [_number(parts)]
        known = [number for number in numbers if number is not None and number >= 0]
        if hemisphere not in signs or not 0 < len(known) == len(numbers) <= 3:
            return None
        degrees = sum(number / 60.0**power for power, number in enumerate(known))
        if degrees > limit:
            return None
        return round(-degrees if hemisphere == signs[1] else degrees, 6)


def read_tags(exif: Image.Exif) -> Tags:
    """Read the blocks of `exif` that concern a photo; a block that cannot be parsed is empty."""
    return Tags({**_block(exif, None), **_block(exif, _PHOTO_IFD)}, _block(exif, _GPS_IFD))


def _block(exif: Image.Exif, ifd: int | None) -> dict[int, Any]:
    try:
        return dict(exif if ifd is None else exif.get_ifd(ifd))
    except Exception:  # EXIF from a stranger fails in as many ways as there are tag types
        return {}


def _text(value: Any) -> str | None:
    """Return clean text; EXIF text is ASCII by the book and UTF-8 in life, and Pillow reads it as Latin-1."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    return "".join(char for char in value.split("\0")[0] if char.isprintable()).strip() or None


def _number(value: Any) -> float | None:
    if isinstance(value, tuple):
        value = value[0] if value else None
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _moment(text: str | None) -> str | None:
    match = _DATE.match(text or "")
    if match is None:
        return None
    try:
        moment = datetime.fromisoformat("{}-{}-{}T{}:{}:{}".format(*match.groups()))
    except ValueError:
        return None
    possible = moment.year >= _FIRST_PHOTOGRAPH and moment < datetime.now() + timedelta(days=1)
    return moment.isoformat() if possible else None


def _offset(text: str | None) -> str | None:
    if text == "Z":
        return "+00:00"
    match = _OFFSET.fullmatch(text or "")
    if match is None or int(match[2]) > 14 or int(match[3]) > 59:
        return None
    return f"{match[1]}{match[2]}:{match[3]}"
