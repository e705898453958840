"""Where Reverie keeps what it makes, and where it finds what it ships."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_BUNDLED = Path(__file__).resolve().parent / "resources"
RESOURCES = _BUNDLED if _BUNDLED.is_dir() else Path(__file__).resolve().parent.parent / "resources"
SHIPPED_MODELS = RESOURCES / "models"


@dataclass(frozen=True, slots=True)
class Home:
    """Name every place inside the one folder that Reverie writes to. Photos never lie in it."""

    root: Path

    @classmethod
    def choose(cls, chosen: Path | None = None) -> "Home":
        """Take `chosen`, else `REVERIE_HOME`, else the platform's application data folder."""
        named = chosen or os.environ.get("REVERIE_HOME")
        return cls(Path(named).expanduser().resolve() if named else platformdirs.user_data_path("Reverie", False))

    def everything(self) -> tuple[Path, ...]:
        """Return all files and folders that Reverie may have made in here, whether they are there or not."""
        beside = (self.catalog.with_name(f"{self.catalog.name}{suffix}") for suffix in ("-wal", "-shm"))
        return (*self._folders(), self.catalog, *beside, self.lock)

    def create(self) -> None:
        """Make the folders that are written to; raise `OSError` where that is not possible."""
        for folder in (self.root, *self._folders()):
            folder.mkdir(parents=True, exist_ok=True)

    def _folders(self) -> tuple[Path, ...]:
        return self.thumbnails, self.previews, self.viewing, self.index, self.models, self.backups, self.logs

    @property
    def catalog(self) -> Path:
        return self.root / "catalog.db"

    @property
    def lock(self) -> Path:
        return self.root / "writer.lock"

    @property
    def thumbnails(self) -> Path:
        return self.root / "thumbnails"

    @property
    def previews(self) -> Path:
        return self.root / "previews"

    @property
    def viewing(self) -> Path:
        return self.root / "viewing"

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    def thumbnail(self, fingerprint: str) -> Path:
        """Return where the 512 px JPEG of a photo lies; 256 subfolders keep directories short."""
        return self.thumbnails / fingerprint[:2] / f"{fingerprint}.jpg"

    def preview(self, fingerprint: str) -> Path:
        """Return where the larger JPEG lies that a captioner reads; it is removed after use."""
        return self.previews / f"{fingerprint}.jpg"

    def viewing_copy(self, fingerprint: str) -> Path:
        """Return where the large JPEG lies that stands for a photo which the window cannot read."""
        return self.viewing / f"{fingerprint}.jpg"
