"""Read the text in photos, once they are searchable."""

from sqlite_utils import Database

from engine.catalog import fulltext
from engine.catalog.work import Stage
from engine.indexing.lane import Lane, Outcome, PhotoJob, StageQueue
from engine.indexing.reading import READ, open_decode_worker
from engine.paths import Home

_RECIPE = "rapidocr 1"


def text_lane(home: Home) -> Lane[PhotoJob]:
    """Return the lane that reads text in photos, in a decode worker of its own."""
    worker = open_decode_worker(home)
    queue = StageQueue(Stage.TEXT, _RECIPE, needs_file=True)

    def run(job: PhotoJob) -> Outcome:
        thumbnail = home.thumbnail(job.fingerprint)
        text = worker.request("read_text", {"path": str(job.path), "thumbnail": str(thumbnail)})["text"]

        def save(db: Database) -> None:
            fulltext.write_text_in_photo(db, job.photo_id, text)
            queue.complete(db, job)

        return save

    waits_for = (READ, Stage.VISUAL, Stage.SENTENCES, Stage.VIEWS)
    return Lane(Stage.TEXT, queue, run, waits_for=waits_for, close=worker.close)
