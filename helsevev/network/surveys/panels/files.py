"""The results as files: the same hidden rows as on the page."""

import io
from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from helsevev.core import charts, papers
from helsevev.core.charts.wording import number
from helsevev.core.surveys.rates import interval
from helsevev.core.surveys.tallying import UNSAID, Spread
from helsevev.core.tables import XLSX, Cell, Sheet, csv_lines, write_xlsx
from helsevev.network.surveys.panels.laying import Part, parts
from helsevev.network.surveys.queries.counting import Counted
from helsevev.network.surveys.queries.surveys import form_of, name_of

TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
    "pdf": "application/pdf",
}
WIDTHS = (44, 44, 20, 24, 10, 28, 10, 10, 10, 10)
Row = list[Cell]


def written(counted: Counted, form: str, language: str) -> bytes:
    """The results as bytes of one form."""
    made: Mapping[str, Callable[[Counted, str], bytes]] = {"csv": _csv, "xlsx": _xlsx, "pdf": _pdf}
    return made[form](counted, language)


def _heads() -> list[str]:
    return [
        _("Heading"), _("Question"), _("Told apart by"), _("Group"), "n",
        _("Answer"), _("Count"), _("Percent"), _("Lowest"), _("Highest"),
    ]  # fmt: skip


def _rows(counted: Counted, language: str) -> Iterator[Row]:
    """Every level of every question, of all and of each group; what is hidden says so, and nothing else."""
    named = {one.key: one for one in counted.questions}
    for one in counted.questions:
        heads: Row = [one.heading.in_language(language), one.text.in_language(language)]
        levels = [level.text.in_language(language) for level in one.levels]
        told = counted.results[one.key]
        yield from _levels([*heads, "", ""], levels, told.total)
        for grouping, groups in told.groups.items():
            by = named[grouping]
            names = {level.key: level.text.in_language(language) for level in by.levels} | {UNSAID: _("Not stated")}
            for group, spread in groups.items():
                if group != UNSAID or spread.n != 0:
                    yield from _levels([*heads, by.text.in_language(language), names[group]], levels, spread)


def _levels(heads: Row, levels: list[str], spread: Spread) -> Iterator[Row]:
    if spread.is_hidden:
        yield [*heads, _("hidden"), "", None, None, None, None]
        return
    for at, level in enumerate(levels):
        count = spread.counts[at]
        if count is None:
            yield [*heads, spread.n, level, _("hidden"), None, None, None]
            continue
        ends = interval(count, spread.n or 0)
        low, high = (round(100 * ends.low, 1), round(100 * ends.high, 1)) if ends else (None, None)
        yield [*heads, spread.n, level, count, spread.share(at), low, high]


def _rates(counted: Counted) -> list[Row]:
    told = counted.rates
    return [
        [_("Invited"), told.invited],
        [_("Reached"), told.reached],
        [_("Began"), told.started],
        [_("Completed"), told.completed],
        [_("Response rate, percent"), told.rate],
    ]


def _themes(counted: Counted, language: str) -> Iterator[Row]:
    form = form_of(counted.survey)
    for key, one in counted.words.items():
        label = form.by_link_id[key].text.in_language(language)
        yield [label, _("All texts"), _("hidden") if one.is_hidden else one.texts]
        for name, count in one.told.items():
            yield [label, name, count]


def _csv(counted: Counted, language: str) -> bytes:
    return b"".join(csv_lines(_heads(), _rows(counted, language), ";" if language != "en" else ","))


def _xlsx(counted: Counted, language: str) -> bytes:
    held = io.BytesIO()
    sheets = [
        Sheet(_("Answers"), _heads(), _rows(counted, language), WIDTHS),
        Sheet(_("Response"), ["", name_of(counted.survey, language)], _rates(counted), (30, 60)),
        Sheet(_("Themes"), [_("Question"), _("Theme"), _("Count")], _themes(counted, language), (44, 44, 10)),
    ]
    write_xlsx(held, sheets)
    return held.getvalue()


def _pdf(counted: Counted, language: str) -> bytes:
    survey = counted.survey
    made_at = survey.published_at or survey.counted_at
    assert made_at is not None  # nothing is told before it is counted
    facts = [(str(row[0]), "–" if row[1] is None else str(row[1])) for row in _rates(counted)]
    paper = papers.Report(
        title=name_of(survey, language),
        subtitle=_("What was answered, with the number of answers that each percentage rests on"),
        facts=facts,
        chapters=[_chapter(one, language) for one in parts(counted, language)],
    )
    return papers.report(paper, papers.About(language, made_at, "Helsevev", _))


def _chapter(part: Part, language: str) -> papers.Chapter:
    heads = [_("Question"), "n", *part.heads]
    rows = [
        [one.label, _("hidden"), *([""] * len(part.heads))]
        if one.spread.is_hidden
        else [one.label, number(one.spread.n or 0, language), *(one.cells or ["–"] * len(part.heads))]
        for one in part.lines
    ]
    pictures = []
    if part.chart:
        alt = _("A picture of the numbers in the table")
        pictures = [papers.Picture(part.chart.title, charts.draw(part.chart, width=560.0), alt, part.chart.note)]
    table = papers.Table(part.title, heads, rows, frozenset(range(1, len(heads))))
    return papers.Chapter(part.title, pictures=pictures, tables=[table])
