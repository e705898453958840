"""Whether there is a network, as far as the system tells; nothing is sent to find out."""

from PySide6.QtNetwork import QNetworkInformation


def is_offline() -> bool:
    """Return True only where the system says that there is no network."""
    if not QNetworkInformation.loadDefaultBackend():
        return False
    known = QNetworkInformation.instance().reachability()
    return known == QNetworkInformation.Reachability.Disconnected
