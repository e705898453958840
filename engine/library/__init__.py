"""The library: what the disk says of the chosen folders, compared with what the catalog knows."""
