"""`reverie caption`: what the model in use writes of one photo."""

import argparse
import sys
from pathlib import Path

from engine.api import Standing
from engine.cli.words import caption_in_words
from engine.indexing.captions import captioner_in_use
from engine.indexing.single_photo import caption_photo, judge_photo
from engine.paths import Home


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", home: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "caption", parents=[home], help="caption one photo", description="Caption one photo. Nothing is stored."
    )
    parser.add_argument("photo", type=Path, metavar="PHOTO")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the caption, if it can be relied on or at least shown with a mark."""
    home = Home.choose(options.home)
    captioner = captioner_in_use(home)
    text = caption_photo(home, captioner, options.photo)
    standing = judge_photo(home, options.photo, text, captioner.name)
    print(caption_in_words(text, standing))
    if standing is Standing.WITHHELD:
        print(f"{captioner.name} wrote “{text}”, which does not seem to fit this photo.", file=sys.stderr)
    return 0
