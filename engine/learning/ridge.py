"""Fit an affine map from one space to another in closed form."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SMALLEST_DEVIATION = 1e-6


@dataclass(frozen=True, slots=True)
class AffineMap:
    """Map rows (n, inputs) to (n, outputs) by `rows @ weight + bias`."""

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]

    def apply(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        return rows @ self.weight + self.bias


def fit_ridge(
    inputs: NDArray[np.floating], targets: NDArray[np.floating], importance: NDArray[np.floating], penalty: float
) -> AffineMap:
    """Return the map that minimises importance x squared error + penalty x squared size of the map.

    Inputs (n, inputs) are standardised first, so the penalty treats all of them alike; targets are (n, outputs) and
    importance is (n,). The penalty is in units of rows: ten times the rows want ten times the penalty. Computed in
    float64. Source: Hoerl and Kennard, Ridge Regression (1970).
    """
    rows = inputs.astype(np.float64)
    mean = np.average(rows, axis=0, weights=importance)
    deviation = np.sqrt(np.average((rows - mean) ** 2, axis=0, weights=importance)) + _SMALLEST_DEVIATION
    standard = (rows - mean) / deviation
    middle = np.average(targets, axis=0, weights=importance)
    weighted = standard.T * importance
    normal = weighted @ standard + penalty * np.eye(standard.shape[1])
    weight = np.linalg.solve(normal, weighted @ (targets - middle)) / deviation[:, None]
    return AffineMap(weight.astype(np.float32), (middle - mean @ weight).astype(np.float32))
