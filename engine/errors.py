"""Every error that Reverie knows: what a person can be told about and often do something about."""

from pathlib import Path


class ReverieError(Exception):
    """Carry one plain sentence (`title`), what to do or know about it (`detail`) and the path concerned.

    Foreign exceptions are translated into a subclass once, where they first meet our code. Anything that is not a
    `ReverieError` is a bug.
    """

    def __init__(self, title: str, detail: str = "", path: Path | None = None) -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.path = path

    def __str__(self) -> str:
        return f"{self.title} {self.detail}".strip()


class UnreadablePhoto(ReverieError):
    """A file that cannot be shown as a photo: damaged, too large, or not a photo at all."""


class PhotoStillChanging(ReverieError):
    """A file that grew or changed while it was read: somebody is still writing it, so try again later."""


class CannotWrite(ReverieError):
    """A file of Reverie's own that could not be written: the disk is full, or the folder is closed to us."""


class FolderUnavailable(ReverieError):
    """A folder that is missing, unplugged or closed to us."""


class FolderAlreadyAdded(FolderUnavailable):
    """A folder that is in the library, or lies in one that is."""


class ModelUnavailable(ReverieError):
    """A model file that is missing, damaged or of the wrong kind."""


class DownloadFailed(ReverieError):
    """A model that could not be downloaded: no connection, or a server that does not give it."""


class CaptionRejected(ReverieError):
    """A caption that failed its checks: empty, a refusal, a loop, or no sentence."""


class Cancelled(ReverieError):
    """Work that was stopped because somebody asked for it."""


class WorkerCrashed(ReverieError):
    """A worker process that died while it held a request."""


class WorkerTimeout(ReverieError):
    """A worker process that took too long and was stopped."""


class CatalogDamaged(ReverieError):
    """A catalog that SQLite cannot read."""


class CatalogTooNew(ReverieError):
    """A catalog written by a newer Reverie."""


class CatalogMissing(ReverieError):
    """A library that was never made."""


class CatalogInUse(ReverieError):
    """A catalog that another Reverie is writing."""


class InvalidQuery(ReverieError):
    """A search that makes no sense as it was asked: a reference photo that is missing, a date that does not exist."""


class UnexpectedError(ReverieError):
    """A bug of ours that a worker ran into; its traceback is in the log."""
