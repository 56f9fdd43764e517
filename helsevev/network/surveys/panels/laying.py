"""Results laid out: what stands on the page, in the pictures and in the files comes from the same rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helsevev.core import charts
from helsevev.core.charts.wording import number
from helsevev.core.surveys.asking import Question
from helsevev.core.surveys.rates import interval, top
from helsevev.core.surveys.tallying import UNSAID, Spread
from helsevev.network.surveys.queries.counting import Counted

MOST_LEVELS = 5
AGREEING_FROM = 4


@dataclass(frozen=True)
class Line:
    """One row of a table (rad): a question or a group of people, how many answered, and the share of each level."""

    label: str
    spread: Spread
    cells: Sequence[str]
    agreeing: str = ""


@dataclass(frozen=True)
class Part:
    """Questions under one heading and on one scale (del): one picture, one table."""

    name: str
    title: str
    questions: Sequence[Question]
    heads: Sequence[str]
    lines: Sequence[Line]
    agreeing: str = ""
    chart: charts.Likert | None = None
    groups: Sequence[tuple[str, Sequence[Line]]] = field(default=())


def parts(counted: Counted, language: str, grouping: str = "") -> list[Part]:
    """Every part of the results; by the groups of one question where that is asked for."""
    return [
        _part(counted, f"part-{at}", questions, language, grouping)
        for at, questions in enumerate(_together(counted.questions), start=1)
    ]


def _together(questions: Iterable[Question]) -> Iterator[list[Question]]:
    """Neighbours under one heading and on one scale."""
    standing: list[Question] = []
    for one in questions:
        if standing and (standing[-1].scale, standing[-1].heading) != (one.scale, one.heading):
            yield standing
            standing = []
        standing.append(one)
    if standing:
        yield standing


def _part(counted: Counted, name: str, questions: Sequence[Question], language: str, grouping: str) -> Part:
    first = questions[0]
    heading = first.heading.in_language(language)
    alone = first.text.in_language(language)
    title = heading if heading and len(questions) > 1 else f"{heading}: {alone}" if heading else alone
    lines = [line(one, counted.results[one.key].total, one.text.in_language(language), language) for one in questions]
    told = [one for one in lines if not one.spread.is_hidden and one.spread.n and None not in one.spread.counts]
    groups = [
        (one.text.in_language(language), found)
        for one in questions
        if (found := by_group(counted, one, grouping, language))
    ]
    return Part(
        name,
        title,
        questions,
        [level.text.in_language(language) for level in first.levels],
        lines,
        agreeing_head(first, language),
        _chart(name, title, first, told, language) if told and not first.many else None,
        groups,
    )


def agreeing_head(question: Question, language: str) -> str:
    """What the column of the upper levels together is called; nothing where a question isn't a scale."""
    if question.many or len(question.levels) < AGREEING_FROM:
        return ""
    return " + ".join(level.text.in_language(language) for level in question.levels[: top(len(question.levels))])


def _message(title: str, question: Question, lines: Sequence[Line]) -> str:
    """What a picture says: of a scale, the question whose upper levels most chose."""
    if len(question.levels) < AGREEING_FROM:
        return title
    upper = {one.label: sum(count or 0 for count in one.spread.counts[:2]) / (one.spread.n or 1) for one in lines}
    best = max(upper, key=lambda label: upper[label])
    return ngettext(
        "“%(item)s”: %(share)s percent chose one of the two highest levels",
        "Most agree on “%(item)s”: %(share)s percent chose one of the two highest levels",
        len(lines),
    ) % {"item": best, "share": round(100 * upper[best])}


def line(question: Question, spread: Spread, label: str, language: str) -> Line:
    """A row with its shares; a hidden one has none."""
    if spread.is_hidden or not spread.n:
        return Line(label, spread, [])
    cells = [_share(spread, at, language) for at in range(len(question.levels))]
    upper = spread.counts[: top(len(question.levels))]
    agreeing = ""
    if agreeing_head(question, language) and all(one is not None for one in upper):
        agreeing = _with_ends(sum(one or 0 for one in upper), spread.n, language)
    return Line(label, spread, cells, agreeing)


def _share(spread: Spread, level: int, language: str) -> str:
    share = spread.share(level)
    return _("hidden") if share is None else f"{number(round(share), language)} %"


def _with_ends(count: int, n: int, language: str) -> str:
    """A share with the ends of its interval, where few answered."""
    said = f"{number(round(100 * count / n), language)} %"
    ends = interval(count, n)
    return f"{said} ({round(100 * ends.low)}–{round(100 * ends.high)})" if ends else said


def by_group(counted: Counted, question: Question, grouping: str, language: str) -> list[Line]:
    """The rows of each group that may be told of, and the names of those that may not."""
    rows = counted.results[question.key].groups.get(grouping, {})
    names = {
        level.key: level.text.in_language(language)
        for one in counted.questions
        if one.key == grouping
        for level in one.levels
    } | {UNSAID: _("Not stated")}
    return [
        line(question, spread, names[group], language)
        for group, spread in rows.items()
        if group != UNSAID or spread.n != 0
    ]


def _chart(name: str, title: str, question: Question, lines: Sequence[Line], language: str) -> charts.Likert | None:
    """The rows as stacked bars, where the scale is short enough to be told apart."""
    levels = tuple(level.text.in_language(language) for level in question.levels)
    if not 1 < len(levels) <= MOST_LEVELS:
        return None
    rows = tuple(
        charts.Answers(
            f"{one.label} (n = {one.spread.n})", tuple(one.spread.share(at) or 0.0 for at in range(len(levels)))
        )
        for one in lines
    )
    counts = sorted({one.spread.n or 0 for one in lines})
    said = str(counts[0]) if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"
    return charts.Likert(
        name=name,
        title=_message(title, question, lines),
        heads=(_("Question"), *levels),
        rows=rows,
        levels=levels,
        note=_("Percent of those who answered, n = %(n)s.") % {"n": said},
        language=language,
    )
