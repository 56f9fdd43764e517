"""The form as a page shows it (skjemaside): sections with fields and rows, what was typed, and what is wrong where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from helsevev.core.words import gettext_noop
from helsevev.network.portfolio.forms.layout import ASKS, CELLS, ROWS, SECTIONS, Ask, Rows, Section
from helsevev.network.portfolio.forms.questions import Question, TypedForm, asked
from helsevev.network.portfolio.forms.sending import AS_OF, NAME, STATUS
from helsevev.network.portfolio.rules.shaping import Spot
from helsevev.network.portfolio.rules.typed import ENTRIES, KEPT, LISTED, WHY, WITHDRAW, Words

ADD = -1  # the button that adds a row, in the place of a row's number
REASON = Ask(gettext_noop("Why it is withdrawn"))


@dataclass(frozen=True)
class Wrong:
    """Something wrong on the page (feil): where, a sentence, and what may have been meant."""

    spot: Spot
    message: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass
class RowPart:
    """One row on the page (rad); a move that stands is told, not asked."""

    number: int
    legend: str
    questions: list[Question]
    told: str = ""
    withdrawn: bool = False


@dataclass
class ListPart:
    """A list of rows on the page (liste); a simple one has one field in each row."""

    name: str
    title: str
    help: str
    add: str
    rows: list[RowPart]
    is_simple: bool
    has_focus: bool = False
    errors: list[str] = field(default_factory=list)


@dataclass
class Part:
    """What stands in one place of a section (plass): questions side by side, or a list of rows."""

    questions: list[Question] = field(default_factory=list)
    list: ListPart | None = None


@dataclass
class SectionPart:
    """A section on the page (del)."""

    anchor: str
    title: str
    help: str
    parts: list[Part]


@dataclass
class Page:
    """The whole form (skjema): its sections, and everything that is wrong, each with the way to its field."""

    sections: list[SectionPart]
    errors: list[dict[str, str]]


@dataclass
class Builder:
    """Makes the page of what was typed (skjemabygger).

    `moves` tells the moves that stand, in their order; `titles` what the projects are called that are named; `fresh`
    is the row that was just added, or the button beside one that was taken away, which takes the focus.
    """

    typed: Mapping[str, Any]
    words: Words
    wrong: Sequence[Wrong] = ()
    moves: Sequence[str] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    fresh: tuple[str, int] | None = None
    _errors: list[dict[str, str]] = field(default_factory=list)
    _placed: list[Wrong] = field(default_factory=list)

    def page(self) -> Page:
        """The page."""
        sections = [made for section in SECTIONS if (made := self._section(section)).parts]
        astray = [wrong for wrong in self.wrong if wrong not in self._placed]
        return Page(sections, [*({"message": wrong.message} for wrong in astray), *self._errors])

    def _section(self, section: Section) -> SectionPart:
        """A section with what of it is on this page."""
        parts = [part for one in section.parts if (part := self._part((one,) if isinstance(one, str) else one))]
        return SectionPart(section.anchor, _(section.title), _(section.help) if section.help else "", parts)

    def _part(self, names: tuple[str, ...]) -> Part | None:
        """Fields side by side, or a list; None where nothing of it is on this page."""
        here = [name for name in names if name in self.typed or (name == AS_OF and STATUS in self.typed)]
        if not here:
            return None
        if here[0] in ROWS:
            return Part(list=self._list(ROWS[here[0]]))
        return Part(self._questions({name: ASKS[name] for name in here}, self._values(here)))

    def _values(self, names: Iterable[str]) -> dict[str, Any]:
        """What was typed in these fields; the status without its date, which has a field of its own."""
        status, _dash, as_of = str(self.typed.get(STATUS, "")).partition("-")
        return {name: {STATUS: status, AS_OF: as_of}.get(name, self.typed.get(name, "")) for name in names}

    def _questions(
        self, asks: Mapping[str, Ask], values: Mapping[str, Any], row: tuple[str, int] | None = None
    ) -> list[Question]:
        """The questions of one place or one row, with what is wrong in them."""
        prefix = f"{row[0]}-{row[1]}" if row else ""
        form = TypedForm({name: asked(name, ask, self.words) for name, ask in asks.items()}, values, prefix)
        made = []
        for name, ask in asks.items():
            beside = self.titles.get(str(values.get(name, "")), "") if ask.lookup == "projects" else ""
            place = f"{row[0]}:{row[1]}" if row else f"{name}:"
            question = Question(form[name], place, ask.lookup, beside)
            self._blame(form, name, question, Spot(row[0], row[1], name) if row else Spot(name))
            made.append(question)
        return made

    def _blame(self, form: TypedForm, name: str, question: Question, spot: Spot) -> None:
        """What is wrong, beside its field and in the summary above."""
        for wrong in self.wrong:
            if _in_cell(wrong.spot) == spot:
                form.blame(name, wrong.message)
                question.choices += wrong.choices
                self._place(wrong, question.target, str(question.bound.label))

    def _place(self, wrong: Wrong, target: str, label: str) -> None:
        """Something wrong has found its place on the page."""
        self._placed.append(wrong)
        self._errors.append({"target": target, "label": label, "message": wrong.message})

    def _list(self, rows: Rows) -> ListPart:
        """A list with a row for each that was typed; an empty list of names has one to begin with."""
        is_simple = rows.name in LISTED
        shown = self.typed[rows.name] or ([""] if is_simple else [])
        made = ListPart(rows.name, _(rows.title), _(rows.help) if rows.help else "", _(rows.add), [], is_simple)
        made.has_focus = self.fresh == (rows.name, ADD)
        made.rows = [self._row(rows, number, row) for number, row in enumerate(shown)]
        for wrong in self.wrong:
            if wrong.spot.field == rows.name and wrong not in self._placed:
                made.errors.append(wrong.message)
                self._place(wrong, f"list-{rows.name}", made.title)
        return made

    def _row(self, rows: Rows, number: int, row: Any) -> RowPart:  # noqa: ANN401 - text, or cells
        """One row."""
        legend = _(rows.one) % {"number": number + 1}
        asks, values, told = CELLS.get(rows.name, {}), row, ""
        if rows.name in LISTED:
            asks, values = {NAME: Ask(legend, lookup=ASKS[rows.name].lookup)}, {NAME: row}
        elif row.get(KEPT):
            asks, told = {WHY: REASON}, self.moves[number] if number < len(self.moves) else legend
        questions = self._questions(asks, values, (rows.name, number))
        if self.fresh == (rows.name, number):
            questions[0].bound.field.widget.attrs["autofocus"] = True
        return RowPart(number, legend, questions, told, bool(told and row.get(WITHDRAW)))


def _in_cell(spot: Spot) -> Spot:
    """A fault of a row as a whole is its first cell's."""
    if spot.cell or spot.row is None:
        return spot
    return Spot(spot.field, spot.row, NAME if spot.field in LISTED else ENTRIES[spot.field][0])
