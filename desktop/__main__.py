"""`python -m desktop`: the window, or one of the engine's workers, which never load Qt."""

import argparse
import sys
from pathlib import Path

from desktop.screen import what_is_missing


def main() -> int:
    """Run what the command line asks for and return the exit status."""
    if sys.argv[1:2] == ["--worker"]:
        from engine.workers.main import run_worker

        run_worker(sys.argv[2])
        return 0
    asked = _parse()
    if problem := what_is_missing():
        print(problem, file=sys.stderr)
        return 1
    from desktop.application import run
    from engine.api import Home

    return run(Home.choose(asked.home), asked.folders)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser("reverie-desktop", description="Find your own photos from what you remember.")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="a folder of photos to add")
    parser.add_argument("--home", type=Path, help="where Reverie keeps what it makes (default: the system's place)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
