"""Name a way of computing something, so that results of another way can be told apart."""

import hashlib


def recipe_of(*parts: str) -> str:
    """Return a short hash of everything that decides a result: model hashes, preprocessing, versions."""
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=6).hexdigest()
