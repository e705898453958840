"""Embed captions sentence by sentence, and judge how well they fit their photos."""

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.captioning.profile import STARTER_NAME
from engine.catalog import captions, embeddings
from engine.catalog.captions import Caption, Standing
from engine.catalog.embeddings import Kind
from engine.catalog.work import Stage
from engine.embedding.recipe import recipe_of
from engine.embedding.sentences import SENTENCES_VERSION, encode_caption
from engine.embedding.text_encoder import TextEncoder
from engine.indexing.lane import Lane, Outcome, PhotoJob, StageQueue
from engine.learning.grounding import Grounding


def sentence_lane(encoder: TextEncoder, grounding: Grounding) -> Lane[PhotoJob]:
    """Return the lane that embeds captions. Captions to withhold keep no vectors; the user's words are not judged."""
    queue = StageQueue(Stage.SENTENCES, recipe_of(encoder.recipe, SENTENCES_VERSION, grounding.recipe))

    def run(job: PhotoJob) -> Outcome:
        vectors = encode_caption(encoder, job.caption)

        def save(db: Database) -> None:
            caption = captions.read_caption(db, job.photo_id)
            if caption and caption.text == job.caption:
                standing = caption.standing if caption.locked else _judge(db, grounding, caption, vectors)
                searched = vectors[:0] if standing is Standing.WITHHELD else vectors
                embeddings.replace_embeddings(db, job.photo_id, Kind.SENTENCE, queue.recipe, searched)
            queue.complete(db, job)

        return save

    return Lane(Stage.SENTENCES, queue, run)


def standing_of(grounding: Grounding, probability: float, model: str) -> Standing:
    """Return what becomes of a model's caption that is right with a probability in [0, 1]."""
    if probability >= grounding.threshold:
        return Standing.CONFIDENT
    return Standing.WITHHELD if model == STARTER_NAME else Standing.UNCERTAIN


def _judge(db: Database, grounding: Grounding, caption: Caption, vectors: NDArray[np.float32]) -> Standing:
    """Store and return the standing of a model's caption; where the photo has no place yet it cannot be judged."""
    photo = embeddings.read_photo_vector(db, caption.photo_id)
    standing, probability = Standing.UNCERTAIN, None
    if photo and len(vectors):
        probability = grounding.judge(vectors, photo.vector, photo.hubness)
        standing = standing_of(grounding, probability, caption.model or "")
    captions.judge_caption(db, caption.photo_id, standing, probability)
    return standing
