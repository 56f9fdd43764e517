"""Turns a drawing into pixels, with the fonts that we carry, so that it looks the same on every machine."""

from pathlib import Path

import vl_convert

FONTS = Path(__file__).parent / "charts" / "fonts"
vl_convert.register_font_directory(str(FONTS))


def from_svg(drawing: str) -> bytes:
    """A PNG of the drawing's own size. Nothing outside the drawing is fetched."""
    pixels: bytes = vl_convert.svg_to_png(drawing)
    return pixels
