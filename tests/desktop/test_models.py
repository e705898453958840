"""The models that write captions."""

import hashlib
import http.server
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from tiny_gguf import Pair

from desktop.background import Background
from desktop.settings import model_list
from desktop.settings.downloads import Download, Downloads
from desktop.settings.import_dialog import ImportDialog
from desktop.settings.model_card import Action
from desktop.settings.model_cards import Shelf, expectation_text, offer_card
from desktop.settings.model_list import ModelList
from desktop.settings.trial import TrialDialog
from engine.access import models as model_access
from engine.api import Engine, Expectation, ModelOffer, ModelShelf
from engine.captioning.profile import STARTER_NAME
from engine.models import coming
from engine.models.catalogue import RemoteFile

OFFER = ModelOffer(
    model_id="tiny",
    name="Tiny",
    licence="Apache-2.0",
    memory_bytes=600_000_000,
    core_seconds=9,
    note="For tests.",
    verified=False,
    model=RemoteFile("http://localhost/model.gguf", 1_200_000_000, ""),
    mmproj=RemoteFile("http://localhost/mmproj.gguf", 300_000_000, ""),
)


def shelf(**downloaded: int) -> Shelf:
    models = ModelShelf((), (OFFER,), downloaded, STARTER_NAME)
    return Shelf(models, {"tiny": Expectation(12_431, 50_000)})


def test_an_offer_says_what_it_takes_and_what_is_not_verified() -> None:
    card = offer_card(OFFER, shelf(), None)
    for part in (
        "1.5 GB",
        "600 MB of memory",
        "Apache-2.0",
        "about 14 hours for 12,431 photos",
        "checksum not yet verified",
    ):
        assert part in card.facts
    assert (card.done, card.actions) == (None, (Action.DOWNLOAD,))


@pytest.mark.parametrize(
    ("download", "status", "actions"),
    [
        (Download(750_000_000), "750 MB of 1.5 GB", (Action.PAUSE,)),
        (Download(1_500_000_000), "Checking it, and letting it describe a drawn picture…", (Action.PAUSE,)),
        (Download(750_000_000, is_running=False), "Paused at 750 MB of 1.5 GB", (Action.RESUME, Action.REMOVE)),
        (Download(5, is_running=False, problem="No connection."), "No connection.", (Action.RESUME, Action.REMOVE)),
        (None, "Paused at 300 MB of 1.5 GB", (Action.RESUME, Action.REMOVE)),
    ],
)
def test_a_download_says_how_it_goes(download: Download | None, status: str, actions: tuple[Action, ...]) -> None:
    card = offer_card(OFFER, shelf(tiny=300_000_000), download)
    assert (card.status, card.actions) == (status, actions)


def test_nothing_is_expected_of_a_library_without_photos() -> None:
    assert expectation_text(Expectation(0, 0.0)) == ""
    assert expectation_text(Expectation(4, None)) == ""


@pytest.fixture
def server(tiny_pair: Pair, tmp_path: Path) -> Iterator[str]:
    """A web server that has the tiny pair."""
    root = tmp_path / "web"
    root.mkdir()
    shutil.copy(tiny_pair.model, root / "model.gguf")
    shutil.copy(tiny_pair.mmproj, root / "mmproj.gguf")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *_arguments: object) -> None:
            """Say nothing of connections that a pause cuts."""

    web = Server(("127.0.0.1", 0), lambda *given: Quiet(*given, directory=str(root)))
    thread = threading.Thread(target=web.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{web.server_address[1]}"
    web.shutdown()
    web.server_close()
    thread.join()


@pytest.fixture
def offers(server: str, tiny_pair: Pair, monkeypatch: pytest.MonkeyPatch) -> ModelOffer:
    """A catalogue whose only model is the tiny pair."""

    def remote(name: str, path: Path) -> RemoteFile:
        data = path.read_bytes()
        return RemoteFile(f"{server}/{name}", len(data), hashlib.sha256(data).hexdigest())

    offer = replace(OFFER, model=remote("model.gguf", tiny_pair.model), mmproj=remote("mmproj.gguf", tiny_pair.mmproj))
    monkeypatch.setattr(model_access, "read_catalogue", lambda: (offer,))
    monkeypatch.setattr(model_access, "find_offer", lambda _model_id: offer)
    return offer


@pytest.fixture
def downloads(own_library: Engine) -> Iterator[Downloads]:
    downloads = Downloads(own_library)
    yield downloads
    downloads.close()


@pytest.fixture
def listed(
    qtbot: QtBot, background: Background, own_library: Engine, downloads: Downloads, offers: ModelOffer
) -> ModelList:
    listed = ModelList(own_library, background, downloads)
    qtbot.addWidget(listed)
    listed.show()
    qtbot.waitUntil(lambda: listed.keys == [STARTER_NAME, "tiny"])
    return listed


def press(qtbot: QtBot, listed: ModelList, key: str, action: Action) -> None:
    qtbot.mouseClick(listed.card(key).button(action), Qt.MouseButton.LeftButton)


def answer(listed: ModelList, text: str) -> QMessageBox:
    """Press a button of the question that is asked last."""
    question = listed.findChildren(QMessageBox)[-1]
    next(button for button in question.buttons() if button.text() == text).click()
    return question


def test_a_model_is_downloaded_checked_and_takes_over_from_the_starter(
    qtbot: QtBot, listed: ModelList, own_library: Engine
) -> None:
    assert listed.card(STARTER_NAME).card.mark == "in use"
    press(qtbot, listed, "tiny", Action.DOWNLOAD)
    qtbot.waitUntil(lambda: "Tiny" in listed.keys)
    assert own_library.models().in_use == "Tiny"
    assert listed.card("Tiny").card.mark == "in use"


def test_a_download_that_fails_says_why_and_can_go_on(
    qtbot: QtBot, listed: ModelList, monkeypatch: pytest.MonkeyPatch, offers: ModelOffer
) -> None:
    missing = replace(offers.model, url=f"{offers.model.url}.missing")
    monkeypatch.setattr(model_access, "find_offer", lambda _model_id: replace(offers, model=missing))
    press(qtbot, listed, "tiny", Action.DOWNLOAD)
    qtbot.waitUntil(lambda: "can't be downloaded" in listed.card("tiny").card.status)
    assert Action.RESUME in listed.card("tiny").card.actions


def test_a_download_can_be_paused_and_goes_on(qtbot: QtBot, listed: ModelList, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch, gate = coming.fetch, threading.Event()

    def fetch_when_paused(*given: object) -> None:
        gate.wait(30)
        fetch(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(coming, "fetch", fetch_when_paused)
    press(qtbot, listed, "tiny", Action.DOWNLOAD)
    press(qtbot, listed, "tiny", Action.PAUSE)
    gate.set()
    qtbot.waitUntil(lambda: listed.card("tiny").card.status.startswith("Paused"))
    press(qtbot, listed, "tiny", Action.RESUME)
    qtbot.waitUntil(lambda: "Tiny" in listed.keys)


def test_a_pair_is_imported_from_disk(
    qtbot: QtBot, listed: ModelList, downloads: Downloads, own_library: Engine, tiny_pair: Pair
) -> None:
    downloads.import_pair(tiny_pair.model, tiny_pair.mmproj)
    assert "Importing" in listed.news
    qtbot.waitUntil(lambda: len(own_library.models().installed) == 2)
    qtbot.waitUntil(lambda: not listed.news)
    assert own_library.models().in_use == own_library.models().installed[1].name


def test_a_file_that_is_no_model_is_refused_with_a_sentence(
    qtbot: QtBot, listed: ModelList, downloads: Downloads, own_library: Engine, tmp_path: Path
) -> None:
    junk = tmp_path / "junk.gguf"
    junk.write_bytes(b"no model")
    downloads.import_pair(junk, junk)
    qtbot.waitUntil(lambda: bool(listed.findChildren(QMessageBox)))
    assert listed.findChildren(QMessageBox)[0].text()
    assert len(own_library.models().installed) == 1
    qtbot.waitUntil(lambda: not listed.news)


def test_switching_says_what_it_means_and_removing_gives_back_the_starter(
    qtbot: QtBot, listed: ModelList, downloads: Downloads, own_library: Engine, tiny_pair: Pair
) -> None:
    name = own_library.import_model(tiny_pair.model, tiny_pair.mmproj, "My model").name
    listed.refresh()
    qtbot.waitUntil(lambda: name in listed.keys)
    press(qtbot, listed, name, Action.USE)
    question = answer(listed, "Use it")
    assert "never replaced" in question.informativeText()
    qtbot.waitUntil(lambda: listed.card(name).card.mark == "in use")
    press(qtbot, listed, name, Action.REMOVE)
    answer(listed, "Remove")
    qtbot.waitUntil(lambda: name not in listed.keys)
    assert own_library.models().in_use == STARTER_NAME


def test_a_model_can_be_tried_on_a_photo_of_the_library(
    qtbot: QtBot, background: Background, own_library: Engine
) -> None:
    dialog = TrialDialog(own_library, background, STARTER_NAME)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.another.isEnabled, timeout=120_000)
    assert dialog.text.endswith(".")
    assert own_library.count_captions()[0].captions == 6


def test_without_a_network_the_page_says_so_and_offers_to_import(
    qtbot: QtBot, listed: ModelList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_list, "is_offline", lambda: True)
    listed.refresh()
    qtbot.waitUntil(lambda: "There is no network" in listed.news)
    button = next(found for found in listed.findChildren(QPushButton) if "Import" in found.text())
    assert button.isEnabled()
    button.click()
    dialog = listed.findChild(ImportDialog)
    assert dialog
    dialog.close()


def test_a_trial_that_is_closed_keeps_nobody_waiting(
    qtbot: QtBot, own_library: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading = threading.Event()

    def load(_name: str, _photo_id: int, stop: threading.Event) -> str:
        loading.set()
        assert stop.wait(60)
        return ""

    monkeypatch.setattr(own_library, "try_model", load)
    background = Background()
    dialog = TrialDialog(own_library, background, STARTER_NAME)
    dialog.show()
    qtbot.waitUntil(loading.is_set)
    dialog.close()
    began = time.monotonic()
    background.close()
    assert time.monotonic() - began < 5


def test_the_vision_part_beside_a_model_is_suggested(qtbot: QtBot, background: Background, tmp_path: Path) -> None:
    model, mmproj = tmp_path / "model-Q4.gguf", tmp_path / "mmproj-model.gguf"
    model.touch()
    mmproj.touch()
    dialog = ImportDialog(background)
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    dialog.model.setText(str(model))
    qtbot.waitUntil(lambda: dialog.mmproj.text() == str(mmproj))
    assert isinstance(dialog.model, QLineEdit)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept_button.click()
    assert chosen.args == [model, mmproj]
