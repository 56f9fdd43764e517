"""A drawing becomes an Altair chart, and that an SVG or a PNG. Colours arrive only here."""

import hashlib
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET  # reads only what we have drawn ourselves

import altair as alt
import vl_convert

from helsevev.core.charts.letters import clean
from helsevev.core.charts.marks import PLANES, Box, Curve, Dot, Drawing, Mark, Rule, Words
from helsevev.core.charts.palette import Palette

FONTS = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_SVG = "http://www.w3.org/2000/svg"
_NOISE = {"class", "role", "version", "pointer-events", "font-family"}
_SAID_ANYWAY = {("opacity", "1"), ("text-anchor", "start"), ("stroke-dasharray", ""), ("font-weight", "400")}
_PLACES = {"d", "transform", "x", "y", "x2", "y2"}
_VEGA_LITE = "6.4"

vl_convert.register_font_directory(str(Path(__file__).parent / "fonts"))
ET.register_namespace("", _SVG)


def chart_of(drawing: Drawing, palette: Palette, ground: str = "transparent") -> alt.LayerChart:
    """The drawing as few layers, one for all marks of a plane that look alike; places are pixels, so no scales."""
    alike: dict[tuple[object, ...], list[Mark]] = {}
    for mark in sorted(drawing.marks, key=lambda mark: PLANES.index(type(mark))):
        alike.setdefault(_look(mark), []).append(mark)
    layers = [_layer(marks, palette) for marks in alike.values()]
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(width=drawing.width, height=drawing.height, padding=0, autosize=alt.AutoSizeParams(type="none"))
        .configure(aria=False, background=ground, font=FONTS)
        .configure_view(stroke=None)
    )
    return chart


def svg(drawing: Drawing, palette: Palette, name: str, title: str, ground: str = "transparent") -> str:
    """The SVG text: scalable, transparent unless asked, one name in it, no other words than those drawn."""
    described = chart_of(drawing, palette, ground).to_dict(validate=False)
    raw = vl_convert.vegalite_to_svg(described, vl_version=_VEGA_LITE)
    return _tidy(raw, drawing, name, title)


def png(drawing: Drawing, palette: Palette, name: str, title: str) -> bytes:
    """The same as pixels, twice as fine as the screen's, on the palette's ground."""
    drawn: bytes = vl_convert.svg_to_png(svg(drawing, palette, name, title, palette.ground), scale=2)
    return drawn


def _look(mark: Mark) -> tuple[object, ...]:
    """What marks must share to be one layer."""
    match mark:
        case Box():
            return (Box, mark.tone, mark.hollow, mark.round)
        case Rule():
            return (Rule, mark.tone, mark.thick, mark.dash)
        case Dot():
            return (Dot, mark.tone, mark.shape, mark.hollow, mark.size)
        case Curve():
            return (Curve, mark)
        case Words():
            return (Words, mark.size, mark.align, mark.strong, mark.tone)


def _layer(marks: list[Mark], palette: Palette) -> alt.Chart:
    """Marks that look alike, with their colour."""
    base = alt.Chart(alt.InlineData(values=[row for mark in marks for row in _rows(mark)]))
    colour = palette.tones[marks[0].tone]
    layer: alt.Chart
    match marks[0]:
        case Box() as box:
            layer = base.mark_rect(cornerRadius=box.round, **_paint(colour, box.hollow, 1.5)).encode(**_ENDS)
        case Rule() as rule:
            line = base.mark_rule(stroke=colour, strokeWidth=rule.thick, strokeDash=rule.dash)
            layer = line.encode(**_ENDS)
        case Dot() as dot:
            point = base.mark_point(shape=dot.shape, size=dot.size**2, opacity=1, **_paint(colour, dot.hollow, 2))
            layer = point.encode(**_PLACE)
        case Curve() as curve:
            layer = _curved(base, curve, colour)
        case Words() as words:
            layer = _written(base, words, colour)
    return layer


def _rows(mark: Mark) -> list[dict[str, float | str]]:
    """A mark's places as the rows of a layer."""
    match mark:
        case Box():
            inset = 0.75 if mark.hollow else 0  # a hollow one's edge lies inside it
            x2, y2 = mark.x + mark.width - inset, mark.y + mark.height - inset
            return [{"x": mark.x + inset, "y": mark.y + inset, "x2": max(x2, mark.x + inset), "y2": y2}]
        case Rule():
            return [{"x": mark.x, "y": mark.y, "x2": mark.x2, "y2": mark.y2}]
        case Dot():
            return [{"x": mark.x, "y": mark.y}]
        case Curve():
            return [{"x": x, "y": y, "o": order} for order, (x, y) in enumerate(mark.points)]
        case Words():
            return [{"x": mark.x, "y": mark.y, "t": "\n".join(mark.lines)}]


_PLACE: dict[str, Any] = {
    "x": alt.X("x", type="quantitative", scale=None, axis=None),
    "y": alt.Y("y", type="quantitative", scale=None, axis=None),
}
_ENDS: dict[str, Any] = {**_PLACE, "x2": "x2", "y2": "y2"}


def _paint(colour: str, hollow: bool, thick: float) -> dict[str, Any]:
    """Filled, or only a dashed edge."""
    if hollow:
        return {"fill": "transparent", "stroke": colour, "strokeWidth": thick, "strokeDash": [4, 3]}
    return {"fill": colour, "stroke": None}


def _curved(base: alt.Chart, curve: Curve, colour: str) -> alt.Chart:
    """One bent line."""
    line = base.mark_line(
        stroke=colour,
        strokeWidth=curve.thick,
        strokeDash=curve.dash,
        opacity=curve.opacity,
        interpolate="monotone",
    )
    layer: alt.Chart = line.encode(order=alt.Order("o", type="quantitative"), **_PLACE)
    return layer


def _written(base: alt.Chart, words: Words, colour: str) -> alt.Chart:
    """Text, one or more lines each."""
    text = base.mark_text(
        align=words.align,
        baseline="alphabetic",
        fontSize=words.size,
        fontWeight=600 if words.strong else 400,
        fill=colour,
        lineBreak="\n",
        lineHeight=words.leading,
    )
    layer: alt.Chart = text.encode(text=alt.Text("t", type="nominal"), **_PLACE)
    return layer


def _tidy(raw: str, drawing: Drawing, name: str, title: str) -> str:
    """Leave the drawn marks alone and drop the rest: sizes, roles, classes, empty paths, numbered names."""
    root = ET.fromstring(raw)  # noqa: S314
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{_SVG}}}path" and "aria-hidden" in child.attrib:
                parent.remove(child)
    for element in root.iter():
        for attribute, value in list(element.attrib.items()):
            if attribute in _NOISE or attribute.startswith("aria") or (attribute, value) in _SAID_ANYWAY:
                del element.attrib[attribute]
        for attribute in _PLACES & element.attrib.keys():
            element.set(attribute, re.sub(r"(\.\d\d)\d+", r"\1", element.attrib[attribute]))
    del root.attrib["width"], root.attrib["height"]
    root.set("font-family", FONTS)
    root.set("viewBox", f"0 0 {drawing.width:g} {drawing.height:g}")
    named = ET.Element(f"{{{_SVG}}}title")
    named.text = clean(title)
    root.insert(0, named)
    text = ET.tostring(root, encoding="unicode")
    root_name = f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"
    return text.replace("<svg ", f'<svg id="{root_name}" ', 1)
