"""`reverie models`: the captioning models that are there, and which of them is in use."""

import argparse
import sys
from pathlib import Path

from engine.models.installed import InstalledModel
from engine.models.store import chosen_model, import_pair, list_models, remove_model, use_model
from engine.models.validation import validate_pair
from engine.paths import Home


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", home: argparse.ArgumentParser) -> None:
    """Add the command and its own commands to the parser."""
    parser = commands.add_parser(
        "models",
        help="list, import, choose and remove captioning models",
        description="List, import, choose and remove captioning models. Until another one is chosen, the small model "
        "that comes with Reverie captions your photos.",
    )
    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    actions.add_parser("list", parents=[home], help="list all models").set_defaults(run=run_list)

    importing = actions.add_parser(
        "import",
        parents=[home],
        help="copy a model pair, after it has captioned a test picture",
        description="Copy a GGUF vision model and its mmproj into the library, after the pair has captioned a test "
        "picture. Where Reverie's own small model was in use, it takes over at once and replaces its captions.",
    )
    importing.add_argument("model", type=Path, metavar="MODEL.gguf")
    importing.add_argument("mmproj", type=Path, metavar="MMPROJ.gguf")
    importing.add_argument("--name", help="what to call it (default: what the file calls itself)")
    importing.set_defaults(run=run_import)

    for name, description, action in (
        ("use", "caption with this model from now on", run_use),
        ("remove", "delete an imported model; captions that it wrote stay", run_remove),
    ):
        command = actions.add_parser(name, parents=[home], help=description)
        command.add_argument("name", metavar="NAME")
        command.set_defaults(run=action)


def run_list(options: argparse.Namespace) -> int:
    """Print a line a model; a star marks the one in use."""
    home = Home.choose(options.home)
    models, chosen = list_models(home), chosen_model(home)
    for model in models:
        print(_line(model, model == chosen if chosen else model.is_starter))
    if all(model.is_starter for model in models):
        print("A larger model describes photos better: reverie models import MODEL.gguf MMPROJ.gguf", file=sys.stderr)
    return 0


def run_import(options: argparse.Namespace) -> int:
    """Import a pair."""
    home = Home.choose(options.home)
    print("Loading the model and captioning a test picture…", file=sys.stderr)
    model = import_pair(home, options.model, options.mmproj, validate_pair, options.name)
    print(f"Installed {model.name}.")
    if chosen_model(home) is None:
        _use(home, model.name)
    return 0


def run_use(options: argparse.Namespace) -> int:
    """Choose a model."""
    _use(Home.choose(options.home), options.name)
    return 0


def run_remove(options: argparse.Namespace) -> int:
    """Delete a model."""
    remove_model(Home.choose(options.home), options.name)
    print(f"Removed {options.name}.")
    return 0


def _use(home: Home, name: str) -> None:
    model = use_model(home, name)
    print(f"Captions are written by {model.name} from the next indexing on.")
    if model.is_starter:
        print("It leaves captions of other models as they are.")
    else:
        print("It replaces captions of other models, never your own.")


def _line(model: InstalledModel, in_use: bool) -> str:
    facts = [
        f"{'*' if in_use else ' '} {model.name}",
        f"{model.size_bytes / 1e6:,.0f} MB",
        "built in" if model.is_starter else model.family,
        model.licence or "licence unknown",
    ]
    return "  ".join(facts)
