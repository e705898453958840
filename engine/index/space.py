"""How each kind of embedding is laid out for inner-product search."""

import logging
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.catalog.embeddings import EmbeddingTable, Kind

_LOG = logging.getLogger(__name__)
_NORM_TOLERANCE = 0.01
_LIKENESS = 768  # numbers of the encoder's last layer, which come first: they tell likeness, at half the memory


@dataclass(frozen=True, slots=True)
class Space:
    """Turn stored embeddings and queries into vectors whose inner product, times `scale`, is the score.

    `SENTENCE`: cosine. `VISUAL`: cosine of the image encoder's last layer. `PHOTO`: 2 cos(query, photo) - hubness
    (CSLS, Conneau et al. 2018, arXiv 1710.04087); half the hubness is appended to the photo, negated, and a one to the
    query, so that the corrected score itself is searched and nothing has to be over-fetched and sorted again.
    """

    kind: Kind

    @property
    def scale(self) -> float:
        return 2.0 if self.kind is Kind.PHOTO else 1.0

    @property
    def rows_per_photo(self) -> int:
        return 4 if self.kind is Kind.SENTENCE else 1

    def rows(self, table: EmbeddingTable) -> tuple[NDArray[np.bool_], NDArray[np.float16]]:
        """Return which rows can be searched, bool (n,), and those rows, f16 (m, d).

        A vector that is not finite or has no direction would poison a graph, so it is left out and logged.
        """
        vectors = self._likeness(table.vectors.astype(np.float32))
        norms = np.linalg.norm(vectors, axis=1)
        if self.kind is Kind.VISUAL:
            usable = np.isfinite(norms) & (norms > 0)
            vectors /= np.where(usable, norms, np.float32(1))[:, None]
        else:
            usable = np.abs(norms - 1) < _NORM_TOLERANCE
        if self.kind is Kind.PHOTO:
            usable &= np.isfinite(table.hubness)
            vectors = np.column_stack([vectors, (table.hubness / -2).astype(np.float32)])
        if not usable.all():
            _LOG.warning("%d %s embeddings cannot be searched: not finite or not unit", (~usable).sum(), self.kind)
        return usable, vectors[usable].astype(np.float16)

    def asked(self, query: NDArray[np.float32], hubness: float = 1.0) -> NDArray[np.float32]:
        """Return a query vector, float32 (d,), as the rows are laid out; `hubness` is how far that of photos counts."""
        if self.kind is Kind.VISUAL:
            likeness = self._likeness(query)
            return likeness / max(float(np.linalg.norm(likeness)), 1e-12)
        return np.append(query, np.float32(hubness)) if self.kind is Kind.PHOTO else query

    def _likeness(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return vectors[..., :_LIKENESS] if self.kind is Kind.VISUAL else vectors
