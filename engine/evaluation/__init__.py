"""How well photos are found, in numbers: recall on folders that people have captioned."""
