"""How far indexing is, in a line that a person understands."""

from PySide6.QtCore import QCoreApplication

from desktop.library.wording import counted, photos_text, time_text
from engine.api import Activity, Progress, Stage

_READING = "read"


def progress_text(progress: Progress) -> str:
    """Return such a line as "12,431 photos · 9,876 captioned · 2.1 a second · about 20 min left"."""
    parts = [photos_text(progress.photos), _captioned(progress), *_activity(progress)]
    return " · ".join(part for part in parts if part)


def problems_text(failures: int) -> str:
    """Say how many things went wrong; nothing where there are none."""
    return counted(failures, _tr("problem"), _tr("problems")) if failures else ""


def _captioned(progress: Progress) -> str:
    count = progress.stages.get(Stage.CAPTION)
    if count is None or not count.done:
        return ""
    if count.done >= progress.photos:
        return _tr("all captioned")
    return _tr("{number} captioned").format(number=f"{count.done:,}")


def _activity(progress: Progress) -> list[str]:
    match progress.activity:
        case Activity.PAUSED:
            return [_tr("paused")]
        case Activity.IDLE:
            return []
        case Activity.SCANNING if not progress.files_pending:
            return [_tr("looking for photos…")]
    left = progress.seconds_left
    return [_rate_text(_rate(progress)), _tr("{time} left").format(time=time_text(left)) if left else ""]


def _rate(progress: Progress) -> float:
    """Return the rate of what takes longest of all that waits: captions, or whatever comes before them."""
    waiting = [stage.value for stage, count in progress.stages.items() if count.pending]
    lanes = [*waiting, *([_READING] if progress.files_pending else [])]
    return min((rate for lane in lanes if (rate := progress.rates.get(lane))), default=0.0)


def _rate_text(rate: float) -> str:
    if not rate:
        return _tr("indexing…")
    if rate < 1:
        return _tr("one every {seconds} s").format(seconds=f"{1 / rate:.0f}")
    return _tr("{rate} a second").format(rate=f"{rate:.1f}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("progress_text", text)
