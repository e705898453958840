"""Take captions along, in formats that other programs read."""
