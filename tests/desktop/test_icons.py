"""Icons follow the palette, and each can be drawn."""

import gc
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.icons import icon
from desktop.theme import apply_appearance
from engine.api import RESOURCES, Appearance

ICONS = sorted((RESOURCES / "icons").glob("*.svg"))


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_every_icon_is_drawn_with_24_units_in_the_current_colour(path: Path, qapp: QApplication) -> None:
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    assert (renderer.viewBox().width(), renderer.viewBox().height()) == (24, 24)
    assert b"currentColor" in path.read_bytes()


def colours(drawn: QIcon) -> set[str]:
    image = drawn.pixmap(24, 24).toImage()
    pixels = (image.pixelColor(x, y) for x in range(24) for y in range(24))
    return {QColor(pixel.rgb()).name() for pixel in pixels if pixel.alpha() == 255}


def test_an_icon_has_the_colour_of_the_palette_also_after_a_change(qapp: QApplication) -> None:
    drawn = icon("sidebar")
    seen = []
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        apply_appearance(appearance)
        assert qapp.palette().color(QPalette.ColorRole.ButtonText).name() in colours(drawn)
        seen.append(colours(drawn))
    apply_appearance(Appearance.SYSTEM)
    assert seen[0] != seen[1]


def test_copies_of_an_icon_outlive_it(qapp: QApplication) -> None:
    copies = [QIcon(icon("search")) for _ in range(200)]
    gc.collect()
    assert all(not copy.pixmap(16, 16).isNull() for copy in copies)
