"""Everything that is known of a photo, beside it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.background import Background
from desktop.viewer.caption import CaptionEditor
from desktop.viewer.copies import Copies
from desktop.viewer.facts import list_facts
from desktop.viewer.section import Section, wrapping_label
from desktop.viewer.why import WhySection
from engine.api import Engine, Hit, PhotoDetails

_WIDTH_IN_CHARACTERS = 44


class DetailsPanel(QScrollArea):
    """What a photo shows, why it was found, and what its files say.

    `folder_asked` carries the path of a file to be shown in its folder.
    """

    caption_edited = Signal(int)
    find_similar = Signal(int)
    folder_asked = Signal(object)

    def __init__(self, engine: Engine, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._background = background
        self._photo_id: int | None = None
        self._hit: Hit | None = None
        self._shown: tuple[PhotoDetails, Hit | None] | None = None
        self._caption = CaptionEditor(engine, background)
        self._why = WhySection()
        self._tags, self._tag_words = self._text_section(self.tr("Tags"))
        self._text, self._words = self._text_section(self.tr("Text in the photo"))
        self._facts = Section(self.tr("About"))
        self._form = QWidget()
        self._copies = Copies(self.tr("Files"))
        self._similar = QPushButton(self.tr("Find similar photos"))
        self._content = QWidget()
        self._hint = wrapping_label(QPalette.ColorRole.PlaceholderText)
        self._hint.setText(self.tr("Choose a photo to see what is known of it."))
        self._lay_out()
        self._caption.edited.connect(self._on_edited)
        self._copies.folder_asked.connect(self.folder_asked)
        self._similar.clicked.connect(self._ask_similar)

    def show_photo(self, photo_id: int | None, hit: Hit | None = None) -> None:
        """Show a photo, and where it was searched for, why it was found; None shows nothing."""
        self._photo_id, self._hit = photo_id, hit
        if photo_id is None:
            self._caption.save()
            self._content.hide()
            self._hint.show()
        self.refresh()

    def refresh(self) -> None:
        """Show what is known by now; what is being typed stays."""
        photo_id = self._photo_id
        if photo_id is not None:
            self._background.run(lambda: self._engine.photo_details(photo_id), self._show, latest="details")

    def sizeHint(self) -> QSize:
        """Return a width at which text reads well."""
        return QSize(self.fontMetrics().averageCharWidth() * _WIDTH_IN_CHARACTERS, super().sizeHint().height())

    def _text_section(self, title: str) -> tuple[Section, QLabel]:
        section, label = Section(title), wrapping_label()
        section.body.addWidget(label)
        return section, label

    def _lay_out(self) -> None:
        everything = QWidget()
        outer = QVBoxLayout(everything)
        outer.addWidget(self._hint)
        outer.addWidget(self._content, 1)
        outer.addStretch()
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height())
        self._facts.body.addWidget(self._form)
        for section in (self._caption, self._why, self._tags, self._text, self._facts, self._copies, self._similar):
            layout.addWidget(section)
        layout.addStretch()
        self._content.hide()
        self.setWidget(everything)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Details"))

    def _show(self, details: PhotoDetails | None) -> None:
        is_here = details is not None and details.photo_id == self._photo_id
        self._content.setVisible(is_here)
        self._hint.setVisible(self._photo_id is None)
        if details is None or not is_here or self._shown == (details, self._hit):
            return
        self._shown = details, self._hit
        why = self._hit.why if self._hit else None
        self._caption.show_caption(details.photo_id, details.caption, why.sentence if why else None)
        self._why.show_why(why)
        self._tag_words.setText(", ".join(tag.word for tag in details.tags))
        self._tags.setVisible(bool(details.tags))
        self._words.setText(details.text_in_photo)
        self._text.setVisible(bool(details.text_in_photo))
        self._show_facts(details)
        self._copies.show_files(details)

    def _show_facts(self, details: PhotoDetails) -> None:
        form = QWidget()
        layout = QFormLayout(form)
        layout.setContentsMargins(0, 0, 0, 0)
        for name, value in list_facts(details, self.locale()):
            label = wrapping_label()
            label.setText(value)
            layout.addRow(name, label)
        self._facts.body.replaceWidget(self._form, form)
        self._form.deleteLater()
        self._form = form

    def _on_edited(self, photo_id: int) -> None:
        self.refresh()
        self.caption_edited.emit(photo_id)

    def _ask_similar(self) -> None:
        if self._photo_id is not None:
            self.find_similar.emit(self._photo_id)
