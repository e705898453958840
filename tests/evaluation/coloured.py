"""Six plain pictures that two people agree on."""

import os
from pathlib import Path

from PIL import Image, ImageDraw

RETRIEVERS = ("plain", "trained")
_COLOURS = ("red", "green", "blue", "yellow", "black", "white")
_LONG_AGO = (1_500_000_000, 1_500_000_000)


def draw_coloured(folder: Path) -> Path:
    """Draw three balls and three boxes, each in its own colour, and caption each twice."""
    (folder / "photos").mkdir(parents=True)
    lines = ["photo,caption"]
    for place, colour in enumerate(_COLOURS):
        shape = "box" if place % 2 else "ball"
        picture = Image.new("RGB", (96, 64), "grey")
        draw = ImageDraw.Draw(picture)
        (draw.rectangle if shape == "box" else draw.ellipse)((20, 10, 60, 50), fill=colour)
        picture.save(folder / "photos" / f"{place}.png")
        os.utime(folder / "photos" / f"{place}.png", _LONG_AGO)
        kind = "square paper" if place % 2 else "smooth round"
        lines += [f"{place}.png,A {kind} {colour} {shape}.", f"{place}.png,Somebody's {colour} {shape}"]
    (folder / "captions.csv").write_text("\n".join(lines))
    return folder
