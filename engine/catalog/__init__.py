"""The catalog: one SQLite file, the only source of truth."""
