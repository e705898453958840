"""What lies among photos without being one of them: bins, caches, and the insides of photo libraries."""

import os
import stat
from pathlib import PurePath

from engine.imaging.formats import is_photo_name

_FOLDERS = frozenset(
    (
        "#recycle", "#snapshot", "$recycle.bin", "@eadir", "@recently-snapshot", "@recycle", "@tmp", "__macosx",
        "lost+found", "recycled", "recycler", "system volume information",
    )
)  # fmt: skip
_PACKAGES = (
    ".aplibrary", ".app", ".cocatalog", ".fcpbundle", ".imovielibrary", ".lrcat-data", ".lrdata", ".lrlibrary",
    ".migratedaplibrary", ".migratedphotolibrary", ".photolibrary", ".photoslibrary", ".theater", ".tvlibrary",
)  # fmt: skip

_MACOS_HIDDEN = 0x8000  # UF_HIDDEN
_MACOS_DATALESS = 0x40000000  # SF_DATALESS: the content is in iCloud, and reading it downloads it
_WINDOWS_IN_CLOUD = stat.FILE_ATTRIBUTE_OFFLINE | 0x400000  # FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS


def is_skipped_folder(name: str) -> bool:
    """Tell whether a folder of this name is left out.

    Hidden folders are: programs keep thumbnails, bins, unedited originals and version histories in them
    (`.thumbnails`, `.Trash-1000`, `.dtrash`, `.picasaoriginals`, `.stversions`), people do not keep photos there.
    Whoever does can choose the hidden folder itself.
    """
    folded = name.casefold()
    return name.startswith(".") or folded in _FOLDERS or folded.endswith(_PACKAGES)


def is_skipped_file(name: str) -> bool:
    """Tell whether a file is no photo by its name, or hidden: `._IMG_1.jpg`, `.trashed-…`, `.pending-…`."""
    return name.startswith(".") or not is_photo_name(name)


def is_inside_skipped(inner: PurePath) -> bool:
    """Tell whether any folder of a path, relative to a chosen folder, is left out by its name."""
    return any(is_skipped_folder(name) for name in inner.parts)


def is_hidden(status: os.stat_result) -> bool:
    """Tell whether Windows or macOS hides a folder whatever its name is, as they do with `AppData` and `~/Library`."""
    attributes, flags = getattr(status, "st_file_attributes", 0), getattr(status, "st_flags", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN or flags & _MACOS_HIDDEN)


def is_in_cloud(status: os.stat_result) -> bool:
    """Tell whether only the name of a file is on this disk (iCloud, OneDrive): reading it would download it."""
    attributes, flags = getattr(status, "st_file_attributes", 0), getattr(status, "st_flags", 0)
    return bool(attributes & _WINDOWS_IN_CLOUD or flags & _MACOS_DATALESS)


def name_in_cloud(name: str) -> str | None:
    """Return the name of the photo that an iCloud placeholder (`.IMG_1.HEIC.icloud`) stands for."""
    return name[1:-7] if name.startswith(".") and name.endswith(".icloud") else None
