"""Which part of a chosen folder to look at."""

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Scope:
    """Folders to look at: `deep` ones with everything below them, `shallow` ones only for their own files."""

    deep: frozenset[Path] = frozenset()
    shallow: frozenset[Path] = frozenset()

    @classmethod
    def without_overlap(cls, deep: Set[Path], shallow: Set[Path]) -> "Scope":
        """Return the least scope that covers both sets."""
        top = frozenset(folder for folder in deep if deep.isdisjoint(folder.parents))
        return cls(top, frozenset(folder for folder in shallow if top.isdisjoint((folder, *folder.parents))))

    def covers(self, path: Path) -> bool:
        """Tell whether a file lies where this scope looks."""
        return path.parent in self.shallow or not self.deep.isdisjoint(path.parents)
