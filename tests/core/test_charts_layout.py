"""Laying out: everything stands on the sheet, lengths are true to the numbers, and the table says what is drawn."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core import charts
from helsevev.core.charts.kinds import generations
from helsevev.core.charts.letters import clean, measure, wrap
from helsevev.core.charts.marks import Box, Curve, Dot, Drawing, Rule, Words
from helsevev.core.charts.palette import Palette
from helsevev.core.charts.wording import number, share

FRAME = {"name": "c", "title": "Tittel", "language": "nb"}
LABELS = st.text(max_size=90)
ROWS = st.lists(
    st.builds(charts.Row, LABELS, st.integers(0, 100_000), st.booleans(), st.booleans()), min_size=1, max_size=9
).map(tuple)
YEARS = st.integers(1, 40).flatmap(
    lambda many: st.lists(st.integers(0, 5_000), min_size=many, max_size=many).map(
        lambda counts: tuple(charts.Row(str(1990 + place), count) for place, count in enumerate(counts))
    )
)
WIDTHS = st.sampled_from(list(charts.WIDTHS.values()))
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
FIVE = st.lists(st.integers(0, 200), min_size=5, max_size=5).map(lambda found: tuple(sorted(found)))


def words(drawing: Drawing) -> list[str]:
    return [" ".join(mark.lines) for mark in drawing.marks if isinstance(mark, Words)]


def edges(mark: Words) -> tuple[float, float]:
    wide = max(measure(line, mark.size, strong=mark.strong) for line in mark.lines)
    left = {"left": mark.x, "center": mark.x - wide / 2, "right": mark.x - wide}[mark.align]
    return left, left + wide


def test_a_number_wider_than_its_column_stays_on_a_phones_sheet() -> None:
    rows = tuple(charts.Row(f"{month}", 2_497 + month, strong=month == 12) for month in range(1, 13))
    drawing = charts.lay(charts.Columns(rows=rows, heads=("a", "b"), **FRAME), charts.NARROW)
    assert number(2_509, "nb") in words(drawing)
    assert all(edges(mark)[1] <= drawing.width for mark in drawing.marks if isinstance(mark, Words))


def stands_on_its_sheet(drawing: Drawing) -> None:
    slack = 1.0
    for mark in drawing.marks:
        match mark:
            case Box():
                xs, ys = (mark.x, mark.x + mark.width), (mark.y, mark.y + mark.height)
            case Rule():
                xs, ys = (mark.x, mark.x2), (mark.y, mark.y2)
            case Dot():
                xs, ys = (mark.x - mark.size / 2, mark.x + mark.size / 2), (mark.y, mark.y)
            case Curve():
                xs, ys = tuple(x for x, _y in mark.points), tuple(y for _x, y in mark.points)
            case Words():
                xs, ys = edges(mark), (mark.y, mark.foot)
        assert min(xs) >= -slack, mark
        assert max(xs) <= drawing.width + slack, mark
        assert min(ys) >= -slack, mark
        assert max(ys) <= drawing.height + slack, mark


@given(ROWS, WIDTHS)
def test_bars_stand_on_the_sheet_and_are_as_long_as_they_say(rows: tuple[charts.Row, ...], width: float):
    chart = charts.Bars(rows=rows, heads=("a", "b"), **FRAME)
    drawing = charts.lay(chart, width)
    stands_on_its_sheet(drawing)
    boxes = [mark for mark in drawing.marks if isinstance(mark, Box)]
    counted = [row for row in rows if row.value]
    assert len(boxes) == len(counted)
    longest = max((row.value for row in rows), default=0)
    for box, row in zip(boxes, counted, strict=True):
        true = row.value / longest * max(one.width for one in boxes)
        assert box.width == pytest.approx(max(true, 1.5), rel=0.001)
        assert box.hollow is not row.stated


@given(ROWS, WIDTHS)
def test_a_table_of_bars_says_what_is_drawn(rows: tuple[charts.Row, ...], width: float):
    chart = charts.Bars(rows=rows, heads=("a", "b"), **FRAME)
    drawn = Counter(words(charts.lay(chart, width)))
    assert all(drawn[said] >= many for said, many in Counter(number(n, "nb") for _label, n in chart.table()).items())
    assert [label for label, _n in chart.table()] == [row.label for row in rows]


@given(YEARS, st.integers(0, 50), WIDTHS)
def test_columns_stand_on_the_sheet_and_their_words_never_touch(
    years: tuple[charts.Row, ...], unstated: int, width: float
):
    rows = (*years, charts.Row("Ikke oppgitt", unstated, stated=False)) if unstated else years
    chart = charts.Columns(rows=rows, heads=("a", "b"), **FRAME)
    drawing = charts.lay(chart, width)
    stands_on_its_sheet(drawing)
    boxes = [mark for mark in drawing.marks if isinstance(mark, Box)]
    assert len(boxes) == sum(row.value > 0 for row in rows)
    by_line: dict[float, list[Words]] = {}
    for mark in drawing.marks:
        if isinstance(mark, Words):
            by_line.setdefault(mark.y, []).append(mark)
    for beside in by_line.values():
        spans = sorted(edges(mark) for mark in beside)
        assert all(before[1] <= after[0] + 1 for before, after in pairwise(spans))


@given(ROWS, WIDTHS)
def test_shares_fill_the_bar_and_agree_with_the_table(rows: tuple[charts.Row, ...], width: float):
    chart = charts.Shares(rows=rows, heads=("a", "b", "c"), **FRAME)
    drawing = charts.lay(chart, width)
    stands_on_its_sheet(drawing)
    texts = words(drawing)
    for _label, count, part in chart.table():
        assert f"{number(count, 'nb')} ({part})" in texts
    parts = [mark for mark in drawing.marks if isinstance(mark, Box) and mark.height == 40]
    assert sum(part.width for part in parts) + 3 * max(len(parts) - 1, 0) == pytest.approx(width if parts else 0)


MOVES = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 10_000),
    max_size=20,
).map(lambda found: tuple(charts.Move(start, end, count) for (start, end), count in found.items()))


@given(MOVES, WIDTHS)
def test_a_flow_draws_each_move_once_and_totals_agree(moves: tuple[charts.Move, ...], width: float):
    stages = ("Forankring", "Innsikt", "Tjenesteutvikling", "Pilotering", "Overgang til drift", "Ny praksis")
    chart = charts.Flow(stages=stages, moves=moves, sides=("Fra", "Til"), heads=("a", "b", "c"), **FRAME)
    drawing = charts.lay(chart, width)
    stands_on_its_sheet(drawing)
    assert sum(isinstance(mark, Curve) for mark in drawing.marks) == len(moves) == len(chart.table())
    drawn = Counter(words(drawing))
    for stage in stages:
        for place in (0, 1):
            total = sum(count for *sides, count in chart.table() if sides[place] == stage)
            assert not total or drawn[number(total, "nb")] >= 1


EXTENTS = st.lists(
    st.one_of(
        st.builds(lambda label: charts.Extent(label, 0), LABELS),
        st.builds(charts.Extent, LABELS, st.integers(1, 100_000), FIVE, st.booleans()),
    ),
    min_size=1,
    max_size=7,
).map(tuple)


@given(EXTENTS, WIDTHS)
def test_extents_stand_on_the_sheet_in_order(rows: tuple[charts.Extent, ...], width: float):
    chart = charts.Extents(rows=rows, unit="måneder", none="Ikke oppgitt", heads=("a",) * 7, **FRAME)
    drawing = charts.lay(chart, width)
    stands_on_its_sheet(drawing)
    counted = Counter(words(drawing))
    assert counted["Ikke oppgitt"] >= sum(row.lies is None for row in rows)
    for row, cells in zip(rows, chart.table(), strict=True):
        assert cells[1] == row.count
        assert not row.lies or counted[f"n = {number(row.count, 'nb')}"] >= 1


@given(st.lists(st.integers(0, 300), min_size=1, max_size=200))
def test_five_places_are_those_of_the_sorted_list(measured: list[int]):
    low, lower, middle, upper, high = charts.five(Counter(measured)) or ()
    assert (low, high) == (min(measured), max(measured))
    assert middle == median(measured)
    assert low <= lower <= middle <= upper <= high
    assert charts.five(Counter()) is None


@st.composite
def timelines(draw: st.DrawFn) -> charts.Timeline:
    def stretch() -> tuple[date, date]:
        first = draw(DAYS)
        return first, first + timedelta(days=draw(st.integers(0, 900)))

    periods = []
    for _ in range(draw(st.integers(0, 4))):
        first, last = stretch()
        end = draw(st.sampled_from([last, None]))
        periods.append(charts.Period(draw(LABELS), "når", first, end, draw(st.booleans()), draw(st.booleans())))
    moments = []
    for _ in range(draw(st.integers(0 if periods else 1, 5))):
        first, last = stretch()
        kind = draw(st.sampled_from(["award", "log", "milestone"]))
        moments.append(charts.Moment(draw(LABELS), "når", first, last, kind, draw(st.booleans())))
    legend = {"planned": "Planlagt", "as_of": "Sett", "open": "Åpen"}
    return charts.Timeline(periods=tuple(periods), moments=tuple(moments), heads=("a", "b"), legend=legend, **FRAME)


@given(timelines(), WIDTHS)
def test_a_timeline_stands_on_its_sheet_in_the_order_of_its_table(chart: charts.Timeline, width: float):
    drawing = charts.lay(chart, width)
    stands_on_its_sheet(drawing)
    assert words(drawing).count("når") == len(chart.table()) == len(chart.entries())
    starts = [entry.first for entry in chart.entries()]
    assert starts == sorted(starts)


@st.composite
def families(draw: st.DrawFn) -> charts.Family:
    many = draw(st.integers(1, 14))
    members = tuple(charts.Member(str(n), draw(LABELS), draw(LABELS), here=n == 0) for n in range(many))
    pairs = draw(
        st.sets(
            st.tuples(st.integers(0, many - 1), st.integers(0, many - 1)).filter(lambda p: p[0] < p[1]), max_size=20
        )
    )
    kinds = ("continues", "spreads", "adapts", "same_model_as")
    bonds = tuple(charts.Bond(str(p), str(c), draw(st.sampled_from(kinds))) for p, c in sorted(pairs))
    return charts.Family(
        members=members, bonds=bonds, bonds_said={kind: kind for kind in kinds}, heads=("a", "b", "c"), **FRAME
    )


@given(families(), WIDTHS)
def test_a_family_stands_on_its_sheet_and_no_two_touch(chart: charts.Family, width: float):
    drawing = charts.lay(chart, width)
    stands_on_its_sheet(drawing)
    boxes = [mark for mark in drawing.marks if isinstance(mark, Box) and mark.tone == "tint"]
    assert not boxes or len(boxes) == len(chart.members)
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert beside or one.y + one.height <= other.y + 0.01 or other.y + other.height <= one.y + 0.01
    depth = generations(chart)
    assert all(depth[bond.parent] < depth[bond.child] for bond in chart.bonds)


@settings(max_examples=25)
@given(ROWS)
def test_whatever_words_stand_in_it_a_picture_can_be_drawn(rows: tuple[charts.Row, ...]):
    charts.draw(charts.Bars(rows=rows, heads=("a", "b"), **FRAME), alone=True)


@given(st.text(max_size=200), st.floats(60, 400), st.integers(1, 5))
def test_wrapped_lines_fit_and_say_so_when_something_is_left_out(text: str, room: float, most: int):
    lines = wrap(text, room, 15, most=most)
    assert 1 <= len(lines) <= most
    assert all(measure(line, 15) <= room for line in lines)
    whole = clean(text)
    bare = "".join(lines).replace(" ", "").replace("-", "")
    assert bare.endswith("…") or bare == whole.replace(" ", "").replace("-", "")


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", charts.PALETTES.values(), ids=charts.PALETTES.keys())
def test_words_and_marks_stand_out_from_their_ground(palette: Palette):
    for tone in ("ink", "muted"):
        for ground in (palette.ground, palette.tones["tint"]):
            assert contrast(palette.tones[tone], ground) >= 4.5
    for tone in ("accent", "soft", "warm", "muted"):
        assert contrast(palette.tones[tone], palette.ground) >= 3


def test_shares_of_something_are_never_nothing_nor_all():
    assert share(1, 1000, "en") == "1%"
    assert share(999, 1000, "en") == "99%"
    assert share(0, 0, "nb") == "0\N{NO-BREAK SPACE}%"
    assert share(5, 5, "nn") == "100\N{NO-BREAK SPACE}%"
