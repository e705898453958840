"""Put the candidates in order, and say how strong each of them is."""

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.search.candidates import Evidence
from engine.search.denial import denied
from engine.search.fusion import fuse
from engine.search.query import Query, Sort
from engine.search.sight import SHOWN

STRONG = 0.5
"""From here on a photo is more likely than not what was asked for."""

_SLOPE, _EVEN = 2.5, 1.4
_SLOPE_BY_PHOTO, _EVEN_BY_PHOTO = 0.7, 6.4
_SLOPE_BY_CHANGE, _EVEN_BY_CHANGE = 0.65, 5.6


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The candidates that are shown, in their order: what is said of each, and float32 (n,) its `scores` in nats, what
    of these its looks took away because of what must not be in it (`denied`, at most 0), and its `strengths`."""

    evidence: Evidence
    scores: NDArray[np.float32]
    denied: NDArray[np.float32]
    strengths: NDArray[np.float32]

    @property
    def strong(self) -> int:
        """How many of the first photos are strong matches."""
        weak = np.flatnonzero(self.strengths < STRONG)
        return int(weak[0]) if len(weak) else len(self.strengths)


def rank(db: Database, evidence: Evidence, doubts: NDArray[np.float32], query: Query) -> Ranking:
    """Return the best candidates for a query, without the weak tail that its strictness cuts off.

    `doubts` (n,) is how likely each shows what must not be in it: from .5 on it is no strong match, and comes last
    where nothing else is asked. Equals come newest first. By date, only strong matches are shown where there are any:
    of a hundred photos with some likeness to the query, the newest would be any.
    """
    said, taken = fuse(evidence), denied(doubts)
    everything = Ranking(evidence, said + taken, taken, _strengths(query, evidence, said) * (1 - doubts))
    if not evidence.scores:
        return _shown(everything, np.argsort(doubts >= SHOWN, kind="stable"), query)
    newness = _newness(db, evidence.photo_ids)
    order = np.lexsort((-newness, -everything.scores))
    if query.sort is not Sort.RELEVANCE:
        order = order[: max(query.limit, 0)]
        strong = everything.strengths[order] >= STRONG
        order = _by_date(order[strong] if strong.any() else order, newness, query.sort)
    return _shown(everything, order, query)


def _shown(everything: Ranking, order: NDArray[np.int64], query: Query) -> Ranking:
    enough = everything.strengths[order] >= min(query.strictness, 1) * STRONG
    shown = order[enough][: max(query.limit, 0)]
    scores, taken, strengths = (own[shown] for own in (everything.scores, everything.denied, everything.strengths))
    return Ranking(everything.evidence.at(shown), scores, taken, strengths)


def _strengths(query: Query, evidence: Evidence, said: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how likely each photo is what was asked for, sigmoid(2.5 (evidence - 1.4)); 1 where nothing was asked.

    Measured by packaging/models/calibrate_search.py on 704 photos by heads that had not seen them, in galleries of 176,
    with human captions of none, half or all of them: queries are their captions, and those of COCO photos that none of
    these photos fits (its nearest human caption has a cosine below .4). The best hit is called strong for .75, .86 and
    1.00 of the queries that a photo fits, and for .03, .00 and .00 of those that none does; 1.4 is where the latter
    comes to one in thirty. A logistic regression would call a third of them strong, for nearly all queries fit.

    A photo is like many, so the evidence for its like starts higher: .7 (evidence - 6.4) for a photo alone and .65
    (evidence - 5.6) with a change. They call .63 and .19 of the best hits strong and none of the fiftieth, for 640
    Flickr8k photos without captions and 2,310 changes of one or two words, in galleries of 160 by heads that had not
    seen them; the slopes are those of photos whose human captions have a cosine of .5, which fit, against .35.
    """
    if not evidence.scores:
        return np.ones(len(said), dtype=np.float32)
    slope, even = _scale(query)
    strengths: NDArray[np.float32] = (1 / (1 + np.exp(-slope * (said - even)))).astype(np.float32)
    return strengths


def _scale(query: Query) -> tuple[float, float]:
    if query.placed is not None:
        return (_SLOPE_BY_CHANGE, _EVEN_BY_CHANGE) if query.text else (_SLOPE_BY_PHOTO, _EVEN_BY_PHOTO)
    return _SLOPE, _EVEN if query.text else 0.0


def _newness(db: Database, photo_ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place of each photo from the oldest on; -1 without a date."""
    rows = db.execute(
        "SELECT photo_id, taken_at FROM photos WHERE photo_id IN (SELECT value FROM json_each(?))",
        [json.dumps(photo_ids.tolist())],
    )
    taken = dict(rows.fetchall())
    moments = np.array([taken.get(photo_id) or "" for photo_id in photo_ids.tolist()], dtype=np.str_)
    known, places = np.unique(moments, return_inverse=True)
    return places - int(len(known) > 0 and not known[0])


def _by_date(order: NDArray[np.int64], newness: NDArray[np.int64], sort: Sort) -> NDArray[np.int64]:
    """Return the photos newest or oldest first, undated ones last, equals as they were."""
    own = newness[order]
    dated = own if sort is Sort.OLDEST else -own
    return order[np.lexsort((dated, own < 0))]
