"""The command line: `reverie COMMAND`."""

from engine.cli.main import main

__all__ = ["main"]
