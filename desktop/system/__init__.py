"""What the system does for us: its file manager, its programs, its clipboard, its battery."""
