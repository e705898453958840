"""Import a model from disk: the model itself, and the part of it that sees."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.background import Background
from desktop.icons import icon

_WIDTH_IN_CHARACTERS = 70


class ImportDialog(QDialog):
    """Ask for the two files of a model; `chosen` carries both paths."""

    chosen = Signal(object, object)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self.setWindowTitle(self.tr("Import a model"))
        self.model, self.mmproj = QLineEdit(), QLineEdit()
        text = self.tr(
            "A model that can see comes as two GGUF files: the model, and a smaller one whose name says “mmproj”. "
            "They are copied, and tested on a drawn picture before they are accepted."
        )
        rows = QFormLayout()
        rows.addRow(self.tr("Model"), self._with_button(self.model, self.tr("Choose the model")))
        rows.addRow(self.tr("Vision part"), self._with_button(self.mmproj, self.tr("Choose the mmproj file")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = buttons.addButton(self.tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(text, wordWrap=True))
        layout.addLayout(rows)
        layout.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_IN_CHARACTERS)
        self.model.textChanged.connect(self._look_for_mmproj)
        for field in (self.model, self.mmproj):
            field.textChanged.connect(self._update)
        self.accepted.connect(lambda: self.chosen.emit(Path(self.model.text()), Path(self.mmproj.text())))
        self._update()

    def _with_button(self, field: QLineEdit, title: str) -> QHBoxLayout:
        field.setAccessibleName(title)
        button = QPushButton(icon("open"), self.tr("Choose…"))
        button.setAccessibleName(title)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._pick(field, title))
        row = QHBoxLayout()
        row.addWidget(field, 1)
        row.addWidget(button)
        return row

    def _pick(self, field: QLineEdit, title: str) -> None:
        dialog = QFileDialog(self, title, filter=self.tr("GGUF models (*.gguf)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(field.setText)
        dialog.open()

    def _look_for_mmproj(self, text: str) -> None:
        """Suggest the one mmproj file that lies beside the model."""
        if text and not self.mmproj.text():
            self._background.run(lambda: _mmproj_beside(Path(text)), self._suggest, latest=f"mmproj {id(self)}")

    def _suggest(self, path: Path | None) -> None:
        if path and not self.mmproj.text():
            self.mmproj.setText(str(path))

    def _update(self) -> None:
        self.accept_button.setEnabled(bool(self.model.text() and self.mmproj.text()))


def _mmproj_beside(model: Path) -> Path | None:
    found = [path for path in model.parent.glob("*.gguf") if "mmproj" in path.name.casefold() and path != model]
    return found[0] if len(found) == 1 and model.is_file() else None
