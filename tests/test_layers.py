"""The import direction is a law: desktop → engine.api → engine; native libraries stay where they belong."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGINE = sorted((ROOT / "engine").rglob("*.py"))
DESKTOP = sorted((ROOT / "desktop").rglob("*.py"))
BANNED_NAMES = {"utils", "helpers", "common", "manager", "misc"}


def imported_modules(path: Path) -> Iterator[str]:
    """Yield the full name of everything that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers_of(package: str, files: list[Path]) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in files
        if any(name == package or name.startswith(f"{package}.") for name in imported_modules(path))
    }


def test_the_engine_imports_no_qt_and_no_window() -> None:
    assert importers_of("PySide6", ENGINE) == set()
    assert importers_of("desktop", ENGINE) == set()


@pytest.mark.parametrize("package", ["sqlite3", "sqlite_utils", "usearch", "llama_cpp", "onnxruntime"])
def test_the_window_knows_nothing_of_how_the_engine_works(package: str) -> None:
    assert importers_of(package, DESKTOP) == set()


def test_the_window_talks_to_the_engine_through_one_door() -> None:
    allowed = {"engine", "engine.api", "engine.errors", "engine.workers.main"}
    imported = {name for path in DESKTOP for name in imported_modules(path) if name.split(".")[0] == "engine"}
    doors = tuple(f"{door}." for door in allowed)
    assert {name for name in imported if name not in allowed and not name.startswith(doors)} == set()


@pytest.mark.parametrize(
    ("package", "owners"),
    [
        ("llama_cpp", {"engine/captioning/vision_model.py"}),
        ("usearch", {"engine/index/vector_index.py"}),
        ("numkong", {"engine/index/snapshot.py"}),
        ("onnxruntime", {"engine/embedding/onnx_session.py"}),
        ("rapidocr", {"engine/imaging/text_in_photo.py"}),
        ("watchdog", {"engine/library/watch.py"}),
    ],
)
def test_each_native_library_has_one_importer(package: str, owners: set[str]) -> None:
    assert importers_of(package, ENGINE) == owners


@pytest.mark.parametrize("package", ["urllib", "http", "ssl", "ftplib", "asyncio", "requests", "httpx"])
def test_only_downloads_of_models_know_of_the_network(package: str) -> None:
    assert importers_of(package, ENGINE + DESKTOP) <= {"engine/models/download.py"}


def test_opening_the_engine_loads_neither_llama_cpp_nor_qt() -> None:
    code = "import sys, engine.api; print(*sorted({'llama_cpp', 'PySide6', 'rapidocr', 'cv2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""


def test_the_index_can_be_loaded_before_the_encoders() -> None:
    """usearch before ONNX Runtime is a segmentation fault at import."""
    code = "import engine.index.vector_index, engine.embedding.onnx_session; print('loaded')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "loaded\n")


def test_no_module_is_a_drawer_for_everything() -> None:
    assert {path.stem for path in ENGINE + DESKTOP} & BANNED_NAMES == set()


def test_every_public_function_and_class_is_documented() -> None:
    undocumented = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in ENGINE + DESKTOP
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert undocumented == []
