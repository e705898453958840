"""The catalog's schema, as a list of steps that every catalog has taken or will take."""

from sqlite_utils import Database
from sqlite_utils.db import Table
from sqlite_utils.migrations import Migrations

migrations = Migrations("reverie")


@migrations()
def m001_create_tables(db: Database) -> None:
    """Paths are BLOBs (`os.fsencode`): a file name need not be valid text. Ids are never given out twice: a worker may
    still hold the old one."""
    for statement in (
        """CREATE TABLE folders (
            folder_id INTEGER PRIMARY KEY AUTOINCREMENT,
            path BLOB NOT NULL UNIQUE,
            state TEXT NOT NULL DEFAULT 'online' CHECK (state IN ('online', 'offline')),
            on_network INTEGER NOT NULL DEFAULT 0,
            added_at TEXT NOT NULL,
            scanned_at TEXT
        ) STRICT""",
        """CREATE TABLE photos (
            photo_id INTEGER PRIMARY KEY AUTOINCREMENT,
            fingerprint TEXT NOT NULL UNIQUE,
            format TEXT NOT NULL,
            width_px INTEGER NOT NULL,
            height_px INTEGER NOT NULL,
            taken_at TEXT,
            taken_offset TEXT,
            camera TEXT,
            lens TEXT,
            f_number REAL,
            exposure_s REAL,
            iso INTEGER,
            focal_length_mm REAL,
            latitude REAL,
            longitude REAL,
            altitude_m REAL,
            district TEXT,
            city TEXT,
            region TEXT,
            country TEXT,
            kind TEXT,
            warning TEXT,
            added_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX photos_taken_at ON photos (taken_at)",
        """CREATE TABLE files (
            file_id INTEGER PRIMARY KEY AUTOINCREMENT,
            folder_id INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
            path BLOB NOT NULL UNIQUE,
            size_bytes INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'known', 'failed')),
            attempts INTEGER NOT NULL DEFAULT 0,
            problem TEXT,
            advice TEXT,
            photo_id INTEGER REFERENCES photos,
            found_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX files_photo_id ON files (photo_id)",
        "CREATE INDEX files_state ON files (state, mtime_ns)",
        "CREATE INDEX files_folder_id ON files (folder_id)",
        """CREATE TABLE work (
            photo_id INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
            stage TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'done', 'failed')),
            recipe TEXT,
            priority INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0,
            problem TEXT,
            advice TEXT,
            PRIMARY KEY (photo_id, stage)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX work_queue ON work (stage, state, priority DESC, photo_id)",
        """CREATE TABLE captions (
            caption_id INTEGER PRIMARY KEY,
            photo_id INTEGER NOT NULL UNIQUE REFERENCES photos ON DELETE CASCADE,
            text TEXT NOT NULL,
            generated_text TEXT,
            model TEXT,
            prompt_version TEXT,
            recipe TEXT,
            locked INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE embeddings (
            embedding_id INTEGER PRIMARY KEY AUTOINCREMENT,
            photo_id INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
            kind TEXT NOT NULL,
            part INTEGER NOT NULL,
            recipe TEXT NOT NULL,
            vector BLOB NOT NULL,
            hubness REAL,
            UNIQUE (photo_id, kind, part)
        ) STRICT""",
        "CREATE INDEX embeddings_kind ON embeddings (kind, embedding_id, photo_id, part)",
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE words (
            photo_id INTEGER PRIMARY KEY REFERENCES photos ON DELETE CASCADE,
            caption TEXT NOT NULL DEFAULT '',
            text_in_photo TEXT NOT NULL DEFAULT '',
            names TEXT NOT NULL DEFAULT '',
            places TEXT NOT NULL DEFAULT ''
        ) STRICT""",
    ):
        db.execute(statement)


@migrations()
def m002_index_words(db: Database) -> None:
    """Stemming lets "dogs" find "dog"; the vocabulary table gives document frequencies to pick rare words by."""
    words = db["words"]
    assert isinstance(words, Table)
    words.enable_fts(
        ["caption", "text_in_photo", "names", "places"],
        create_triggers=True,
        tokenize="porter unicode61 remove_diacritics 2",
    )
    db.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words_fts, row)")


@migrations()
def m003_view_visible_photos(db: Database) -> None:
    """A photo shows while a file holds it, also on an offline drive; its captions outlive its files."""
    db.create_view(
        "visible_photos",
        "SELECT * FROM photos WHERE EXISTS (SELECT 1 FROM files WHERE files.photo_id = photos.photo_id)",
    )


@migrations()
def m004_judge_captions(db: Database) -> None:
    """Captions learn how well they fit their photo. Those that models wrote before stay uncertain until judged."""
    db.execute("ALTER TABLE captions ADD COLUMN grounding REAL")
    db.execute(
        """ALTER TABLE captions ADD COLUMN standing TEXT NOT NULL DEFAULT 'uncertain'
        CHECK (standing IN ('yours', 'confident', 'uncertain', 'withheld'))"""
    )
    db.execute("UPDATE captions SET standing = 'yours' WHERE locked")


@migrations()
def m005_tag_photos(db: Database) -> None:
    """Tags are found by word; what uncertain captions say stands apart from what may be relied on."""
    db.execute(
        """CREATE TABLE tags (
            photo_id INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
            word TEXT NOT NULL,
            probability REAL NOT NULL,
            PRIMARY KEY (photo_id, word)
        ) STRICT, WITHOUT ROWID"""
    )
    words = db["words"]
    assert isinstance(words, Table)
    db.execute("DROP TABLE vocabulary")
    words.disable_fts()
    for column in ("uncertain_caption", "tags"):
        db.execute(f"ALTER TABLE words ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    words.enable_fts(
        ["caption", "uncertain_caption", "text_in_photo", "names", "places", "tags"],
        create_triggers=True,
        tokenize="porter unicode61 remove_diacritics 2",
    )
    db.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words_fts, row)")


@migrations()
def m006_look_again(db: Database) -> None:
    """The image encoder tells twice as much of a photo now: what it told before has another length and is made anew."""
    db.execute("DELETE FROM embeddings WHERE kind = 'visual'")


@migrations()
def m007_exclude_photos(db: Database) -> None:
    """The user can take photos out of sight: they are neither found nor listed nor worked on until taken back."""
    db.execute(
        """CREATE TABLE excluded_photos (
            photo_id INTEGER PRIMARY KEY REFERENCES photos ON DELETE CASCADE,
            excluded_at TEXT NOT NULL
        ) STRICT"""
    )
    db.execute("DROP VIEW visible_photos")
    db.create_view(
        "visible_photos",
        """SELECT * FROM photos WHERE EXISTS (SELECT 1 FROM files WHERE files.photo_id = photos.photo_id)
        AND photo_id NOT IN (SELECT photo_id FROM excluded_photos)""",
    )
