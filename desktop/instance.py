"""One window for each library: a second start raises the first one."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from engine.api import Home

_PATIENCE_MS = 500


class SingleInstance(QObject):
    """Hold the right to be the window of a library. `asked` says that somebody started Reverie again, and carries the
    folders that were named."""

    asked = Signal(object)

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = f"reverie-{hashlib.blake2b(str(home.root).encode(), digest_size=8).hexdigest()}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def claim(self, folders: Sequence[Path] = ()) -> bool:
        """Take the right, or raise the window that has it, hand it the folders, and return False."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_PATIENCE_MS):
            socket.write(json.dumps([str(folder.resolve()) for folder in folders]).encode())
            socket.disconnectFromServer()
            if socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
                socket.waitForDisconnected(_PATIENCE_MS)
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def _answer(self) -> None:
        while connection := self._server.nextPendingConnection():
            if connection.state() is QLocalSocket.LocalSocketState.UnconnectedState:
                self._hear(connection)
            else:
                connection.disconnected.connect(self._hear_sender)

    def _hear_sender(self) -> None:
        # A slot that held the connection itself would be destroyed with it, by itself.
        connection = self.sender()
        assert isinstance(connection, QLocalSocket)
        self._hear(connection)

    def _hear(self, connection: QLocalSocket) -> None:
        said = bytes(connection.readAll().data())
        connection.deleteLater()
        self.asked.emit([Path(folder) for folder in json.loads(said or b"[]")])
