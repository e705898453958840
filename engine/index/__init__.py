"""Nearest vectors, exactly or through graphs: derived from the catalog, and disposable."""
