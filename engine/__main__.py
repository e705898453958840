"""`python -m engine`: the command line, or one of its own workers."""

import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        from engine.workers.main import run_worker

        run_worker(sys.argv[2])
    else:
        from engine.cli import main

        sys.exit(main())
