"""Render the main states of the window, light and dark, at 1x and 2x, into a folder."""

import argparse
import itertools
import os
import subprocess
import sys
from pathlib import Path

LOOKS = ("light", "dark")
SCALES = (1, 2)


def main() -> int:
    """Render one look in this process, or all of them in processes of their own: Qt takes its scale at the start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="a library that is indexed and captioned")
    parser.add_argument("pictures", type=Path, help="the folder that the pictures go into")
    parser.add_argument("--look", choices=LOOKS)
    asked = parser.parse_args()
    asked.pictures.mkdir(parents=True, exist_ok=True)
    if asked.look:
        render(asked.home, asked.pictures, asked.look)
        return 0
    for look, scale in itertools.product(LOOKS, SCALES):
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
        command = [sys.executable, __file__, str(asked.home), str(asked.pictures), "--look", look]
        subprocess.run(command, env=environment, check=True)
    print(f"The pictures are in {asked.pictures}.")
    return 0


def render(home: Path, pictures: Path, look: str) -> None:
    """Render all states in one look; a picture is called after its state, its look and the scale."""
    from desktop.application import let_go, make_application

    application = make_application()
    take_pictures(home, pictures, look)
    let_go()
    application.quit()


def take_pictures(home: Path, pictures: Path, look: str) -> None:
    """Drive the window from state to state."""
    import tempfile

    from stage import Stage

    from engine.api import Appearance, Home

    scale = os.environ.get("QT_SCALE_FACTOR", "1")

    def path(state: str) -> Path:
        return pictures / f"{state}-{look}-{scale}x.png"

    with tempfile.TemporaryDirectory(prefix="reverie-tour-") as folder:
        with Stage.open(Home(Path(folder)), Appearance(look)) as stage:
            stage.picture(path("first-run"))
        with Stage.open(Home(home), Appearance(look)) as stage:
            folders = [each.path for each in stage.engine.folders()]
            stage.picture(path("all-photos"))
            stage.search("something hot to drink")
            stage.choose_first()
            stage.picture(path("results"))
            hit = next(iter(stage.page.answer.hits.values()))
            stage.page.grid.opened.emit(0)
            stage.picture(path("viewer"))
            stage.view.viewer.closed.emit()
            stage.search("")
            stage.bring_photo(hit.paths[0])
            stage.search("a horse instead")
            stage.picture(path("photo-and-change"))
            stage.page.field.photo_removed.emit()
            stage.search("a submarine at the north pole")
            stage.picture(path("no-strong-match"))
            stage.window.show_models()
            stage.picture(path("models"), stage.window.settings_dialog)
        with Stage.open(Home(Path(folder) / "new"), Appearance(look)) as stage:
            for each in folders:
                stage.engine.add_folder(each)
            stage.view.show_page(stage.page)
            stage.wait_for_photos(12)
            stage.picture(path("indexing"))


if __name__ == "__main__":
    sys.exit(main())
