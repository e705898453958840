"""Why a photo was found, for a person: a sentence, and how much each source has to say."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from desktop.viewer.section import Section, wrapping_label
from engine.api import Source, SourceMatch, Why, WordMatch

translate = QCoreApplication.translate
# Evidence is in nats: at 3, the photo is e³ = 20 times likelier to be meant than one of which nothing is known.
_STRONG_NATS = 3.0
_FULL_NATS = 8.0


class WhySection(Section):
    """A summary, a small bar for each source, and the words that were found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("WhySection", "Why this photo"), parent)
        self._summary = wrapping_label()
        self._words = wrapping_label(QPalette.ColorRole.PlaceholderText)
        self._bars = QWidget()
        self.body.addWidget(self._summary)
        self.body.addWidget(self._bars)
        self.body.addWidget(self._words)

    def show_why(self, why: Why | None) -> None:
        """Show a reason; hide where there is none, as for a photo that nobody searched for."""
        self.setVisible(bool(why and (why.sources or why.words)))
        if why is None:
            return
        self._summary.setText(why.summary)
        self._words.setText(_list_words(why.words))
        self._words.setVisible(bool(why.words))
        self._replace_bars(why.sources)

    def _replace_bars(self, sources: Sequence[SourceMatch]) -> None:
        bars = QWidget()
        grid = QGridLayout(bars)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(0)
        for row, match in enumerate(sources):
            name, strength = _name(match.source), _strength(match.evidence)
            grid.addWidget(QLabel(name, wordWrap=True), 2 * row, 0)
            grid.addWidget(QLabel(strength), 2 * row, 1)
            grid.addWidget(Bar(match.evidence / _FULL_NATS, f"{name}: {strength}"), 2 * row + 1, 0, 1, 2)
        self.body.replaceWidget(self._bars, bars)
        self._bars.deleteLater()
        self._bars = bars


class Bar(QProgressBar):
    """A small bar, filled by a part in [0, 1]."""

    def __init__(self, part: float, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, 100)
        self.setValue(round(100 * min(max(part, 0.0), 1.0)))
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of a line of text."""
        return QSize(self.fontMetrics().height() * 3, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the whole, and the part over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = self.height() / 3
        for part, role in ((1.0, QPalette.ColorRole.Mid), (self.value() / 100, QPalette.ColorRole.Highlight)):
            painter.setBrush(self.palette().color(role))
            painter.drawRoundedRect(QRectF(0, height, self.width() * part, height), height / 2, height / 2)


def _name(source: Source) -> str:
    names = {
        Source.SENTENCE: translate("WhySection", "What the caption means"),
        Source.PHOTO: translate("WhySection", "What the photo shows"),
        Source.WORDS: translate("WhySection", "Your very words"),
        Source.VISUAL: translate("WhySection", "Likeness to your photo"),
        Source.TIME: translate("WhySection", "When it was taken"),
    }
    return names[source]


def _strength(evidence: float) -> str:
    if evidence <= 0:
        return translate("WhySection", "against")
    if evidence < _STRONG_NATS:
        return translate("WhySection", "some")
    return translate("WhySection", "strong")


def _list_words(words: Sequence[WordMatch]) -> str:
    """Return "“coffee”, “cup” (caption) · “mug” (tag)"."""
    groups = groupby(words, lambda match: match.column)
    return " · ".join(f"{', '.join(f'“{match.word}”' for match in own)} ({column})" for column, own in groups)
