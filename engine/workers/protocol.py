"""One JSON object a line: requests and cancellations one way, results and errors the other."""

import json
from pathlib import Path
from typing import Any

from engine import errors
from engine.errors import ReverieError, UnexpectedError

Message = dict[str, Any]


def encode(message: Message) -> bytes:
    """Return a message as one line of ASCII; file names that are not valid text survive as escaped surrogates."""
    return json.dumps(message).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """Return the message on a line."""
    message: Message = json.loads(line)
    return message


def pack_error(error: ReverieError) -> Message:
    """Return a known error as it travels."""
    return {
        "type": type(error).__name__,
        "title": error.title,
        "detail": error.detail,
        "path": None if error.path is None else str(error.path),
    }


def unpack_error(packed: Message) -> ReverieError:
    """Return the error that `pack_error` packed; a type that is not ours becomes `UnexpectedError`."""
    kind = getattr(errors, packed["type"], None)
    known = kind if isinstance(kind, type) and issubclass(kind, ReverieError) else UnexpectedError
    return known(packed["title"], packed["detail"], Path(packed["path"]) if packed["path"] else None)
