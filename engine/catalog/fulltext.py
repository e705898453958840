"""Word search over captions, text in photos, names, places and tags."""

from sqlite_utils import Database


def write_text_in_photo(db: Database, photo_id: int, text: str) -> None:
    """Store what is written in a photo, verbatim."""
    db.execute("UPDATE words SET text_in_photo = ? WHERE photo_id = ?", [text, photo_id])


def document_frequencies(db: Database, terms: list[str]) -> dict[str, int]:
    """Return in how many photos each (stemmed) term occurs."""
    marks = ", ".join("?" * len(terms))
    return dict(db.execute(f"SELECT term, doc FROM vocabulary WHERE term IN ({marks})", terms).fetchall())
