"""What the sidebar lists: sections of entries, each with what it stands for."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from desktop.library.selection import Selection, Special, year_filter
from engine.api import Country, Facet, Facets, Filters, Folder, FolderState, PhotoKind


class Section(StrEnum):
    """The sections, in their order; the first and the last have no heading."""

    PHOTOS = "photos"
    FOLDERS = "folders"
    PLACES = "places"
    YEARS = "years"
    CAMERAS = "cameras"
    KINDS = "kinds"
    ODDITIES = "oddities"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the sidebar. `key` tells it from others and stays the same; without a `selection` it leads to the
    problems. `note` is what is to be seen of its state, `hint` says more, and `folder` is there for a folder."""

    key: str
    label: str
    icon: str
    count: int | None = None
    selection: Selection | None = None
    note: str = ""
    hint: str = ""
    folder: Folder | None = None
    children: tuple["Entry", ...] = ()


def heading(section: Section) -> str:
    """Return what stands above a section."""
    headings = {
        Section.FOLDERS: _tr("Folders"),
        Section.PLACES: _tr("Places"),
        Section.YEARS: _tr("Years"),
        Section.CAMERAS: _tr("Cameras"),
        Section.KINDS: _tr("Kinds"),
    }
    return headings.get(section, "")


def list_entries(
    facets: Facets, folders: Iterable[Folder], scanned_now: Set[int], failures: int
) -> dict[Section, tuple[Entry, ...]]:
    """Return all sections that have something in them; `scanned_now` holds ids of folders."""
    sections = {
        Section.PHOTOS: _photos(facets),
        Section.FOLDERS: tuple(_folder(folder, folder.folder_id in scanned_now) for folder in folders),
        Section.PLACES: tuple(_country(country) for country in facets.countries),
        Section.YEARS: tuple(_year(year) for year in facets.years),
        Section.CAMERAS: tuple(_camera(camera) for camera in facets.cameras),
        Section.KINDS: tuple(_kind(kind) for kind in facets.kinds),
        Section.ODDITIES: _oddities(facets, failures),
    }
    return {section: entries for section, entries in sections.items() if entries}


def _photos(facets: Facets) -> tuple[Entry, ...]:
    everything, recent = _tr("All photos"), _tr("Recently added")
    return (
        Entry("all", everything, "photo", facets.total, Selection(everything)),
        Entry("recent", recent, "time", facets.recent, Selection(recent, special=Special.RECENT)),
    )


def _folder(folder: Folder, is_scanned: bool) -> Entry:
    label = folder.path.name or str(folder.path)
    is_away = folder.state is FolderState.OFFLINE
    return Entry(
        f"folder:{folder.folder_id}",
        label,
        "folder-offline" if is_away else "folder",
        selection=Selection(label, Filters(folder=folder.path)),
        note=_tr("offline") if is_away else _tr("looking…") if is_scanned else "",
        hint=f"{folder.path}\n{folder_state(folder, is_scanned)}",
        folder=folder,
    )


def folder_state(folder: Folder, is_scanned: bool) -> str:
    """Say what is done about a folder: it is looked at just now, watched, or away."""
    if folder.state is FolderState.OFFLINE:
        return _tr("Offline: its photos can be found, and are looked at again when it is back.")
    if is_scanned or folder.scanned_at is None:
        return _tr("Looking for new photos…")
    if folder.on_network:
        return _tr("On the network: looked at now and then.")
    return _tr("Watched: new photos are found by themselves.")


def _country(country: Country) -> Entry:
    cities = tuple(_place(f"{country.name}/{city.name}", city) for city in country.cities)
    place = Facet(country.name, country.photos)
    return _place(country.name, place, children=cities)


def _place(key: str, place: Facet, children: tuple[Entry, ...] = ()) -> Entry:
    selection = Selection(place.name, Filters(places=frozenset({place.name})))
    return Entry(f"place:{key}", place.name, "place", place.photos, selection, children=children)


def _year(year: Facet) -> Entry:
    return Entry(f"year:{year.name}", year.name, "date", year.photos, Selection(year.name, year_filter(year.name)))


def _camera(camera: Facet) -> Entry:
    selection = Selection(camera.name, Filters(cameras=frozenset({camera.name})))
    return Entry(f"camera:{camera.name}", camera.name, "camera", camera.photos, selection)


def _kind(kind: Facet) -> Entry:
    labels = {
        PhotoKind.SCREENSHOT: _tr("Screenshots"),
        PhotoKind.SELFIE: _tr("Selfies"),
        PhotoKind.PANORAMA: _tr("Panoramas"),
        PhotoKind.BURST: _tr("Bursts"),
    }
    named = PhotoKind(kind.name)
    selection = Selection(labels[named], Filters(kinds=frozenset({named})))
    return Entry(f"kind:{kind.name}", labels[named], "kind", kind.photos, selection)


def _oddities(facets: Facets, failures: int) -> tuple[Entry, ...]:
    doubles, hidden = _tr("Duplicates"), _tr("Left out of search")
    entries = (
        Entry("duplicates", doubles, "copy", facets.duplicates, Selection(doubles, special=Special.DUPLICATES)),
        Entry("excluded", hidden, "hidden", facets.excluded, Selection(hidden, special=Special.EXCLUDED)),
        Entry("problems", _tr("Could not be read"), "warning", failures),
    )
    return tuple(entry for entry in entries if entry.count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("entries", text)
