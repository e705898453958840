"""`reverie evaluate`: how well photos are found, in numbers."""

import argparse
import sys
from pathlib import Path

from engine.evaluation.captioned_folder import Part
from engine.evaluation.evaluate import evaluate
from engine.evaluation.request import RequestKind
from engine.paths import Home


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", home: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "evaluate",
        parents=[home],
        help="measure recall on photos with human captions",
        description="Measure recall on a folder with photos/ and captions.csv (columns photo and caption): each "
        "caption is a search, and its photo the right answer. Searches are short (the caption), verbose (the caption "
        "amid filler), modifications (another photo and a change) and negations (the caption, but without something), "
        "these three both word by word and understood; the photos have no captions, those of the "
        "starter model, or those of people; the text encoder is the plain or the trained one. The folder is indexed in "
        "a library of its own, and 160 photos take some minutes. Captions that the library of --home has of the same "
        "photos are measured too.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--part", type=Part, choices=list(Part), default=Part.AUTO, help="which photos (default: auto)")
    parser.add_argument(
        "--requests",
        type=RequestKind,
        choices=list(RequestKind),
        nargs="+",
        default=list(RequestKind),
        metavar="KIND",
        help=f"which searches, of {', '.join(RequestKind)} (default: all)",
    )
    parser.add_argument("--details", action="store_true", help="show what each kind of evidence finds by itself")
    style = parser.add_mutually_exclusive_group()
    style.add_argument("--json", action="store_true", help="print one JSON object, details and all")
    style.add_argument("--markdown", action="store_true", help="print a Markdown table")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print the table."""
    own = Home.choose(options.home)
    kinds = frozenset(options.requests)
    table = evaluate(options.folder, options.part, own, lambda line: print(f"{line} …", file=sys.stderr), kinds)
    if options.json:
        print(table.to_json())
    elif options.markdown:
        print(table.to_markdown(details=options.details))
    else:
        print(table.to_text(details=options.details))
    return 0
