"""What a drawing is made of: a handful of marks with their places in pixels, and no colours yet.

A mark's `tone` is a role ("accent", "muted"); the palette turns it into a colour. Hollow means: not stated, or
only planned. Everything is placed here and not by the drawing library, which would measure words by whatever
fonts a machine has.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Tone = Literal["ink", "muted", "line", "faint", "accent", "soft", "warm", "paper", "tint"]
Align = Literal["left", "center", "right"]
Shape = Literal["circle", "diamond", "square", "triangle-right"]


@dataclass(frozen=True)
class Box:
    """A bar or a frame."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone
    hollow: bool = False
    round: float = 2

    def moved(self, right: float, down: float) -> "Box":
        """The same, elsewhere."""
        return replace(self, x=self.x + right, y=self.y + down)


@dataclass(frozen=True)
class Rule:
    """A straight line."""

    x: float
    y: float
    x2: float
    y2: float
    tone: Tone = "line"
    thick: float = 1
    dash: tuple[int, ...] = ()

    def moved(self, right: float, down: float) -> "Rule":
        """The same, elsewhere."""
        return replace(self, x=self.x + right, y=self.y + down, x2=self.x2 + right, y2=self.y2 + down)


@dataclass(frozen=True)
class Dot:
    """A point with a shape, `size` across."""

    x: float
    y: float
    size: float
    tone: Tone
    shape: Shape = "circle"
    hollow: bool = False

    def moved(self, right: float, down: float) -> "Dot":
        """The same, elsewhere."""
        return replace(self, x=self.x + right, y=self.y + down)


@dataclass(frozen=True)
class Curve:
    """A bent line through points; thick ones are the bands of a flow."""

    points: tuple[tuple[float, float], ...]
    tone: Tone
    thick: float = 2
    dash: tuple[int, ...] = ()
    opacity: float = 1

    def moved(self, right: float, down: float) -> "Curve":
        """The same, elsewhere."""
        return replace(self, points=tuple((x + right, y + down) for x, y in self.points))


@dataclass(frozen=True)
class Words:
    """Lines of text; `y` is where the first line stands."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float = 15
    align: Align = "left"
    strong: bool = False
    tone: Tone = "ink"

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return round(self.size * 1.28)

    @property
    def foot(self) -> float:
        """Where the last line stands."""
        return self.y + (len(self.lines) - 1) * self.leading

    def moved(self, right: float, down: float) -> "Words":
        """The same, elsewhere."""
        return replace(self, x=self.x + right, y=self.y + down)


Mark = Box | Rule | Dot | Curve | Words
# What lies under what: lines below boxes, boxes below points, words on top; within a plane as they come.
PLANES: tuple[type[Mark], ...] = (Rule, Curve, Box, Dot, Words)


@dataclass(frozen=True)
class Drawing:
    """A sheet with marks; `PLANES` says which lie above which."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def s_curve(x: float, y: float, x2: float, y2: float, steps: int = 16) -> tuple[tuple[float, float], ...]:
    """Points of a line that leaves and arrives level."""
    ways = (step / steps for step in range(steps + 1))
    return tuple((x + (x2 - x) * way, y + (y2 - y) * way * way * (3 - 2 * way)) for way in ways)


def moved(marks: Iterable[Mark], right: float, down: float) -> tuple[Mark, ...]:
    """All of them, elsewhere."""
    return tuple(mark.moved(right, down) for mark in marks)
