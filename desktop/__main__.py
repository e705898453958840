"""`python -m desktop`: the window, or one of the engine's workers, which never load Qt."""

import sys

from desktop.screen import what_is_missing


def main() -> int:
    """Run what the command line asks for and return the exit status."""
    if sys.argv[1:2] == ["--worker"]:
        from engine.workers.main import run_worker

        run_worker(sys.argv[2])
        return 0
    if problem := what_is_missing():
        print(problem, file=sys.stderr)
        return 1
    from desktop.application import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
