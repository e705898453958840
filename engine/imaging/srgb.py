"""Bring every kind of pixel into 8-bit sRGB: palettes, transparency, 16 bits, CMYK and embedded ICC profiles."""

import io
from functools import lru_cache

from PIL import Image, ImageCms

_SRGB = ImageCms.createProfile("sRGB")


def to_resizable(image: Image.Image) -> Image.Image:
    """Return `image` in a mode that can be resized smoothly: no palette, one byte per channel."""
    if image.mode.startswith(("I", "F")):
        return _to_eight_bits(image)
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "P":
        return image.convert("RGB")
    return image.convert("L") if image.mode == "1" else image


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Scale 16-bit grey by 1/256; stretch 32-bit and float pixels, whose white is not defined, to what they hold."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    low, high = (float(value) for value in image.getextrema() if not isinstance(value, tuple))
    scale = 255 / ((high - low) or 1)
    return image.point(lambda value: value * scale - low * scale).convert("L")


def to_srgb(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """Return `image` as RGB in sRGB; where it is transparent it is seen on white."""
    image = _on_white(image) if image.mode == "RGBA" else image
    transform = _colour_transform(icc_profile or b"", image.mode) if icc_profile or image.mode == "LAB" else None
    if transform is None:
        return image.convert("RGB")
    return ImageCms.applyTransform(image, transform) or image


def _on_white(image: Image.Image) -> Image.Image:
    background = Image.new("RGB", image.size, "white")
    background.paste(image, mask=image.getchannel("A"))
    return background


@lru_cache(maxsize=16)
def _colour_transform(icc_profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Build the way from a profile to sRGB once for all photos of a camera; None where there is nothing to do.

    A profile that is damaged or belongs to another kind of pixel says nothing about this photo and is ignored.
    """
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(icc_profile)) if mode != "LAB" else ImageCms.createProfile("LAB")
        if mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(source):
            return None
        return ImageCms.buildTransform(source, _SRGB, mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
