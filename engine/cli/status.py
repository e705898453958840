"""`reverie status`: what the library holds and how far it is."""

import argparse
import json
from dataclasses import asdict
from typing import Any

from engine.api import Engine
from engine.cli.words import count
from engine.paths import Home


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", home: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("status", parents=[home], help="show folders, progress, models and problems")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the status."""
    with Engine.open_to_search(Home.choose(options.home)) as engine:
        facts = _facts(engine)
    print(json.dumps(facts, indent=2) if options.json else _text(facts))
    return 0


def _facts(engine: Engine) -> dict[str, Any]:
    progress = engine.progress()
    return {
        "home": str(engine.home.root),
        "indexing_elsewhere": engine.is_indexed_elsewhere(),
        "photos": progress.photos,
        "files_waiting": progress.files_pending,
        "stages": {stage.value: asdict(counts) for stage, counts in progress.stages.items()},
        "folders": [
            {"path": str(folder.path), "state": folder.state.value, "on_network": folder.on_network}
            for folder in engine.folders()
        ],
        "captions": [asdict(counted) for counted in engine.count_captions()],
        "model": engine.captioner.name if engine.captioner else None,
        "model_problem": str(engine.captioner_problem) if engine.captioner_problem else None,
        "problems": [
            {"path": str(failure.path), "stage": failure.stage, "problem": failure.problem, "advice": failure.advice}
            for failure in engine.failures()
        ],
    }


def _text(facts: dict[str, Any]) -> str:
    stages = facts["stages"]
    waiting = facts["files_waiting"]
    lines = [
        f"{count(facts['photos'], 'photo')} in {count(len(facts['folders']), 'folder')}"
        + (f", {count(waiting, 'file')} to read" if waiting else ""),
        f"searchable by what they show: {stages['visual']['done']:,}, refined: {stages['views']['done']:,}",
        f"text in photos read: {stages['text']['done']:,}",
        f"captions: {_authors(facts['captions'])}",
        f"captioning model: {facts['model'] or facts['model_problem']}",
        *(f"folder: {folder['path']} ({folder['state']})" for folder in facts["folders"]),
        *(f"problem: {row['path']}: {row['problem']} {row['advice']}".rstrip() for row in facts["problems"]),
        f"library: {facts['home']}" + (" (another Reverie is at work in it)" if facts["indexing_elsewhere"] else ""),
    ]
    return "\n".join(lines)


def _authors(counts: list[dict[str, Any]]) -> str:
    return ", ".join(f"{row['captions']:,} by {row['model'] or 'you'}" for row in counts) or "none yet"
