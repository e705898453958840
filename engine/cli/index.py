"""`reverie index`: add folders and work until everything in them is done."""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tqdm import tqdm

from engine.api import Activity, Engine, Failure, FolderState, Progress, Stage
from engine.cli.words import count, duration, rate
from engine.errors import CannotWrite, FolderAlreadyAdded
from engine.paths import Home

_LOOK_S = 0.2
_DOING = {
    Stage.VISUAL: "searchable",
    Stage.SENTENCES: "captions embedded",
    Stage.VIEWS: "refined",
    Stage.TEXT: "searched for text",
    Stage.CAPTION: "captioned",
}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", home: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "index",
        parents=[home],
        help="add folders and make their photos searchable",
        description="Add folders and make their photos searchable. Without a folder, bring the known ones up to date. "
        "Ctrl-C stops cleanly; the same command goes on where it stopped.",
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--no-captions", action="store_true", help="leave out captions for now")
    parser.add_argument("--no-ocr", action="store_true", help="leave out the text in photos for now")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Index and report; unreadable photos are named and are no failure of the command."""
    leave_out = {Stage.CAPTION: options.no_captions, Stage.TEXT: options.no_ocr}
    left_out = {stage for stage, is_left_out in leave_out.items() if is_left_out}
    with Engine.open(Home.choose(options.home), leave_out=left_out) as engine:
        for folder in options.folders:
            # "Run the same command again to go on": a folder that is known already is brought up to date.
            with contextlib.suppress(FolderAlreadyAdded):
                engine.add_folder(folder)
        _follow(engine)
        _report(engine)
    return 0


def _follow(engine: Engine) -> None:
    """Show progress until nothing is left to do; raise what made indexing pause."""
    said: set[str] = set()
    bar_format = "{percentage:3.0f}%|{bar:20}| {desc}"
    with tqdm(disable=None, bar_format=bar_format, file=sys.stderr) as bar:
        while not engine.wait_until_idle(_LOOK_S):
            progress = engine.progress()
            _show(bar, progress, engine.stages)
            if progress.activity is Activity.PAUSED:
                raise CannotWrite(" ".join(progress.notices))
            for notice in set(progress.notices) - said:
                said.add(notice)
                bar.write(notice, file=sys.stderr)
        _show(bar, engine.progress(), engine.stages)


def _show(bar: "tqdm[Any]", progress: Progress, active: frozenset[Stage]) -> None:
    stages = [counts for stage, counts in progress.stages.items() if stage in active]
    bar.n = sum(counts.done + counts.failed for counts in stages)
    bar.total = bar.n + sum(counts.pending for counts in stages) + progress.files_pending
    bar.set_description_str(" · ".join(_facts(progress, active)))


def _facts(progress: Progress, active: frozenset[Stage]) -> list[str]:
    facts = [count(progress.photos, "photo")]
    if progress.failures:
        facts.append(f"{progress.failures:,} failed")
    lane, doing = next(_under_way(progress, active), ("", ""))
    if doing:
        facts.append(doing)
    if lane in progress.rates:
        facts.append(rate(progress.rates[lane]))
    if progress.seconds_left:
        facts.append(f"{duration(progress.seconds_left)} left")
    return facts


def _under_way(progress: Progress, active: frozenset[Stage]) -> Iterator[tuple[str, str]]:
    """Yield each lane that has work, the most important first, with what it does."""
    if progress.files_pending:
        yield "read", f"{count(progress.files_pending, 'file')} to read"
    for stage, verb in _DOING.items():
        counts = progress.stages.get(stage)
        if counts and counts.pending and stage in active:
            yield stage, f"{verb} {counts.done:,}/{counts.done + counts.pending:,}"


def _report(engine: Engine) -> None:
    failures = engine.failures()
    for failure in failures:
        print(_sentence(failure), file=sys.stderr)
    progress = engine.progress()
    done = progress.stages[Stage.VISUAL].done
    print(f"{count(progress.photos, 'photo')}, {done:,} searchable, {count(len(failures), 'problem')}.")
    pace = progress.paces.get(Stage.CAPTION)
    if engine.captioner and pace:
        print(f"{count(pace.photos, 'caption')} by {engine.captioner.name}, {rate(pace.photos_a_second)}.")
    if engine.captioner_problem:
        print(f"No captions: {engine.captioner_problem}", file=sys.stderr)
    for folder in engine.folders():
        if folder.state is FolderState.OFFLINE:
            print(f"{folder.path} can't be reached now. Its photos stay as they are.", file=sys.stderr)


def _sentence(failure: Failure) -> str:
    return f"{failure.path}: {failure.problem} {failure.advice}".strip()
