"""Light, dark, or as the system is: palettes, and nothing but palettes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from engine.api import Appearance

_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup


_SCHEMES = {
    Appearance.SYSTEM: Qt.ColorScheme.Unknown,
    Appearance.LIGHT: Qt.ColorScheme.Light,
    Appearance.DARK: Qt.ColorScheme.Dark,
}
_LIGHT = {
    _Role.Window: "#f5f5f3", _Role.WindowText: "#1d1d1b", _Role.Base: "#ffffff", _Role.AlternateBase: "#ededea",
    _Role.Text: "#1d1d1b", _Role.Button: "#fbfbfa", _Role.ButtonText: "#1d1d1b", _Role.BrightText: "#ffffff",
    _Role.PlaceholderText: "#6b6b66", _Role.Highlight: "#2f5fb3", _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#2f5fb3", _Role.Link: "#2f5fb3", _Role.LinkVisited: "#6a4a9c", _Role.ToolTipBase: "#ffffff",
    _Role.ToolTipText: "#1d1d1b", _Role.Light: "#ffffff", _Role.Midlight: "#e6e6e2", _Role.Mid: "#c6c6c0",
    _Role.Dark: "#9b9b94", _Role.Shadow: "#000000",
}  # fmt: skip
_DARK = {
    _Role.Window: "#1f2022", _Role.WindowText: "#ececea", _Role.Base: "#17181a", _Role.AlternateBase: "#2a2b2e",
    _Role.Text: "#ececea", _Role.Button: "#2d2e31", _Role.ButtonText: "#ececea", _Role.BrightText: "#ffffff",
    _Role.PlaceholderText: "#a2a29c", _Role.Highlight: "#3d6fc4", _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#86adf0", _Role.Link: "#86adf0", _Role.LinkVisited: "#b9a0e0", _Role.ToolTipBase: "#2d2e31",
    _Role.ToolTipText: "#ececea", _Role.Light: "#4a4b4f", _Role.Midlight: "#35363a", _Role.Mid: "#4a4b4f",
    _Role.Dark: "#111214", _Role.Shadow: "#000000",
}  # fmt: skip
_DISABLED = {_Role.WindowText, _Role.Text, _Role.ButtonText}
# An empty tick box would hardly be seen in the dark: Fusion draws its outline darker than the window.
_TICK_BOX = "#6c6d72"


def apply_appearance(appearance: Appearance) -> None:
    """Make the whole application light, dark, or as the system is, now and when the system changes.

    Where the platform has colours of its own for that they are used. The Fusion style gets ours.
    """
    QGuiApplication.styleHints().setColorScheme(_SCHEMES[appearance])
    if QApplication.style().name() == "fusion":
        dark = _is_dark(appearance)
        QApplication.setPalette(_palette(dark))
        for kind in ("QCheckBox", "QRadioButton"):
            QApplication.setPalette(_box_palette(dark), kind)  # type: ignore[arg-type]  # it takes str, not bytes


def _is_dark(appearance: Appearance) -> bool:
    if appearance is not Appearance.SYSTEM:
        return appearance is Appearance.DARK
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(dark: bool) -> QPalette:
    palette = QPalette()
    colours = _DARK if dark else _LIGHT
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in _DISABLED:
        palette.setColor(_Group.Disabled, role, QColor(colours[_Role.PlaceholderText]))
    return palette


def _box_palette(dark: bool) -> QPalette:
    palette = _palette(dark)
    if dark:
        palette.setColor(_Role.Base, QColor(_TICK_BOX))
    return palette
