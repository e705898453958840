"""The page of the models that write captions."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.background import Background
from desktop.library.page_title import PageTitle
from desktop.settings.downloads import Downloads
from desktop.settings.model_list import ModelList
from engine.api import Engine


class ModelsPage(QWidget):
    """Choose, download, import, try and remove models."""

    def __init__(
        self, engine: Engine, background: Background, downloads: Downloads, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.list = ModelList(engine, background, downloads)
        text = self.tr(
            "A model looks at each photo and writes its caption. Larger ones see and say more, and take longer. "
            "One that comes takes over from the starter at once; otherwise you decide which one is in use."
        )
        layout = QVBoxLayout(self)
        layout.addWidget(PageTitle(self.tr("Models")))
        layout.addWidget(QLabel(text, wordWrap=True))
        layout.addWidget(self.list, 1)
