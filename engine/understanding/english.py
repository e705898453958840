"""English words, as the text encoder knows them."""

import json

from engine.embedding.shipped_models import shipped_model

_SHORTEST = 2


def english_words() -> frozenset[str]:
    """Return the whole words among the 30,522 word pieces of the text encoder; 20 ms.

    Raises `ModelUnavailable` where the shipped file is missing or damaged.
    """
    pieces = json.loads(shipped_model("text_tokenizer.json").path.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(piece for piece in pieces if piece.isalpha() and len(piece) >= _SHORTEST)
