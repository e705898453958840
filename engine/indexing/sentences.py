"""Embed captions sentence by sentence."""

from sqlite_utils import Database

from engine.catalog import embeddings
from engine.catalog.embeddings import Kind
from engine.catalog.work import Stage
from engine.embedding.sentences import split_sentences
from engine.embedding.text_encoder import TextEncoder
from engine.indexing.lane import Lane, Outcome, PhotoJob, StageQueue


def sentence_lane(encoder: TextEncoder) -> Lane[PhotoJob]:
    """Return the lane that embeds captions."""
    queue = StageQueue(Stage.SENTENCES, encoder.recipe)

    def run(job: PhotoJob) -> Outcome:
        vectors = encoder.encode(split_sentences(job.caption))

        def save(db: Database) -> None:
            embeddings.replace_embeddings(db, job.photo_id, Kind.SENTENCE, queue.recipe, vectors)
            queue.complete(db, job)

        return save

    return Lane(Stage.SENTENCES, queue, run)
