"""Show the product on a library: in its window where there is a screen, and else by what the window answers."""

import argparse
import os
import sys
from pathlib import Path

from desktop.screen import what_is_missing

SEARCHES = (
    "an astronaut", "a cat looking at me", "can you find the picture of a man with a camera?",
    "the surface of the moon", "something hot to drink",
)  # fmt: skip
CHANGE = "a horse instead"


def main() -> int:
    """Open the window, or drive it without a screen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("pictures", type=Path, help="where pictures of the window are left where there is no screen")
    asked = parser.parse_args()
    problem = what_is_missing()
    if problem is None and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        from desktop.application import run
        from engine.api import Home

        return run(Home(asked.home))
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}
    tell_what_it_finds(asked.home, asked.pictures)
    print(f"\n{problem or 'Qt was told to draw offscreen.'}\nThis is what the window looked like:")
    print("".join(f"  {path}\n" for path in sorted(asked.pictures.glob("*.png"))), end="")
    return 0


def tell_what_it_finds(home: Path, pictures: Path) -> None:
    """Print what the window answers to words, and to a photo and a change, and leave pictures of it."""
    from desktop.application import let_go, make_application

    application = make_application()
    drive(home, pictures)
    let_go()
    application.quit()


def drive(home: Path, pictures: Path) -> None:
    """Do what somebody at the keyboard would do."""
    from stage import Stage

    from engine.api import Home

    pictures.mkdir(parents=True, exist_ok=True)
    with Stage.open(Home(home)) as stage:
        for words in SEARCHES:
            print(f"\nType “{words}”:")
            answer = stage.search(words)
            print_answer(answer)
        stage.choose_first()
        stage.picture(pictures / "search.png")
        reference = next(iter(answer.hits.values())).paths[0]
        print(f"\nDrop {reference.name} on the window and type “{CHANGE}”:")
        stage.search("")
        stage.bring_photo(reference)
        print_answer(stage.search(CHANGE))
        stage.picture(pictures / "photo-and-change.png")


def print_answer(answer: object) -> None:
    """Print the first three photos, each with why."""
    from desktop.search.answer import Answer

    assert isinstance(answer, Answer)
    hits = list(answer.hits.values())
    if not answer.strong:
        print("  No strong match. These come closest:")
    for hit in hits[:3]:
        print(f"  {hit.paths[0].name:24} {hit.why.summary}")


if __name__ == "__main__":
    sys.exit(main())
