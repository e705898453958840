"""Read many ids out of SQLite at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database


def read_ids(db: Database, select: str, parameters: Sequence[str | bytes] = ()) -> NDArray[np.int64]:
    """Return what a SELECT of one column, named `id`, yields.

    SQLite joins the ids into one text: 7 ms for 71,000 instead of 36 ms row by row.
    """
    joined = db.execute(f"SELECT group_concat(id) FROM ({select})", list(parameters)).fetchone()[0]
    return np.fromstring(joined or "", dtype=np.int64, sep=",")
