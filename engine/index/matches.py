"""What a search in one space returns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Matches:
    """The best row of each photo, best first: `photo_ids` and `parts` int64 (n,), `scores` float32 (n,)."""

    photo_ids: NDArray[np.int64]
    parts: NDArray[np.int64]
    scores: NDArray[np.float32]

    @classmethod
    def none(cls) -> "Matches":
        """Return no matches."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))

    def __len__(self) -> int:
        return len(self.photo_ids)


def best_per_photo(
    photo_ids: NDArray[np.int64], parts: NDArray[np.int64], scores: NDArray[np.float32], count: int
) -> Matches:
    """Keep the best row of each photo and then the `count` best photos; ties go to the lower `photo_id`."""
    order = np.lexsort((photo_ids, -scores))
    _, first = np.unique(photo_ids[order], return_index=True)
    best = order[np.sort(first)[:count]]
    return Matches(photo_ids[best], parts[best], scores[best])
