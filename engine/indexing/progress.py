"""How far indexing is, in numbers that a person can be told."""

import time
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlite_utils import Database

from engine.catalog.work import Stage, StageCount, count_stages

_WINDOW_S = 60.0


class Activity(StrEnum):
    """What the indexer is doing."""

    SCANNING = "scanning"
    INDEXING = "indexing"
    IDLE = "idle"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Pace:
    """How many photos a stage has done since the library was opened, and in how many seconds of its own work."""

    photos: int = 0
    seconds: float = 0.0

    def after(self, seconds: float) -> "Pace":
        """Return the pace after one more photo."""
        return Pace(self.photos + 1, self.seconds + seconds)

    @property
    def photos_a_second(self) -> float:
        """0 before the first photo."""
        return self.photos / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """One look at the library. `rates` are photos a second over the last minute; `seconds_left` is None while nothing
    can be said. `notices` are sentences about what does not go on by itself. `paces` are of the stages that time
    themselves and have done something."""

    activity: Activity = Activity.IDLE
    photos: int = 0
    files_pending: int = 0
    files_failed: int = 0
    stages: Mapping[Stage, StageCount] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)
    seconds_left: float | None = None
    notices: tuple[str, ...] = ()
    paces: Mapping[str, Pace] = field(default_factory=dict)

    @property
    def failures(self) -> int:
        """How many files could not be read and how many stages of photos could not be done."""
        return self.files_failed + sum(count.failed for count in self.stages.values())


class RateMeter:
    """Count what each lane finished within the last minute. Used by the writer thread only."""

    def __init__(self) -> None:
        self._finished: defaultdict[str, deque[float]] = defaultdict(deque)

    def add(self, lane: str) -> None:
        """Count one finished job."""
        self._finished[lane].append(time.monotonic())

    def rates(self) -> dict[str, float]:
        """Return jobs a second, for lanes that finished at least two of late."""
        now = time.monotonic()
        for times in self._finished.values():
            while times and times[0] < now - _WINDOW_S:
                times.popleft()
        return {lane: (len(times) - 1) / (now - times[0]) for lane, times in self._finished.items() if len(times) > 1}


def measure(
    db: Database,
    activity: Activity,
    meter: RateMeter,
    active: set[str],
    notices: tuple[str, ...],
    paces: Mapping[str, Pace],
) -> Progress:
    """Count everything. `active` names the lanes that take jobs: only they count towards the time left."""
    files = dict(db.execute("SELECT state, count(*) FROM files GROUP BY state").fetchall())
    stages = count_stages(db)
    files_pending = files.get("pending", 0) + files.get("running", 0)
    rates = meter.rates()
    pending = {"read": files_pending, **{stage.value: count.pending for stage, count in stages.items()}}
    waiting = {lane: number for lane, number in pending.items() if number and lane in active}
    known = all(rates.get(lane) for lane in waiting)
    return Progress(
        activity=activity,
        photos=db.execute("SELECT count(*) FROM visible_photos").fetchone()[0],
        files_pending=files_pending,
        files_failed=files.get("failed", 0),
        stages=stages,
        rates=rates,
        seconds_left=sum(number / rates[lane] for lane, number in waiting.items()) if known else None,
        notices=notices,
        paces=paces,
    )
