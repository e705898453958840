"""`reverie models`: the captioning models that are installed."""

import argparse
import sys
from pathlib import Path

from engine.models.installed import InstalledModel
from engine.models.store import import_pair, list_models, model_in_use, remove_model, use_model
from engine.models.validation import validate_pair
from engine.paths import Home


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", home: argparse.ArgumentParser) -> None:
    """Add the command and its own commands to the parser."""
    parser = commands.add_parser("models", help="list, import, choose and remove captioning models")
    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    actions.add_parser("list", parents=[home], help="list installed models").set_defaults(run=run_list)

    importing = actions.add_parser(
        "import",
        parents=[home],
        help="copy a model pair, after it has captioned a test picture",
        description="Copy a GGUF vision model and its mmproj into the library, after the pair has captioned a test "
        "picture. The first model imported is put to use at once.",
    )
    importing.add_argument("model", type=Path, metavar="MODEL.gguf")
    importing.add_argument("mmproj", type=Path, metavar="MMPROJ.gguf")
    importing.add_argument("--name", help="what to call it (default: what the file calls itself)")
    importing.set_defaults(run=run_import)

    for name, description, action in (
        ("use", "caption with this model from now on", run_use),
        ("remove", "delete a model; captions that it wrote stay", run_remove),
    ):
        command = actions.add_parser(name, parents=[home], help=description)
        command.add_argument("name", metavar="NAME")
        command.set_defaults(run=action)


def run_list(options: argparse.Namespace) -> int:
    """Print a line a model; a star marks the one in use."""
    home = Home.choose(options.home)
    models, used = list_models(home), model_in_use(home)
    for model in models:
        print(_line(model, used is not None and model.folder == used.folder))
    if not models:
        print("No model is installed. Add one with: reverie models import MODEL.gguf MMPROJ.gguf", file=sys.stderr)
    return 0


def run_import(options: argparse.Namespace) -> int:
    """Import a pair."""
    home = Home.choose(options.home)
    print("Loading the model and captioning a test picture…", file=sys.stderr)
    model = import_pair(home, options.model, options.mmproj, validate_pair, options.name)
    if model_in_use(home) is None:
        use_model(home, model.name)
    print(f"Installed {model.name}.")
    return 0


def run_use(options: argparse.Namespace) -> int:
    """Choose a model."""
    model = use_model(Home.choose(options.home), options.name)
    print(f"Captions are written by {model.name} from the next indexing on.")
    return 0


def run_remove(options: argparse.Namespace) -> int:
    """Delete a model."""
    remove_model(Home.choose(options.home), options.name)
    print(f"Removed {options.name}.")
    return 0


def _line(model: InstalledModel, in_use: bool) -> str:
    mark = "*" if in_use else " "
    return (
        f"{mark} {model.name}  {model.size_bytes / 1e6:,.0f} MB  {model.family}  {model.licence or 'licence unknown'}"
    )
