"""Downloads over a real server: whole, cut, paused, resumed, damaged, and refused."""

import contextlib
import errno
import hashlib
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tiny_gguf import Pair

from engine.errors import Cancelled, CannotWrite, DownloadFailed, ModelUnavailable
from engine.models import download
from engine.models.catalogue import ModelOffer, RemoteFile, find_offer, read_catalogue
from engine.models.coming import download_pair, downloaded_bytes, forget_download
from engine.models.download import fetch
from engine.models.installed import folder_name
from engine.models.store import find_model, verify_model
from engine.paths import Home

CONTENT = bytes(range(256)) * 8192
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Server(ThreadingHTTPServer):
    """Give files; `cut_after` bytes of each answer the line is cut, `codes` are what it answers first."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {"file": CONTENT}
        self.cut_after: int | None = None
        self.codes: list[int] = []
        self.knows_ranges = True
        self.asked: list[str] = []

    def file(self, name: str = "file", content: bytes = CONTENT, sha256: str | None = None) -> RemoteFile:
        self.files.setdefault(name, content)
        url = f"http://127.0.0.1:{self.server_address[1]}/{name}"
        return RemoteFile(url, len(content), sha256 or hashlib.sha256(content).hexdigest())


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = self.headers.get("Range", "")
        self.server.asked.append(asked)
        if self.server.codes:
            self.send_error(self.server.codes.pop(0))
            return
        content = self.server.files[self.path[1:]]
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.server.knows_ranges else 0
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        end = None if self.server.cut_after is None else start + self.server.cut_after
        with contextlib.suppress(ConnectionError):
            self.wfile.write(content[start:end])
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(download, "_FIRST_BACK_OFF_S", 0.0)
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "model.gguf"


def part_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


def test_a_file_comes_whole_and_tells_how_far_it_is(server: Server, target: Path, stop: threading.Event) -> None:
    heard: list[int] = []
    fetch(server.file(), target, heard.append, stop)
    assert target.read_bytes() == CONTENT
    assert heard == sorted(heard)
    assert heard[-1] == len(CONTENT)
    assert not part_of(target).exists()


def test_a_cut_connection_goes_on_where_it_was_cut(server: Server, target: Path, stop: threading.Event) -> None:
    server.cut_after = 1_000_000
    fetch(server.file(), target, lambda done: None, stop)
    assert target.read_bytes() == CONTENT
    assert server.asked == ["", "bytes=1000000-", "bytes=2000000-"]


def test_a_server_that_knows_no_ranges_begins_anew(server: Server, target: Path, stop: threading.Event) -> None:
    server.knows_ranges = False
    part_of(target).write_bytes(b"something else")
    fetch(server.file(), target, lambda done: None, stop)
    assert target.read_bytes() == CONTENT


def test_a_pause_keeps_what_has_come(server: Server, target: Path, stop: threading.Event) -> None:
    with pytest.raises(Cancelled):
        fetch(server.file(), target, lambda done: stop.set(), stop)
    size = part_of(target).stat().st_size
    assert 0 < size < len(CONTENT)
    stop.clear()
    fetch(server.file(), target, lambda done: None, stop)
    assert target.read_bytes() == CONTENT
    assert server.asked[1:] == [f"bytes={size}-"]


def test_a_busy_server_is_asked_again(server: Server, target: Path, stop: threading.Event) -> None:
    server.codes = [503, 429]
    fetch(server.file(), target, lambda done: None, stop)
    assert target.read_bytes() == CONTENT


def test_a_part_that_the_server_cannot_go_on_from_is_fetched_anew(
    server: Server, target: Path, stop: threading.Event
) -> None:
    part_of(target).write_bytes(b"old")
    server.codes = [416]
    fetch(server.file(), target, lambda done: None, stop)
    assert target.read_bytes() == CONTENT


def test_a_file_that_is_gone_is_not_asked_for_again(server: Server, target: Path, stop: threading.Event) -> None:
    server.codes = [404, 404]
    with pytest.raises(DownloadFailed, match="404"):
        fetch(server.file(), target, lambda done: None, stop)
    assert len(server.asked) == 1


def test_no_connection_is_said_plainly(server: Server, target: Path, stop: threading.Event) -> None:
    file = server.file()
    server.shutdown()
    server.server_close()
    with pytest.raises(DownloadFailed, match="no connection"):
        fetch(file, target, lambda done: None, stop)


def test_a_connection_that_gives_nothing_is_given_up(server: Server, target: Path, stop: threading.Event) -> None:
    server.cut_after = 0
    with pytest.raises(DownloadFailed, match="no connection"):
        fetch(server.file(), target, lambda done: None, stop)


def test_a_damaged_file_is_thrown_away(server: Server, target: Path, stop: threading.Event) -> None:
    with pytest.raises(ModelUnavailable, match=f"SHA-256 {SHA256}"):
        fetch(server.file(sha256="0" * 64), target, lambda done: None, stop)
    assert not target.exists()
    assert not part_of(target).exists()


def test_a_file_of_another_size_is_not_fetched_at_all(server: Server, target: Path, stop: threading.Event) -> None:
    file = RemoteFile(server.file().url, 12, SHA256)
    with pytest.raises(ModelUnavailable, match="another one now"):
        fetch(file, target, lambda done: None, stop)
    assert not part_of(target).exists()


def test_a_full_disk_keeps_what_has_come(
    server: Server, target: Path, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(done: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(CannotWrite, match="No space left"):
        fetch(server.file(), target, fill, stop)
    assert part_of(target).stat().st_size > 0


@pytest.fixture
def offer(server: Server, tiny_pair: Pair) -> ModelOffer:
    files = (server.file(path.name, path.read_bytes()) for path in (tiny_pair.model, tiny_pair.mmproj))
    return ModelOffer("tiny-one", "Tiny One", "none", 1, 1.0, "", False, *files)


def accept(model: Path, mmproj: Path) -> None:
    assert model.exists()
    assert mmproj.exists()


def test_a_downloaded_pair_is_installed(
    tmp_path: Path, offer: ModelOffer, tiny_pair: Pair, stop: threading.Event
) -> None:
    home = Home(tmp_path)
    heard: list[tuple[int, int]] = []
    model = download_pair(home, offer, accept, lambda done, total: heard.append((done, total)), stop)
    assert heard[-1] == (offer.size_bytes, offer.size_bytes)
    assert model == find_model(home, "tiny-one")
    assert (model.name, model.model_source, model.size_bytes) == ("Tiny One", tiny_pair.model.name, offer.size_bytes)
    verify_model(model)
    assert [path.name for path in home.models.iterdir()] == ["tiny-one"]


def test_a_pair_that_does_not_run_is_not_fetched_twice(
    tmp_path: Path, server: Server, offer: ModelOffer, stop: threading.Event
) -> None:
    home = Home(tmp_path)

    def refuse(model: Path, mmproj: Path) -> None:
        raise ModelUnavailable("This model crashes or hangs here.")

    with pytest.raises(ModelUnavailable, match="crashes"):
        download_pair(home, offer, refuse, lambda done, total: None, stop)
    assert downloaded_bytes(home, offer.model_id) == offer.size_bytes
    download_pair(home, offer, accept, lambda done, total: None, stop)
    assert len(server.asked) == 2


def test_a_download_can_be_thrown_away(tmp_path: Path, offer: ModelOffer, stop: threading.Event) -> None:
    home = Home(tmp_path)
    with pytest.raises(Cancelled):
        download_pair(home, offer, accept, lambda done, total: stop.set(), stop)
    forget_download(home, offer.model_id)
    assert downloaded_bytes(home, offer.model_id) == 0


def test_too_little_room_is_noticed_before_anything_is_fetched(
    tmp_path: Path, server: Server, offer: ModelOffer, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ModelUnavailable, match="not enough room"):
        download_pair(Home(tmp_path), offer, accept, lambda done, total: None, stop)
    assert server.asked == []


def test_the_catalogue_is_whole() -> None:
    offers = read_catalogue()
    assert [offer.memory_bytes for offer in offers] == sorted(offer.memory_bytes for offer in offers)
    for offer in offers:
        assert folder_name(offer.name) == offer.model_id
        assert find_offer(offer.model_id) is offer
        assert offer.size_bytes < offer.memory_bytes * 1.5
        for file in (offer.model, offer.mmproj):
            assert file.url.startswith("https://huggingface.co/")
            assert file.url.endswith(".gguf")
            assert len(bytes.fromhex(file.sha256)) == 32
        assert offer.model.url != offer.mmproj.url


def test_a_model_that_nobody_offers_is_named() -> None:
    with pytest.raises(ModelUnavailable, match="nothing"):
        find_offer("nothing")
