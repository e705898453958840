"""Where on Earth a photo was taken, in words, from a table of towns that lies beside the program.

The table has every town of about 1,000 people or more (GeoNames, CC BY 4.0); `packaging/places` builds it.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from engine.paths import RESOURCES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EARTH_RADIUS_KM = 6371.0
_MAX_DISTANCE_KM = 100.0
_MAX_REACH_KM = 25.0
_PEOPLE_PER_SQUARE_KM = 5600


@dataclass(frozen=True, slots=True)
class Place:
    """The town that people would name, how far its centre is, and the quarter or suburb that is nearer."""

    city: str
    district: str | None
    region: str | None
    country: str
    distance_km: float


@dataclass(frozen=True, slots=True)
class _Towns:
    points: "NDArray[np.float64]"
    reaches_km: "NDArray[np.float64]"
    region: "NDArray[np.uint16]"
    regions: list[str]
    names: list[str]


def nearest_place(latitude: float, longitude: float) -> Place | None:
    """Return where a position in degrees is, or None more than 100 km from any town: no name beats a wrong one.

    Cities reach as far as their people need room for: beside the Eiffel Tower the nearest town is Vanves, but it is
    Paris that is remembered. Only a city of the same region reaches out, so Jersey City does not become New York.
    """
    import numpy as np

    towns = _load()
    here = _on_unit_sphere(np.array(latitude), np.array(longitude))
    cosines = np.einsum("ij,j->i", towns.points, here)  # a matrix product wakes OpenBLAS's threads: 8 ms for 0.5
    around = np.flatnonzero(cosines > np.cos(_MAX_DISTANCE_KM / _EARTH_RADIUS_KM))
    if len(around) == 0:
        return None
    distances_km = np.arccos(cosines[around].clip(max=1)) * _EARTH_RADIUS_KM
    nearest = int(distances_km.argmin())
    relative = distances_km / towns.reaches_km[around]
    relative[(relative > 1) | (towns.region[around] != towns.region[around[nearest]])] = np.inf
    chosen = int(relative.argmin()) if relative.min() <= 1 else nearest
    return _describe(towns, int(around[chosen]), int(around[nearest]), float(distances_km[chosen]))


@lru_cache(maxsize=1)  # asked whenever the catalog has changed, and its towns hardly ever do
def regions_of_towns(names: frozenset[str]) -> dict[str, set[str]]:
    """Return in which regions and countries there are towns of these names: "Paris" is in Texas, too; 60 ms."""
    import numpy as np

    found: dict[str, set[str]] = defaultdict(set)
    with np.load(RESOURCES / "places" / "places.npz") as table:
        regions = [region.split("\t") for region in _lines(table["regions"])]
        for name, region in zip(_lines(table["names"]), table["region"].tolist(), strict=True):
            if name in names:
                found[name].update(filter(None, regions[region]))
    return dict(found)


def _describe(towns: _Towns, chosen: int, nearest: int, distance_km: float) -> Place:
    region, country = towns.regions[towns.region[chosen]].split("\t")
    district = towns.names[nearest] if towns.names[nearest] != towns.names[chosen] else None
    return Place(towns.names[chosen], district, region or None, country, round(distance_km, 1))


@cache
def _load() -> _Towns:
    import numpy as np  # 120 ms, so only for those whose photos have positions

    with np.load(RESOURCES / "places" / "places.npz") as table:
        reaches_km = np.sqrt(np.maximum(table["population"], 1) / _PEOPLE_PER_SQUARE_KM)
        return _Towns(
            _on_unit_sphere(table["latitude"].astype(np.float64), table["longitude"].astype(np.float64)),
            reaches_km.clip(max=_MAX_REACH_KM),
            table["region"],
            _lines(table["regions"]),
            _lines(table["names"]),
        )


def _lines(text: "NDArray[np.uint8]") -> list[str]:
    return text.tobytes().decode("utf-8").split("\n")


def _on_unit_sphere(latitude: "NDArray[np.float64]", longitude: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return one point (x, y, z) per row: unlike degrees, these are right beside the poles and across 180° east."""
    import numpy as np

    phi, theta = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)], axis=-1)
