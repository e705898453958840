"""What a photo's file says of itself, as a person would say it."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from engine.api import PhotoDetails

translate = QCoreApplication.translate
_FRACTIONS_BELOW_S = 0.3


def list_facts(details: PhotoDetails, locale: QLocale) -> list[tuple[str, str]]:
    """Return names and values, without those that nobody knows."""
    facts = [
        (translate("Facts", "Date"), _date(details.taken_at, locale)),
        (translate("Facts", "Place"), details.place),
        (translate("Facts", "Position"), _position(details)),
        (translate("Facts", "Camera"), details.camera or ""),
        (translate("Facts", "Lens"), details.lens or ""),
        (translate("Facts", "Exposure"), _exposure(details, locale)),
        (translate("Facts", "Size"), _size(details, locale)),
        (translate("Facts", "Kind"), (details.kind or "").capitalize()),
        (translate("Facts", "Note"), details.warning or ""),
    ]
    return [(name, value) for name, value in facts if value]


def _date(taken_at: str | None, locale: QLocale) -> str:
    taken = QDateTime.fromString(taken_at or "", Qt.DateFormat.ISODate)
    if not taken.isValid():
        return ""
    day = locale.toString(taken.date(), QLocale.FormatType.LongFormat)
    return f"{day}, {locale.toString(taken.time(), QLocale.FormatType.ShortFormat)}"


def _position(details: PhotoDetails) -> str:
    if details.latitude is None or details.longitude is None:
        return ""
    north, east = ("N" if details.latitude >= 0 else "S"), ("E" if details.longitude >= 0 else "W")
    return f"{abs(details.latitude):.4f}° {north}, {abs(details.longitude):.4f}° {east}"


def _exposure(details: PhotoDetails, locale: QLocale) -> str:
    parts = [
        f"{_seconds(details.exposure_s, locale)} s" if details.exposure_s else "",
        f"f/{_short(details.f_number, locale)}" if details.f_number else "",
        f"ISO {details.iso}" if details.iso else "",
        f"{_short(details.focal_length_mm, locale)} mm" if details.focal_length_mm else "",
    ]
    return " · ".join(part for part in parts if part)


def _seconds(exposure_s: float, locale: QLocale) -> str:
    """Return "1/250" for short times, as cameras do, and "2.5" for long ones."""
    return f"1/{round(1 / exposure_s)}" if exposure_s < _FRACTIONS_BELOW_S else _short(exposure_s, locale)


def _size(details: PhotoDetails, locale: QLocale) -> str:
    width, height = locale.toString(details.width_px), locale.toString(details.height_px)
    megapixels = locale.toString(details.width_px * details.height_px / 1e6, "f", 1)
    return f"{width} × {height} · {megapixels} MP · {details.format}"


def _short(number: float, locale: QLocale) -> str:
    return locale.toString(number, "g", 4)
