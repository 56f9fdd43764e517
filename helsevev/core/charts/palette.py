"""The colours of pictures in the light and in the dark scheme: the theme's own, kept in one place with their roles.

Teal against orange is told apart with any colour vision; still no picture says a thing by colour alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from helsevev.core.charts.marks import Tone


@dataclass(frozen=True)
class Palette:
    """A scheme's colours by role, and the ground that pictures lie on."""

    name: str
    ground: str
    tones: Mapping[Tone, str]


LIGHT = Palette(
    name="light",
    ground="#ffffff",
    tones={
        "ink": "#202e31",
        "muted": "#555f62",
        "line": "#b8bcbe",
        "faint": "#e1e4e4",
        "accent": "#00525f",
        "soft": "#5a97a2",
        "warm": "#b25a00",
        "paper": "#ffffff",
        "tint": "#eff5f5",
    },
)
DARK = Palette(
    name="dark",
    ground="#13191a",
    tones={
        "ink": "#ececed",
        "muted": "#a5a8aa",
        "line": "#4a5154",
        "faint": "#2e373a",
        "accent": "#79c3ce",
        "soft": "#4b8490",
        "warm": "#f0a35c",
        "paper": "#13191a",
        "tint": "#12303a",
    },
)
PALETTES: Mapping[str, Palette] = {palette.name: palette for palette in (LIGHT, DARK)}
