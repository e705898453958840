"""The palettes: whatever must be read can be read."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox
from test_details import luminance

from desktop.theme import apply_appearance
from engine.api import Appearance

_Role, _Group = QPalette.ColorRole, QPalette.ColorGroup
GROUNDS = (_Role.Window, _Role.Base, _Role.AlternateBase, _Role.Button, _Role.ToolTipBase)


@pytest.fixture(params=[Appearance.LIGHT, Appearance.DARK])
def palette(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[QPalette]:
    apply_appearance(request.param)
    yield qapp.palette()
    apply_appearance(Appearance.SYSTEM)


def contrast(
    palette: QPalette, group: QPalette.ColorGroup, one: QPalette.ColorRole, other: QPalette.ColorRole
) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""
    darker, lighter = sorted(luminance(palette.color(group, role)) for role in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def test_text_can_be_read_also_where_it_is_quiet_or_disabled(palette: QPalette) -> None:
    texts = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText)
    for group, text, ground in itertools.product((_Group.Active, _Group.Disabled), texts, GROUNDS):
        assert contrast(palette, group, text, ground) >= 4.5, (group, text, ground)
    assert contrast(palette, _Group.Active, _Role.HighlightedText, _Role.Highlight) >= 4.5
    assert contrast(palette, _Group.Active, _Role.Link, _Role.Window) >= 4.5


def test_an_empty_tick_box_stands_out_in_the_dark(qapp: QApplication) -> None:
    apply_appearance(Appearance.DARK)
    box = QApplication.palette(QCheckBox())
    assert contrast(box, _Group.Active, _Role.Text, _Role.Base) >= 3
    assert contrast(box, _Group.Active, _Role.Base, _Role.Window) >= 3
    apply_appearance(Appearance.SYSTEM)
