"""Take the captions along: into a folder of the user's choice, never into the photos."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from desktop.background import Background
from desktop.icons import icon
from desktop.library.folder_choice import pick_folder
from desktop.library.wording import counted
from desktop.question import explain
from desktop.settings.form import SettingsForm
from desktop.system.file_manager import show_in_file_manager
from engine.api import Engine, ExportFormat


class ExportPage(SettingsForm):
    """Export captions as XMP sidecars, CSV or JSON."""

    def __init__(self, engine: Engine, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_title(self.tr("Export"))
        self._engine, self._background = engine, background
        self._folder: Path | None = None
        self.add_text(
            self.tr(
                "Captions can be used elsewhere. They go into a folder that you choose: Reverie never writes into your "
                "photos or beside them."
            )
        )
        self.format = QComboBox()
        for kind, text in self._formats().items():
            self.format.addItem(text, kind)
        self.format.setAccessibleName(self.tr("Format"))
        self.export = QPushButton(icon("export"), self.tr("Export captions…"))
        self.export.clicked.connect(lambda: pick_folder(self, self.export_into))
        self._show = QPushButton(icon("open"), self.tr("Show in file manager"))
        self._show.clicked.connect(self._reveal)
        self._show.hide()
        self._result = QLabel(wordWrap=True)
        self.rows.addRow(self.tr("Format"), self.format)
        self.add_buttons(self.export)
        self.rows.addRow(self._result)
        self.add_buttons(self._show)

    @property
    def result(self) -> str:
        """Return what came of the export."""
        return self._result.text()

    def export_into(self, folder: Path) -> None:
        """Write the captions into a folder."""
        self._folder = folder
        kind = self.format.currentData()
        self.export.setEnabled(False)
        self._show.hide()
        self._result.setText(self.tr("Exporting…"))
        self._background.run(lambda: self._engine.export_captions(folder, kind), self._tell_done, self._tell_problem)

    def _formats(self) -> dict[ExportFormat, str]:
        return {
            ExportFormat.XMP: self.tr("XMP sidecar files, which photo programs read"),
            ExportFormat.CSV: self.tr("CSV table, for a spreadsheet"),
            ExportFormat.JSON: self.tr("JSON, for programs"),
        }

    def _tell_done(self, number: int) -> None:
        self.export.setEnabled(True)
        self._show.show()
        captions = counted(number, self.tr("caption"), self.tr("captions"))
        self._result.setText(self.tr("{captions} exported to {folder}.").format(captions=captions, folder=self._folder))

    def _tell_problem(self, error: Exception) -> None:
        self.export.setEnabled(True)
        self._result.setText(" ".join(explain(error)).strip())

    def _reveal(self) -> None:
        if self._folder:
            show_in_file_manager(self._folder)
