"""Encode text into the space in which queries, captions and photos meet."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from engine.embedding.onnx_session import OnnxSession
from engine.embedding.recipe import recipe_of
from engine.embedding.shipped_models import shipped_model
from engine.errors import ModelUnavailable
from engine.paths import SHIPPED_MODELS

LONGEST_WORD_PIECES = 256
_BATCH = 32


class TextEncoder:
    """all-MiniLM-L6-v2: sentences to unit vectors. What else is encoded in the same call changes nothing."""

    dimensions = 384

    def __init__(self, session: OnnxSession, tokenizer: Tokenizer, recipe: str) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self.recipe = recipe

    @classmethod
    def open(cls, folder: Path = SHIPPED_MODELS) -> "TextEncoder":
        """Load the shipped encoder; raise `ModelUnavailable` if a file is missing or damaged."""
        model, vocabulary = shipped_model("text_encoder.onnx", folder), shipped_model("text_tokenizer.json", folder)
        recipe = recipe_of(model.sha256, vocabulary.sha256, str(LONGEST_WORD_PIECES))
        return cls(OnnxSession.open(model.path), open_tokenizer(vocabulary.path), recipe)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector per text, (n, 384); text beyond 256 word pieces is not read.

        Texts of like length go through the model together, so that little time is lost on padding. Halves of
        characters, which undecodable command lines contain, are read as question marks.
        """
        whole = [text.encode(errors="replace").decode() for text in texts]
        encodings = self._tokenizer.encode_batch(whole)
        by_length = sorted(range(len(encodings)), key=lambda row: len(encodings[row].ids))
        vectors = np.empty((len(encodings), self.dimensions), np.float32)
        for start in range(0, len(by_length), _BATCH):
            rows = by_length[start : start + _BATCH]
            vectors[rows] = self._encode_batch([encodings[row] for row in rows])
        return vectors

    def _encode_batch(self, encodings: list[Encoding]) -> NDArray[np.float32]:
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        return self._session.run(ids=ids, attention_mask=mask)


def open_tokenizer(vocabulary: Path) -> Tokenizer:
    """Load a vocabulary, cut texts at 256 word pieces and leave padding to the encoder."""
    try:
        tokenizer = Tokenizer.from_file(str(vocabulary))
    except Exception as error:  # the Rust side raises plain Exception
        raise ModelUnavailable("The vocabulary of the text encoder can't be read.", str(error), vocabulary) from error
    tokenizer.enable_truncation(LONGEST_WORD_PIECES)
    tokenizer.no_padding()
    return tokenizer
