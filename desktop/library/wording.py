"""Numbers, sizes and times in words."""

from PySide6.QtCore import QCoreApplication

_MINUTE_S, _HOUR_S, _DAY_S = 60.0, 3600.0, 86400.0


def counted(number: int, one: str, many: str) -> str:
    """Return "1 photo" or "12,431 photos"; both words are given translated."""
    return f"{number:,} {one if number == 1 else many}"


def photos_text(number: int) -> str:
    """Say how many photos."""
    return counted(number, _tr("photo"), _tr("photos"))


def size_text(size_bytes: int) -> str:
    """Say how large a file is, in decimal units as disks are sold."""
    if size_bytes >= 1e9:
        return f"{size_bytes / 1e9:.1f} GB"
    return f"{max(1, round(size_bytes / 1e6)):,} MB"


def time_text(seconds: float) -> str:
    """Say roughly how long something takes: nobody can know it better."""
    if seconds < _MINUTE_S:
        return _tr("less than a minute")
    if seconds < 1.5 * _HOUR_S:
        return _tr("about {number} min").format(number=round(seconds / _MINUTE_S))
    if seconds < 2 * _DAY_S:
        return _tr("about {number} hours").format(number=round(seconds / _HOUR_S))
    return _tr("about {number} days").format(number=round(seconds / _DAY_S))


def _tr(text: str) -> str:
    return QCoreApplication.translate("wording", text)
