"""Prove that a pair runs before it is accepted: load it and caption a drawn picture, in a process of its own."""

import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

from engine.errors import ModelUnavailable, WorkerCrashed, WorkerTimeout
from engine.workers.supervisor import Worker, worker_command

# A model of several gigabytes on a slow disk takes minutes to load.
_TIMEOUT_S = 900.0


def validate_pair(model: Path, mmproj: Path) -> None:
    """Load a pair and let it describe a picture; raise `ModelUnavailable` where it cannot.

    What it writes does not matter here: a model that runs but writes nonsense fails photo by photo, with a reason.
    """
    worker = Worker(
        worker_command("caption"),
        opening=("load", {"model": str(model), "mmproj": str(mmproj)}),
        timeout_floor_s=_TIMEOUT_S,
    )
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "picture.jpg"
        draw_picture().save(picture, quality=90)
        try:
            worker.request("caption", {"image": str(picture), "raw": True})
        except (WorkerCrashed, WorkerTimeout) as error:
            raise ModelUnavailable("This model crashes or hangs here.", error.detail, model) from error
        finally:
            worker.close()


def draw_picture() -> Image.Image:
    """Draw a red house on green grass under a blue sky with a yellow sun, 512 x 384."""
    picture = Image.new("RGB", (512, 384), "skyblue")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 260, 512, 384), fill="forestgreen")
    draw.ellipse((400, 30, 470, 100), fill="gold")
    draw.polygon(((130, 170), (230, 90), (330, 170)), fill="saddlebrown")
    draw.rectangle((150, 170, 310, 290), fill="firebrick")
    draw.rectangle((210, 220, 250, 290), fill="white")
    return picture
