# ruff: noqa: ANN401 - the office libraries have no types, and show their XML only this way
"""The shapes of the workbooks among the knowledge bank's tools: columns, formulas, colours and grids."""

from datetime import date, timedelta
from typing import Any

from tools_sheets import CELL, FONT, HEAD, HEADED, LIGHTS, Column, Layout, Sheet, letter
from tools_words import PALE, TEAL

Words = dict[str, str]
Values = dict[str, Any]
SQUARES = 26
TODAY = ("date", "=TODAY()")
STATUS_DAY = date(2026, 3, 2)  # the day on which the examples are told


def _end(row: Values, _words: Words) -> Any:
    return row["D"] + timedelta(days=int(row["E"] * 7) - 1) if row["D"] and row["E"] else ""


def _progress(row: Values, words: Words) -> str:
    if not row["D"] or not row["E"]:
        return ""
    if row["G"] == 1:
        return words["done"]
    if row["D"] + timedelta(days=int(row["E"] * 7) - 1) < STATUS_DAY:
        return words["late"]
    return words["begun"] if row["D"] <= STATUS_DAY else words["waits"]


def _timeline(page: Sheet) -> None:
    """A bar per activity: the squares are coloured by the dates beside them, and darker where it is done."""
    first, width = 8, SQUARES
    head = page.formats(**CELL | HEADED | {"num_format": "dd.mm", "rotation": 90, "font_size": 8, "text_wrap": False})
    begins = page.told["field_values"][2]
    for place in range(width):
        here = first + place
        formula = "=$B$5" if place == 0 else f"={letter(here - 1)}${HEAD}+$B$6"
        day = (begins - date(1899, 12, 30)).days + 7 * place if page.example else 0
        page.sheet.write_formula(HEAD - 1, here, formula, head, day)
        for row in range(HEAD, page.last):
            page.sheet.write_blank(row, here, None, page.formats(border=1, border_color="#DFECEE"))
    page.sheet.set_column(first, first + width - 1, 2.6)
    column, row = letter(first), HEAD + 1
    area = f"{column}{row}:{letter(first + width - 1)}{page.last}"
    starts, ends = f"{column}${HEAD}", f"{column}${HEAD}+$B$6-1"
    whole = f'=AND($D{row}<>"",$F{row}<>"",$D{row}<={ends},$F{row}>={starts})'
    part = f'=AND($D{row}<>"",$F{row}<>"",$D{row}<={ends},$D{row}+($F{row}-$D{row}+1)*$G{row}>{starts})'
    for formula, colour in ((part, f"#{TEAL}"), (whole, "#8FC1C8")):
        rule = {"type": "formula", "criteria": formula, "stop_if_true": True}
        page.sheet.conditional_format(area, rule | {"format": page.book.add_format({"bg_color": colour})})


MONDAY = "=IF(COUNT(D{first}:D{last})=0,TODAY(),MIN(D{first}:D{last})-WEEKDAY(MIN(D{first}:D{last}),2)+1)"
PROGRESS = Layout(
    columns=(
        Column(21, choices="phase"),
        Column(34),
        Column(20),
        Column(12, "date"),
        Column(7, "number", between=(0, 200)),
        Column(12, "date", formula='=IF(OR(D{r}="",E{r}=""),"",D{r}+E{r}*7-1)', value=_end),
        Column(8, "percent", between=(0, 1)),
        Column(
            13,
            formula='=IF(F{r}="","",IF(G{r}=1,"{done}",IF(F{r}<$B$4,"{late}",IF(D{r}<=$B$4,"{begun}","{waits}"))))',
            value=_progress,
        ),
    ),
    fields=(("text", ""), TODAY, ("date", MONDAY), ("number", "7")),
    lights={"H": {"done": "good", "late": "bad", "begun": "warn"}},
    beside=_timeline,
    rows=24,
)


def _notice(row: Values, words: Words) -> str:
    if not row["F"] or row["H"] == words["sent"]:
        return ""
    left = (row["F"] - STATUS_DAY).days
    return words["late"] if left < 0 else words["soon"] if left <= 14 else ""


COMMUNICATION = Layout(
    columns=(
        Column(24),
        Column(30),
        Column(34),
        Column(18, choices="channel"),
        Column(18),
        Column(12, "date"),
        Column(14, choices="repeat"),
        Column(13, choices="status"),
        Column(
            12,
            formula='=IF(OR(F{r}="",H{r}="{sent}"),"",IF(F{r}<$B$4,"{late}",IF(F{r}-$B$4<=14,"{soon}","")))',
            value=_notice,
        ),
        Column(28),
    ),
    fields=(("text", ""), TODAY),
    lights={"I": {"late": "bad", "soon": "warn"}, "H": {"sent": "good"}},
)


def _approach(row: Values, words: Words) -> str:
    if not row["C"] or not row["D"]:
        return ""
    if row["C"] + row["D"] >= 5:
        return words["close"]
    if row["C"] == 3:
        return words["content"]
    return words["informed"] if row["C"] + row["D"] == 4 else words["follow"]


def _map(page: Sheet) -> None:
    """The grid of influence and concern, with the names gathered by a formula (Excel 2019 or later, LibreOffice)."""
    told, words = page.told, page.told["words"]
    sheet = page.book.add_worksheet(told["sheets"]["grid_example" if page.example else "grid"])
    _grid_paper(page, sheet, words["grid"])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 3, 34)
    head = page.formats(**CELL | HEADED)
    for place in (1, 2, 3):
        sheet.write(3, place, f"{words['concern']}: {place}", head)
        sheet.write(7 - place, 0, f"{words['influence']}: {place}", head)
        sheet.set_row(7 - place, 110)
    for influence in (3, 2, 1):
        for concern in (1, 2, 3):
            _names(page, sheet, influence, concern)


def _names(page: Sheet, sheet: Any, influence: int, concern: int) -> None:
    source = f"'{page.name}'!"
    reach = {column: f"{source}${column}${HEAD + 1}:${column}${page.last}" for column in "ACD"}
    chosen = f"({reach['C']}={influence})*({reach['D']}={concern})"
    formula = f'{{=_xlfn.TEXTJOIN(CHAR(10),TRUE,IF({chosen},{reach["A"]},""))}}'
    names = "\n".join(row["A"] for row in page.rows if (row["C"], row["D"]) == (influence, concern))
    strong = influence + concern >= 5
    look = page.formats(
        **CELL | {"bg_color": "#B4D1D6" if strong else f"#{PALE}" if influence + concern == 4 else "#FFFFFF"}
    )
    spot = (7 - influence, concern)
    sheet.write_array_formula(*spot, *spot, formula, look, names)


def _grid_paper(page: Sheet, sheet: Any, title: str) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write(0, 0, title, page.formats(**FONT | {"font_size": 18, "bold": True, "font_color": f"#{TEAL}"}))
    lead = page.told["invented"] if page.example else page.told["words"]["grid_lead"]
    sheet.write(1, 0, lead, page.formats(**FONT))


STAKEHOLDERS = Layout(
    columns=(
        Column(30),
        Column(20, choices="part"),
        Column(12, "number", between=(1, 3)),
        Column(12, "number", between=(1, 3)),
        Column(13, choices="attitude"),
        Column(34),
        Column(
            18,
            formula='=IF(OR(C{r}="",D{r}=""),"",IF(C{r}+D{r}>=5,"{close}",IF(C{r}=3,"{content}",'
            'IF(C{r}+D{r}=4,"{informed}","{follow}"))))',
            value=_approach,
        ),
        Column(34),
        Column(18),
        Column(12, "date"),
    ),
    fields=(("text", ""), ("text", "")),
    lights={"G": {"close": "good", "content": "warn"}},
    after=_map,
)


def _share(row: Values, _words: Words) -> Any:
    known = all(isinstance(row[one], int | float) for one in "EFG")
    return (row["G"] - row["E"]) / (row["F"] - row["E"]) if known and row["F"] != row["E"] else ""


def _reached(row: Values, words: Words) -> str:
    share = row["K"]
    if share == "":
        return ""
    if row["H"] != "" and row["H"] < 5:
        return words["few"]
    if share >= 1:
        return words["reached"]
    return words["way"] if share > 0 else words["same"] if share == 0 else words["wrong"]


BENEFITS = Layout(
    columns=(
        Column(32),
        Column(18, choices="whom"),
        Column(30),
        Column(14),
        Column(9, "amount"),
        Column(9, "amount"),
        Column(9, "amount"),
        Column(10, "number"),
        Column(12, "date"),
        Column(20),
        Column(
            10, "percent", formula='=IF(COUNT(E{r}:G{r})<3,"",IF(F{r}=E{r},"",(G{r}-E{r})/(F{r}-E{r})))', value=_share
        ),
        Column(
            18,
            formula='=IF(K{r}="","",IF(AND(H{r}<>"",H{r}<5),"{few}",IF(K{r}>=1,"{reached}",IF(K{r}>0,"{way}",'
            'IF(K{r}=0,"{same}","{wrong}")))))',
            value=_reached,
        ),
    ),
    fields=(("text", ""), ("text", "")),
    lights={"L": {"reached": "good", "way": "warn", "wrong": "bad", "few": "warn"}},
    rows=16,
)


def _touches(row: Values, _words: Words) -> Any:
    cells = [row[one] for one in "BCDEFGH" if row[one] != ""]
    numbers = all(isinstance(one, int | float) for one in cells)
    return sum(cells) if cells and numbers else len(cells)


def _lanes(page: Sheet) -> None:
    """What somebody does stands out from the empty squares; the lanes have room to write in."""
    lanes = len(page.rows) - 2
    for row in range(HEAD, page.last):
        page.sheet.set_row(row, 44)
    busy = page.book.add_format({"bg_color": f"#{PALE}", "bold": False})
    rule = {"type": "formula", "criteria": f"=LEN(B{HEAD + 1})>0", "format": busy}
    page.sheet.conditional_format(f"B{HEAD + 1}:H{HEAD + lanes}", rule)


PATHWAY = Layout(
    columns=(
        Column(24),
        *(Column(20) for _ in range(7)),
        Column(12, "number", formula="=IF(COUNT(B{r}:H{r})>0,SUM(B{r}:H{r}),COUNTA(B{r}:H{r}))", value=_touches),
    ),
    fields=(("text", ""), ("text", ""), ("number", "=SUM(B{first}:H{last})")),
    beside=_lanes,
)

SCORE = '=IF(OR({likely}{{r}}="",{grave}{{r}}=""),"",{likely}{{r}}*{grave}{{r}})'
LEVEL = (
    '=IF({score}{{r}}="","",IF({score}{{r}}>=15,"{{critical}}",IF({score}{{r}}>=10,"{{high}}",'
    'IF({score}{{r}}>=5,"{{moderate}}","{{low}}"))))'
)


def _score(row: Values, likely: str, grave: str) -> Any:
    return row[likely] * row[grave] if row[likely] and row[grave] else ""


def level(score: Any, words: Words) -> str:
    """The word for a score."""
    if score == "":
        return ""
    return words["critical" if score >= 15 else "high" if score >= 10 else "moderate" if score >= 5 else "low"]


def _matrices(page: Sheet) -> None:
    told, words = page.told, page.told["words"]
    sheet = page.book.add_worksheet(told["sheets"]["grid_example" if page.example else "grid"])
    _grid_paper(page, sheet, words["grid"])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 5, 16)
    _matrix(page, sheet, 3, words["before"], "DE")
    _matrix(page, sheet, 11, words["afterwards"], "KL")


def _matrix(page: Sheet, sheet: Any, top: int, title: str, columns: str) -> None:
    words = page.told["words"]
    head = page.formats(**CELL | HEADED)
    sheet.write(top, 0, title, head)
    for place in range(1, 6):
        sheet.write(top, place, f"{words['grave']} {place}", head)
        sheet.write(top + 6 - place, 0, f"{words['likely']} {place}", head)
        sheet.set_row(top + place, 30)
    for likely in range(1, 6):
        for grave in range(1, 6):
            _count(page, sheet, (top + 6 - likely, grave), columns, (likely, grave))


def _count(page: Sheet, sheet: Any, spot: tuple[int, int], columns: str, pair: tuple[int, int]) -> None:
    reach = [f"'{page.name}'!${one}${HEAD + 1}:${one}${page.last}" for one in columns]
    formula = f"=COUNTIFS({reach[0]},{pair[0]},{reach[1]},{pair[1]})"
    count = sum((row[columns[0]], row[columns[1]]) == pair for row in page.rows)
    score = pair[0] * pair[1]
    colour = "#F0A9A1" if score >= 15 else LIGHTS["bad"][0] if score >= 10 else LIGHTS["good"][0]
    if 5 <= score < 10:
        colour = LIGHTS["warn"][0]
    look = CELL | {"bg_color": colour, "align": "center", "valign": "vcenter", "bold": True, "num_format": "0;-0;;@"}
    sheet.write_formula(*spot, formula, page.formats(**look), count)


RISKS = Layout(
    columns=(
        Column(34),
        Column(15, choices="about"),
        Column(26),
        Column(13.5, "number", between=(1, 5)),
        Column(13.5, "number", between=(1, 5)),
        Column(8, "number", formula=SCORE.format(likely="D", grave="E"), value=lambda row, _: _score(row, "D", "E")),
        Column(11, formula=LEVEL.format(score="F"), value=lambda row, words: level(row["F"], words)),
        Column(34),
        Column(18),
        Column(12, "date"),
        Column(13.5, "number", between=(1, 5)),
        Column(13.5, "number", between=(1, 5)),
        Column(8, "number", formula=SCORE.format(likely="K", grave="L"), value=lambda row, _: _score(row, "K", "L")),
        Column(11, formula=LEVEL.format(score="M"), value=lambda row, words: level(row["M"], words)),
    ),
    fields=(("text", ""), ("date", "=TODAY()")),
    lights={column: {"critical": "bad", "high": "bad", "moderate": "warn", "low": "good"} for column in ("G", "N")},
    after=_matrices,
    rows=16,
)

LAYOUTS = {
    "fremdriftsplan": PROGRESS,
    "kommunikasjonsplan": COMMUNICATION,
    "interessentkart": STAKEHOLDERS,
    "gevinstplan": BENEFITS,
    "tjenesteforlop": PATHWAY,
    "risikotabell": RISKS,
}
