"""`reverie caption`: what the model in use writes of one photo."""

import argparse
from pathlib import Path

from engine.errors import ModelUnavailable
from engine.indexing.captions import captioner_in_use
from engine.indexing.single_photo import caption_photo
from engine.paths import Home


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", home: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "caption", parents=[home], help="caption one photo", description="Caption one photo. Nothing is stored."
    )
    parser.add_argument("photo", type=Path, metavar="PHOTO")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the caption."""
    home = Home.choose(options.home)
    captioner = captioner_in_use(home)
    if captioner is None:
        raise ModelUnavailable(
            "No captioning model is installed.", "Add one with: reverie models import MODEL.gguf MMPROJ.gguf"
        )
    print(caption_photo(home, captioner, options.photo))
    return 0
