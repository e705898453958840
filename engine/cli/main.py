"""Read the command line, run one command, and end as command-line users expect.

Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 a problem with a sentence about
it, 2 a wrong call, 130 stopped by Ctrl-C.
"""

import argparse
import contextlib
import io
import logging
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from engine.cli import caption, doctor, evaluate, index, models, search, status
from engine.errors import ReverieError

_STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `reverie` and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A file name may hold bytes that are no text, and a terminal or pipe may not know every letter.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(search.take_words(words) if words[:1] == ["search"] else words)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except ReverieError as error:
        print(f"reverie: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return _STOPPED
    except BrokenPipeError:
        # Whoever read our output has enough, as in `reverie search … | head`.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reverie", description="Find your own photos from what you remember of them. Nothing leaves this computer."
    )
    parser.add_argument("--version", action="version", version=f"reverie {version('reverie')}")
    home = argparse.ArgumentParser(add_help=False)
    home.add_argument(
        "--home", type=Path, metavar="DIR", help="where the library lives (default: $REVERIE_HOME or the usual place)"
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in (index, search, status, caption, models, evaluate, doctor):
        command.add_to(commands, home)
    return parser
