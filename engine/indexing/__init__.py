"""From changed files to searchable photos: one thread that writes, and a lane of work for each stage."""
