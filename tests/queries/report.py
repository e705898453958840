"""Print how many of the written requests are understood, by kind: `python tests/queries/report.py [FILE.toml …]`."""

import sys
import tomllib
from collections import Counter
from pathlib import Path

from known import in_words, understand
from written import read_requests


def main() -> None:
    """Understand all requests, or those of the files named, and print what is missed."""
    asked, right = Counter[str](), Counter[str]()
    for kind, typed, meant in _requests():
        understood = in_words(understand(kind, typed))
        asked[kind] += 1
        right[kind] += understood == meant
        if understood != meant:
            print(f"{typed}\n   expected: {meant}\n   but was:  {understood}")
    for kind, count in asked.items():
        print(f"{kind:12} {right[kind]:3} of {count:3}")
    print(f"{'all':12} {right.total():3} of {asked.total():3}")


def _requests() -> list[tuple[str, str, str]]:
    files = [Path(name) for name in sys.argv[1:]]
    if not files:
        return list(read_requests())
    return [(file.stem, *pair) for file in files for pair in tomllib.loads(file.read_text("utf-8")).items()]


if __name__ == "__main__":
    main()
