"""What a GGUF file says of itself, read in milliseconds and without llama.cpp.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. The `gguf` package reads it too, but it unpacks
every vocabulary entry and brings requests, PyYAML and tqdm along.
"""

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import TypeAlias

from engine.errors import ModelUnavailable

Scalar: TypeAlias = str | int | float | bool

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_ALIGNMENT = 32
_MAX_DIMENSIONS = 4
_STRING, _ARRAY = 8, 9
_FORMATS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """Hold the single values of a GGUF file; its arrays (vocabulary, merges) are skipped."""

    path: Path
    values: Mapping[str, Scalar]
    parameters: int

    @property
    def architecture(self) -> str:
        return self.text("general.architecture")

    @property
    def name(self) -> str:
        return self.text("general.name") or self.text("general.basename")

    @property
    def is_projector(self) -> bool:
        """Say whether this is an mmproj: the part that sees, not the part that writes."""
        return self.architecture == "clip"

    @property
    def projector(self) -> str:
        return self.text("clip.projector_type") or self.text("clip.vision.projector_type")

    @property
    def has_vision(self) -> bool:
        return bool(self.values.get("clip.has_vision_encoder"))

    @property
    def image_size_px(self) -> int:
        return self.whole("clip.vision.image_size")

    @property
    def context_tokens(self) -> int:
        return self.whole(f"{self.architecture}.context_length")

    def text(self, key: str) -> str:
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def whole(self, key: str) -> int:
        value = self.values.get(key, 0)
        return value if isinstance(value, int) else 0


def read_header(path: Path) -> GgufHeader:
    """Read the header of `path`; raise `ModelUnavailable` where it is missing, cut off or no GGUF."""
    try:
        if path.exists() and not path.is_file():  # opening a pipe would wait for ever
            raise _not_gguf(path)
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise _not_gguf(path)
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _Reader(path, data).header()
    except FileNotFoundError as error:
        raise ModelUnavailable("This model file doesn't exist.", "Check the path.", path) from error
    except UnicodeDecodeError as error:
        raise _cut_off(path) from error
    except (OSError, ValueError) as error:
        raise ModelUnavailable("Can't read this model file.", f"{error}.", path) from error


def read_pair(model: Path, mmproj: Path) -> tuple[GgufHeader, GgufHeader]:
    """Read both headers of a pair and check that each file is what it is given as.

    Raises:
        ModelUnavailable: a file is no GGUF, the two are swapped, or one of them is of the wrong kind.

    """
    headers = read_header(model), read_header(mmproj)
    writes, sees = (not headers[0].is_projector), headers[1].is_projector
    if not writes and not sees:
        raise ModelUnavailable("The two model files are swapped.", "Give the model first and its mmproj second.", model)
    if not writes:
        raise ModelUnavailable("Both files are mmproj files.", "Give the language model first.", model)
    if not sees:
        raise ModelUnavailable(
            "The second file is not an mmproj file.", "A vision model comes as two files; give both.", mmproj
        )
    if not headers[1].has_vision:
        raise ModelUnavailable("This model can't see.", "Its mmproj file is not made for pictures.", mmproj)
    return headers


def _not_gguf(path: Path) -> ModelUnavailable:
    return ModelUnavailable(
        "This file is not a GGUF model.", "Choose a file that ends in .gguf, made for llama.cpp.", path
    )


def _cut_off(path: Path) -> ModelUnavailable:
    return ModelUnavailable("This model file is damaged or cut off.", "Copy or download it again.", path)


class _Reader:
    """Walk through the header once."""

    def __init__(self, path: Path, data: mmap.mmap) -> None:
        self._path = path
        self._data = data
        self._at = 0

    def header(self) -> GgufHeader:
        self._check_version()
        tensors, entries = self._take("Q"), self._take("Q")
        if max(tensors, entries) > len(self._data):
            raise _cut_off(self._path)
        values: dict[str, Scalar] = {}
        for _ in range(entries):
            key = self._string()
            value = self._value(self._take("I"))
            if value is not None:
                values[key] = value
        return GgufHeader(self._path, values, self._parameters(tensors))

    def _check_version(self) -> None:
        self._advance(len(_MAGIC))
        if (version := self._take("I")) not in _VERSIONS:
            raise ModelUnavailable("This GGUF file is of an unknown version.", f"It says {version}.", self._path)

    def _parameters(self, tensors: int) -> int:
        """Count the weights, and check that the last tensor begins inside the file."""
        count, last = 0, 0
        for _ in range(tensors):
            self._advance(self._take("Q"))
            dimensions = min(self._take("I"), _MAX_DIMENSIONS)
            count += prod(self._take("Q") for _ in range(dimensions))
            self._take("I")
            last = max(last, self._take("Q"))
        start = -(-self._at // _ALIGNMENT) * _ALIGNMENT
        if tensors and start + last >= len(self._data):
            raise _cut_off(self._path)
        return count

    def _advance(self, size: int) -> int:
        """Step over `size` bytes and return where they begin."""
        start = self._at
        if start + size > len(self._data):
            raise _cut_off(self._path)
        self._at += size
        return start

    def _take(self, letter: str) -> int:
        start = self._advance(struct.calcsize("<" + letter))
        value: int = struct.unpack_from("<" + letter, self._data, start)[0]
        return value

    def _string(self) -> str:
        start = self._advance(self._take("Q"))
        return self._data[start : self._at].decode()

    def _value(self, kind: int) -> Scalar | None:
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY:
            self._skip_array(self._take("I"), self._take("Q"))
            return None
        if kind not in _FORMATS:
            raise _cut_off(self._path)
        return self._take(_FORMATS[kind])

    def _skip_array(self, kind: int, length: int) -> None:
        """Step over an array; arrays of arrays exist in the format, but in no model."""
        if kind == _STRING:
            for _ in range(length):
                self._advance(self._take("Q"))
        elif kind in _FORMATS:
            self._advance(length * struct.calcsize("<" + _FORMATS[kind]))
        else:
            raise _cut_off(self._path)
