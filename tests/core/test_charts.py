"""Charts: a plain value becomes a picture that says the same in every palette and width, whatever stands in it."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from helsevev.core import charts
from helsevev.core.charts.palette import Palette

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('x')</script> & \"{{datum}}\" ]]> &amp; \\n %s ${x}"
FRAME = {"note": "Counts what is invented.", "source": "Source: nobody", "language": "nb"}


def rows(*values: float, unstated: float | None = None) -> tuple[charts.Row, ...]:
    drawn = [charts.Row(f"Ting {number}", value, strong=number == 0) for number, value in enumerate(values)]
    return (*drawn, *([charts.Row("Ikke oppgitt", unstated, stated=False)] if unstated is not None else []))


STAGES = ("Forankring", "Innsikt", "Tjenesteutvikling", "Pilotering", "Overgang til drift", "Ny praksis")
BARS = charts.Bars(
    name="bars", title="Ting 0 er flest", heads=("Ting", "Antall"), rows=rows(12, 5, 0, unstated=3), **FRAME
)
COLUMNS = charts.Columns(name="columns", title="Flest i Ting 0", heads=("År", "Antall"), rows=rows(4, 0, 2), **FRAME)
SHARES = charts.Shares(
    name="shares", title="De fleste", heads=("Ting", "Antall", "Andel"), rows=rows(6, 1, unstated=66), **FRAME
)
FLOW = charts.Flow(
    name="flow",
    title="Flest går videre",
    heads=("Fra", "Til", "Antall"),
    stages=STAGES,
    sides=("Fra", "Til"),
    moves=(charts.Move(0, 1, 14), charts.Move(1, 3, 3), charts.Move(3, 2, 2)),
    **FRAME,
)
EXTENTS = charts.Extents(
    name="extents",
    title="Lengst her",
    heads=("Fase", "Antall", "a", "b", "c", "d", "e"),
    unit="måneder",
    none="Ikke oppgitt",
    rows=(
        charts.Extent("Innsikt", 5, (1, 2, 3, 5, 9)),
        charts.Extent("Pilotering", 1, (7,) * 5),
        charts.Extent("Nye", 0),
    ),
    **FRAME,
)
TIMELINE = charts.Timeline(
    name="timeline",
    title="Pilotering siden 2024",
    heads=("Når", "Hva"),
    periods=(
        charts.Period("Innsikt", "2022", date(2022, 1, 1), date(2022, 12, 31), as_of=True),
        charts.Period("Pilotering", "fra 28. oktober 2024", date(2024, 10, 28)),
        charts.Period("Ny praksis", "2027", date(2027, 1, 1), date(2027, 12, 31), planned=True),
    ),
    moments=(
        charts.Moment("Tildelt støtte", "2023", date(2023, 1, 1), date(2023, 12, 31), "award"),
        charts.Moment("Mål", "2026", date(2026, 1, 1), date(2026, 1, 1), "milestone", planned=True),
    ),
    legend={"planned": "Planlagt", "as_of": "Var der da", "open": "Slutt ikke oppgitt"},
    **FRAME,
)
FAMILY = charts.Family(
    name="family",
    title="Tre har tatt den i bruk",
    heads=("Prosjekt", "Om", "Opphav"),
    bonds_said={"continues": "viderefører", "spreads": "sprer modellen fra"},
    members=(
        charts.Member("a", "Opphavet", "2020 · Oppdiktet sykehus"),
        charts.Member("b", "Den første", here=True),
        charts.Member("c", "Den andre"),
        charts.Member("d", "Fortsettelsen"),
    ),
    bonds=(
        charts.Bond("a", "b", "spreads"),
        charts.Bond("a", "c", "spreads"),
        charts.Bond("b", "d", "continues"),
        charts.Bond("c", "d", "continues"),
    ),
    **FRAME,
)
EVERY = (BARS, COLUMNS, SHARES, FLOW, EXTENTS, TIMELINE, FAMILY)
every_chart = pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.name)
every_look = pytest.mark.parametrize(
    ("palette", "width"),
    [(p, w) for p in charts.PALETTES.values() for w in charts.WIDTHS.values()],
    ids=[f"{p}-{w}" for p in charts.PALETTES for w in charts.WIDTHS],
)


def said(svg: str) -> list[str]:
    """Every text drawn, its lines joined."""
    return [" ".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{SVG}text")]


def marks(svg: str, tag: str) -> int:
    return len(list(ET.fromstring(svg).iter(f"{SVG}{tag}")))


@every_look
@every_chart
def test_a_picture_scales_and_carries_one_name_and_no_noise(chart: charts.Drawable, palette: Palette, width: float):
    svg = charts.draw(chart, palette, width)
    root = ET.fromstring(svg)
    assert root.get("viewBox") == f"0 0 {width:g} {charts.lay(chart, width).height:g}"
    assert not {"width", "height", "role"} & set(root.keys())
    assert [title.text for title in root.iter(f"{SVG}title")] == [chart.title]
    assert not re.search(r"\s(role|aria-[a-z]+|class|style|on[a-z]+)=|url\(|<style|<script|<defs", svg)
    assert "Inter" in (root.get("font-family") or "")


@every_look
@every_chart
def test_the_same_value_gives_the_same_bytes(chart: charts.Drawable, palette: Palette, width: float):
    first = charts.draw(chart, palette, width)
    charts.draw(BARS)
    assert charts.draw(replace(chart), palette, width) == first


@every_chart
def test_two_pictures_in_one_page_never_share_an_id(chart: charts.Drawable):
    looks = [charts.draw(chart, palette, width) for palette in charts.PALETTES.values() for width in (340, 760)]
    ids = [found for svg in looks for found in re.findall(r'\bid="([^"]+)"', svg)]
    assert len(ids) == len(set(ids)) == 4


@every_chart
def test_light_and_dark_say_the_same_in_the_same_places(chart: charts.Drawable):
    light, dark = (
        re.sub(r"#[0-9a-f]{6}|-[0-9a-f]{10}", "", charts.draw(chart, one)) for one in (charts.LIGHT, charts.DARK)
    )
    assert light == dark


@every_chart
def test_a_picture_that_leaves_its_page_says_what_it_is(chart: charts.Drawable):
    texts = " ".join(said(charts.draw(chart, alone=True)))
    for part in (chart.title, chart.note, chart.source):
        assert part in texts


@every_chart
def test_png_is_white_and_twice_as_fine(chart: charts.Drawable):
    drawn = charts.png(chart)
    assert drawn.startswith(b"\x89PNG")
    drawing = charts.lay(chart, alone=True)
    wide, tall = int.from_bytes(drawn[16:20], "big"), int.from_bytes(drawn[20:24], "big")
    assert wide == 2 * drawing.width
    assert abs(tall - 2 * drawing.height) < 2
    assert charts.png(replace(chart)) == drawn


def test_bars_show_every_label_and_number_once():
    svg = charts.draw(BARS)
    assert sorted(said(svg)) == sorted(["Ting 0", "12", "Ting 1", "5", "Ting 2", "0", "Ikke oppgitt", "3"])
    assert marks(svg, "path") == 3, "two bars and a hollow one; nothing for none"
    assert svg.count("stroke-dasharray") == 1, "only what isn't stated is hollow"


def test_columns_show_years_in_order_and_none_where_there_is_none():
    svg = charts.draw(COLUMNS)
    assert sorted(said(svg)) == sorted(["Ting 0", "Ting 1", "Ting 2", "4", "0", "2"])
    assert marks(svg, "path") == 2


def test_shares_name_each_part_with_number_and_share():
    texts = said(charts.draw(SHARES))
    assert {"6 (8\N{NO-BREAK SPACE}%)", "1 (1\N{NO-BREAK SPACE}%)", "66 (90\N{NO-BREAK SPACE}%)"} <= set(texts)


def test_a_flow_has_a_band_for_each_move_and_every_stage_on_both_sides():
    svg = charts.draw(FLOW)
    texts = said(svg)
    assert all(texts.count(stage) == 2 for stage in STAGES)
    assert svg.count('opacity="0.5"') == 3
    assert "14" in texts
    assert svg.count('stroke-dasharray="6,4"') == 1, "the move that leads back is dashed"


def test_extents_say_where_nothing_is_measured():
    texts = said(charts.draw(EXTENTS))
    assert texts.count("Ikke oppgitt") == 1
    assert {"n = 5", "n = 1", "måneder"} <= set(texts)


def test_a_timeline_explains_its_unusual_marks_and_no_others():
    assert {"Planlagt", "Var der da", "Slutt ikke oppgitt"} <= set(said(charts.draw(TIMELINE)))
    plain = replace(TIMELINE, periods=(), moments=TIMELINE.moments[:1])
    assert not {"Planlagt", "Var der da", "Slutt ikke oppgitt"} & set(said(charts.draw(plain)))


@pytest.mark.parametrize("width", charts.WIDTHS.values())
def test_a_family_names_everyone_and_each_kind_of_tie(width: float):
    texts = said(charts.draw(FAMILY, width=width))
    assert {"Opphavet", "Den første", "Den andre", "Fortsettelsen", "viderefører", "sprer modellen fra"} <= set(texts)


def with_hostile_words(chart: charts.Drawable) -> charts.Drawable:
    match chart:
        case charts.Flow():
            return replace(chart, stages=(HOSTILE, *STAGES[1:]))
        case charts.Timeline():
            return replace(chart, periods=(replace(chart.periods[1], label=HOSTILE),))
        case charts.Family():
            return replace(chart, members=(replace(chart.members[0], title=HOSTILE), *chart.members[1:]))
        case charts.Bars() | charts.Columns() | charts.Shares() | charts.Extents():
            return replace(chart, rows=(replace(chart.rows[0], label=HOSTILE), *chart.rows[1:]))


@every_chart
def test_hostile_words_come_out_as_words(chart: charts.Drawable):
    svg = charts.draw(replace(with_hostile_words(chart), title=HOSTILE), alone=True)
    root = ET.fromstring(svg)
    assert not [element for element in root.iter() if "script" in element.tag]
    assert next(root.iter(f"{SVG}title")).text == HOSTILE
    assert "<script>" in "".join(said(svg)).replace("- ", "")


@pytest.mark.parametrize(
    "letters",
    ["\x00", "\x0b", "\ud800", "\ufffe", "\u202e", "👩‍⚕️", "漢字", "é", "\N{COMBINING ACUTE ACCENT}", "\u2028", ""],
)
def test_no_letter_breaks_a_picture(letters: str):
    chart = replace(BARS, title=f"a{letters}b", rows=(charts.Row(f"a{letters}b", 1),))
    ET.fromstring(charts.draw(chart, alone=True))
    assert charts.png(chart)


def test_a_digest_tells_pictures_apart():
    assert charts.digest(BARS) == charts.digest(replace(BARS))
    assert charts.digest(BARS) != charts.digest(replace(BARS, rows=rows(12, 5, 1, unstated=3)))
    assert charts.digest(BARS) != charts.digest(replace(BARS, language="en"))


def test_what_cannot_be_drawn_cannot_be_made():
    with pytest.raises(ValueError, match="zero or more"):
        charts.Row("mindre enn ingen", -1)
    with pytest.raises(ValueError, match="zero or more"):
        charts.Row("uten tall", float("nan"))
    with pytest.raises(ValueError, match="stage"):
        replace(FLOW, moves=(charts.Move(0, 6, 1),))
    with pytest.raises(ValueError, match="goes somewhere"):
        replace(FLOW, moves=(charts.Move(2, 2, 1),))
    with pytest.raises(ValueError, match="something dated"):
        replace(TIMELINE, periods=(), moments=())
    with pytest.raises(ValueError, match="after it begins"):
        charts.Period("bakover", "", date(2025, 1, 2), date(2025, 1, 1))
    with pytest.raises(ValueError, match="ancestor"):
        replace(FAMILY, bonds=(*FAMILY.bonds, charts.Bond("d", "a", "continues")))
    with pytest.raises(ValueError, match="isn't there"):
        replace(FAMILY, bonds=(charts.Bond("a", "nobody", "continues"),))
    with pytest.raises(ValueError, match="low to high"):
        charts.Extent("feil", 2, (3, 2, 1, 0, 0))
    with pytest.raises(ValueError, match="when, and only when"):
        charts.Extent("feil", 0, (1, 1, 1, 1, 1))
