# ruff: noqa: ANN401, SLF001 - the office libraries have no types, and show their XML only this way
"""Writes the knowledge bank's tools that are documents (DOCX), from a small Markdown with TOML before it.

The text knows: `## heading`, `### smaller heading`, `=== heading on a new page`, `- list`, `1. list`, `- [ ] box to
tick`, `> note`, and tables. A table may be preceded by `Table: caption {3 7; 1.2}`: the columns' share of the width,
and the least height of its rows in centimetres.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

TEAL, PALE, LINE, INK, QUIET = "00525F", "DFECEE", "9CC3C9", "202E31", "555F62"
FONT = "Arial"
WIDTH = 17.0
CHECKBOX = (
    '<w:sdt {ns} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w:alias w:val="{name}"/>'
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>'
    '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"/></w:rPr><w:t>\u2610</w:t></w:r>'
    "</w:sdtContent></w:sdt>"
)


@dataclass(frozen=True)
class Facts:
    """What a file says of itself."""

    title: str
    lead: str
    language: str
    version: str
    licence: str
    footer: str


@dataclass(frozen=True)
class Grid:
    """A table as it is written: caption, the columns' shares, least height of a row, and its rows."""

    caption: str
    shares: tuple[float, ...]
    height: float
    rows: tuple[tuple[str, ...], ...]


def document(facts: Facts, text: str, when: datetime) -> bytes:
    """The whole document, as bytes that still carry the packer's times."""
    paper = Document()
    _page(paper, facts)
    _styles(paper, facts.language)
    _properties(paper, facts, when)
    paper.add_paragraph(facts.title, style="Title")
    paper.add_paragraph(facts.lead, style="Subtitle")
    _body(paper, text)
    paper.add_paragraph(facts.licence, style="Small")
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _properties(paper: Any, facts: Facts, when: datetime) -> None:
    about = paper.core_properties
    about.title, about.subject, about.language = facts.title, facts.lead[:250], facts.language
    about.author = about.last_modified_by = "Helsevev"
    about.comments, about.keywords, about.version = "", "CC BY 4.0", facts.version
    about.created = about.modified = when


def _page(paper: Any, facts: Facts) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(2)
    section.bottom_margin = Cm(2.2)
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{facts.footer}\t")
    for before, code in (("", "PAGE"), (" / ", "NUMPAGES")):
        foot.add_run(before)
        field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        foot._p.append(field)


def _styles(paper: Any, language: str) -> None:
    for name in ("Check", "Note", "Small"):
        paper.styles.add_style(name, 1).base_style = paper.styles["Normal"]
    looks = {
        "Normal": (10.5, False, INK, 0, 6),
        "Title": (24, True, TEAL, 0, 4),
        "Subtitle": (12, False, QUIET, 0, 10),
        "Heading 1": (15, True, TEAL, 16, 4),
        "Heading 2": (12, True, TEAL, 10, 3),
        "Caption": (9.5, True, QUIET, 8, 3),
        "List Bullet": (10.5, False, INK, 0, 3),
        "List Number": (10.5, False, INK, 0, 3),
        "Footer": (8.5, False, QUIET, 0, 0),
        "Check": (10.5, False, INK, 0, 4),
        "Note": (10.5, False, INK, 6, 8),
        "Small": (8.5, False, QUIET, 14, 0),
    }
    for name, look in looks.items():
        _style(paper.styles[name], *look)
    _details(paper, language)


def _style(style: Any, size: float, bold: bool, colour: str, *spaces: float) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for mark in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{mark}"), None)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(spaces[0]), Pt(spaces[1]), 1.15


def _details(paper: Any, language: str) -> None:
    defaults = paper.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    speech = defaults.find(qn("w:lang"))
    speech.set(qn("w:val"), language)
    borders = paper.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        paper.styles["Title"].element.pPr.remove(borders)
    check = paper.styles["Check"].paragraph_format
    check.left_indent, check.first_line_indent = Cm(0.8), Cm(-0.8)
    check.tab_stops.add_tab_stop(Cm(0.8))
    note = paper.styles["Note"]
    note.paragraph_format.left_indent = note.paragraph_format.right_indent = Cm(0.3)
    ns = nsdecls("w")
    edge = f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{TEAL}"/>'
    place = note.element.get_or_add_pPr()
    place.insert_element_before(parse_xml(f"<w:pBdr {ns}>{edge}</w:pBdr>"), "w:shd", "w:spacing", "w:ind")
    place.insert_element_before(
        parse_xml(f'<w:shd {ns} w:val="clear" w:color="auto" w:fill="{PALE}"/>'), "w:spacing", "w:ind"
    )


def _body(paper: Any, text: str) -> None:
    numbering: int | None = None
    below_table = False
    for kind, content in _blocks(text):
        if kind == "table":
            _table(paper, content)
            below_table = True
            continue
        paragraph = _paragraph(paper, kind, content)
        if kind == "List Number":
            numbering = numbering or _fresh_numbers(paper)
            _numbered(paragraph, numbering)
        else:
            numbering = None
        if below_table and kind in {"Normal", "Check", "List Bullet", "List Number"}:
            paragraph.paragraph_format.space_before = Pt(8)
        below_table = False


def _paragraph(paper: Any, kind: str, content: str) -> Any:
    style = "Heading 1" if kind == "new page" else kind
    paragraph = paper.add_paragraph(style=style)
    if kind == "new page":
        paragraph.paragraph_format.page_break_before = True
    if kind == "Check":
        name = content.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("**", "")[:60]
        paragraph._p.append(parse_xml(CHECKBOX.format(ns=nsdecls("w"), name=name)))
        paragraph.add_run("\t")
    _runs(paragraph, content)
    return paragraph


def _runs(paragraph: Any, text: str) -> None:
    for place, part in enumerate(re.split(r"\*\*(.+?)\*\*", text)):
        if part:
            paragraph.add_run(part).bold = True if place % 2 else None


MARKS = (
    (re.compile(r"=== (.+)"), "new page"),
    (re.compile(r"### (.+)"), "Heading 2"),
    (re.compile(r"## (.+)"), "Heading 1"),
    (re.compile(r"- \[ \] (.+)"), "Check"),
    (re.compile(r"- (.+)"), "List Bullet"),
    (re.compile(r"\d+\. (.+)"), "List Number"),
    (re.compile(r"> (.+)"), "Note"),
)


def _blocks(text: str) -> Iterator[tuple[str, Any]]:
    caption, rows = "", []
    for line in [*text.splitlines(), ""]:
        if line.startswith("Table: "):
            caption = line[7:]
        elif line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
        else:
            if rows:
                yield "table", _grid(caption, rows)
                caption, rows = "", []
            if line.strip():
                yield _line(line)


def _line(line: str) -> tuple[str, str]:
    for pattern, kind in MARKS:
        if found := pattern.fullmatch(line):
            return kind, found[1]
    return "Normal", line


def _grid(caption: str, rows: list[tuple[str, ...]]) -> Grid:
    found = re.fullmatch(r"(.*?)(?: \{([\d. ]+)(?:; ([\d.]+))?\})?", caption)
    assert found is not None
    shares = tuple(float(one) for one in (found[2] or "").split()) or (1.0,) * len(rows[0])
    assert all(len(row) == len(shares) for row in rows), f"{caption}: the rows differ in length from {shares}"
    return Grid(found[1], shares, float(found[3] or 0), tuple(rows))


def _table(paper: Any, grid: Grid) -> None:
    paper.add_paragraph(grid.caption, style="Caption").paragraph_format.keep_with_next = True
    table = paper.add_table(len(grid.rows), len(grid.shares), style="Table Grid")
    table.autofit = False
    _frame(table, grid.caption)
    widths = [Cm(WIDTH * share / sum(grid.shares)) for share in grid.shares]
    for place, (line, texts) in enumerate(zip(table.rows, grid.rows, strict=True)):
        _row(line, head=place == 0, height=grid.height)
        for cell, content, width in zip(line.cells, texts, widths, strict=True):
            _cell(cell, content, width, head=place == 0)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _frame(table: Any, caption: str) -> None:
    """Quiet lines, room within the cells, and a name for those who hear the table."""
    ns, about = nsdecls("w"), table._tbl.tblPr
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    room = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (("top", 50), ("left", 100), ("bottom", 50), ("right", 100))
    )
    look = about.find(qn("w:tblLook"))
    for part in (f"<w:tblBorders {ns}>{sides}</w:tblBorders>", f"<w:tblCellMar {ns}>{room}</w:tblCellMar>"):
        look.addprevious(parse_xml(part))
    name = OxmlElement("w:tblCaption")
    name.set(qn("w:val"), caption)
    look.addnext(name)
    layout = about.find(qn("w:tblLayout"))
    if layout is not None:
        about.find(qn("w:tblCellMar")).addprevious(layout)


def _row(line: Any, *, head: bool, height: float) -> None:
    about = line._tr.get_or_add_trPr()
    about.append(OxmlElement("w:cantSplit"))
    if height and not head:
        line.height = Cm(height)
    if head:
        about.append(OxmlElement("w:tblHeader"))


def _cell(cell: Any, content: str, width: Any, *, head: bool) -> None:
    cell.width = width
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    _runs(paragraph, content)
    for run in paragraph.runs:
        run.font.size = Pt(9.5)
        if head:
            run.font.bold, run.font.color.rgb = True, RGBColor(255, 255, 255)
    if head:
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{TEAL}"/>'
        cell._tc.get_or_add_tcPr().append(parse_xml(shade))


def _fresh_numbers(paper: Any) -> int:
    """A numbering that begins at one again: the same shape as the style's own."""
    own = paper.styles["List Number"].element.pPr.numPr.numId.val
    numbers = paper.part.numbering_part.numbering_definitions._numbering
    shape = next(one for one in numbers.num_lst if one.numId == own).abstractNumId.val
    fresh = numbers.add_num(shape)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(fresh.numId)


def _numbered(paragraph: Any, numbering: int) -> None:
    about = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    about.get_or_add_ilvl().val = 0
    about.get_or_add_numId().val = numbering
