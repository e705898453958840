"""A real library of photos that exist only as words: what each shows is encoded by the real text encoder."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine.catalog import captions, embeddings, files, folders, photos
from engine.catalog.captions import Standing
from engine.catalog.connection import open_writer, transaction
from engine.catalog.embeddings import Kind
from engine.catalog.fulltext import write_text_in_photo
from engine.catalog.tags import Tag, replace_tags
from engine.embedding.sentences import encode_caption
from engine.embedding.text_encoder import TextEncoder
from engine.paths import Home
from engine.search.query import Query
from engine.search.service import SearchService

HUBNESS = 0.3


@dataclass
class Library:
    """Write photos as the indexer would, and search them."""

    home: Home
    encoder: TextEncoder
    folder: Path = Path("/photos")
    _count: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.db = open_writer(self.home.catalog)
        self.folder_id = folders.add_folder(self.db, self.folder).folder_id
        self.db.conn.commit()
        self.service = SearchService(self.home, self.encoder)

    def add(
        self,
        name: str,
        shows: str | None = None,
        caption: str | None = None,
        text: str | None = None,
        looks: list[float] | None = None,
        tags: tuple[Tag, ...] = (),
        **facts: str | int,
    ) -> int:
        """Add a photo in a file and return its id."""
        self._count += 1
        with transaction(self.db):
            known: dict[str, object] = {"format": "JPEG", "width_px": 1, "height_px": 1, **facts}
            photo_id = photos.add_photo(self.db, f"{self._count:032x}", known)
            if text:
                write_text_in_photo(self.db, photo_id, text)
            replace_tags(self.db, photo_id, tags)
            if looks:
                embeddings.replace_embeddings(self.db, photo_id, Kind.VISUAL, "r", np.array([looks]))
        self.put(name, photo_id)
        if shows:
            self.show(photo_id, shows)
        if caption:
            self.caption(photo_id, caption)
        return photo_id

    def put(self, name: str, photo_id: int) -> None:
        """Let a file hold a photo."""
        path = self.folder / name
        self.db.execute(
            """INSERT INTO files (folder_id, path, size_bytes, mtime_ns, found_at) VALUES (?, ?, 1, 1, 'now')""",
            [self.folder_id, os.fsencode(path)],
        )
        file_id = self.db.execute("SELECT file_id FROM files WHERE path = ?", [os.fsencode(path)]).fetchone()[0]
        files.link_file(self.db, file_id, photo_id, size_bytes=1, mtime_ns=1)
        self.db.conn.commit()

    def show(self, photo_id: int, what: str, hubness: float = HUBNESS) -> None:
        """Place a photo in the text space."""
        with transaction(self.db):
            vector = self.encoder.encode([what])
            embeddings.replace_embeddings(self.db, photo_id, Kind.PHOTO, "r", vector, [hubness])

    def caption(self, photo_id: int, text: str) -> None:
        """Caption a photo and embed its sentences."""
        with transaction(self.db):
            captions.edit_caption(self.db, photo_id, text)
            vectors = encode_caption(self.encoder, text)
            embeddings.replace_embeddings(self.db, photo_id, Kind.SENTENCE, "r", vectors)

    def write(self, photo_id: int, text: str, standing: Standing, grounding: float | None) -> None:
        """Caption a photo as a model does, and judge the caption."""
        with transaction(self.db):
            captions.save_generated(self.db, photo_id, text, "some model", "p1", "r1")
            captions.judge_caption(self.db, photo_id, standing, grounding)
            vectors = encode_caption(self.encoder, text if standing is not Standing.WITHHELD else "")
            embeddings.replace_embeddings(self.db, photo_id, Kind.SENTENCE, "r", vectors)

    def find(self, text: str, **query: object) -> list[int]:
        """Return the ids of what a search finds."""
        return [hit.photo_id for hit in self.service.search(Query(text, **query)).hits]  # type: ignore[arg-type]

    def close(self) -> None:
        """Close everything."""
        self.service.close()
        self.db.close()
