"""What a library can be looked through by, with how many photos there are of each."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

RECENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Facet:
    """A name that photos share, and how many do."""

    name: str
    photos: int


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its towns, the most photographed first. Photos out of town count for the country alone."""

    name: str
    photos: int
    cities: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of all photos in sight: years from the newest, all else from the most frequent. `recent` were added within
    the last 30 days, `duplicates` lie in several files, `excluded` are out of sight."""

    total: int
    recent: int
    duplicates: int
    excluded: int
    years: tuple[Facet, ...]
    countries: tuple[Country, ...]
    cameras: tuple[Facet, ...]
    kinds: tuple[Facet, ...]


def read_facets(db: Database) -> Facets:
    """Count everything but bursts, which no single photo tells: .25 s for 100,000 photos."""
    (total, recent) = db.execute(
        "SELECT count(*), coalesce(sum(added_at >= ?), 0) FROM visible_photos", [_recent_since()]
    ).fetchone()
    return Facets(
        total=total,
        recent=recent,
        duplicates=len(list_duplicates(db)),
        excluded=db.execute(
            "SELECT count(*) FROM excluded_photos WHERE photo_id IN (SELECT photo_id FROM files)"
        ).fetchone()[0],
        years=_count(db, "substr(taken_at, 1, 4)", "name DESC"),
        countries=_countries(db),
        cameras=_count(db, "camera", "count(*) DESC, name"),
        kinds=_count(db, "kind", "count(*) DESC, name"),
    )


def list_recent(db: Database) -> list[int]:
    """Return the photos added within the last 30 days, the last added first."""
    rows = db.execute(
        "SELECT photo_id FROM visible_photos WHERE added_at >= ? ORDER BY added_at DESC, photo_id DESC",
        [_recent_since()],
    )
    return [row[0] for row in rows]


def list_duplicates(db: Database) -> list[int]:
    """Return the photos that several files hold, those with the most files first."""
    rows = db.execute(
        """SELECT photo_id FROM files
        WHERE photo_id IS NOT NULL AND photo_id NOT IN (SELECT photo_id FROM excluded_photos)
        GROUP BY photo_id HAVING count(*) > 1 ORDER BY count(*) DESC, photo_id DESC"""
    )
    return [row[0] for row in rows]


def _recent_since() -> str:
    return (datetime.now(UTC) - timedelta(days=RECENT_DAYS)).isoformat(timespec="seconds")


def _count(db: Database, column: str, order: str) -> tuple[Facet, ...]:
    rows = db.execute(
        f"""SELECT {column} AS name, count(*) FROM visible_photos WHERE {column} IS NOT NULL
        GROUP BY name ORDER BY {order}"""
    )
    return tuple(Facet(*row) for row in rows)


def _countries(db: Database) -> tuple[Country, ...]:
    totals: defaultdict[str, int] = defaultdict(int)
    cities: defaultdict[str, list[Facet]] = defaultdict(list)
    for country, city, photos in db.execute(
        """SELECT country, city, count(*) FROM visible_photos WHERE country IS NOT NULL
        GROUP BY country, city ORDER BY count(*) DESC, city"""
    ):
        totals[country] += photos
        if city:
            cities[country].append(Facet(city, photos))
    ordered = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Country(name, photos, tuple(cities[name])) for name, photos in ordered)
