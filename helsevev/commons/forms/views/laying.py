"""A page of a form laid out: groups, rows, texts and questions as blocks that a template draws."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.forms import BoundField
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from helsevev.commons.forms import queries
from helsevev.commons.forms.forms import questions, sending
from helsevev.commons.forms.models import Answer, Clash, RemovedRow
from helsevev.commons.forms.views.saying import said
from helsevev.core.questionnaire import values
from helsevev.core.questionnaire.evaluating import Evaluation, Spot
from helsevev.core.questionnaire.model import Attached, Item, Kind, Value


@dataclass(frozen=True)
class Meeting:
    """Two texts in one place (to tekster): the one that stands, and another's beside it."""

    path: str
    pk: int
    who: str
    at: datetime
    text: str
    standing: str
    standing_who: str
    base: int
    is_own: bool


@dataclass(frozen=True)
class Gone:
    """A row that was taken away and can be brought back (fjernet rad): what it is known by, who took it, when."""

    path: str
    text: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Block:
    """A part of a page. `kind`: group, rows, row, question, file, told or text."""

    kind: str
    path: str
    label: str = ""
    asked: bool = True
    help: str = ""
    level: int = 2
    blocks: Sequence["Block"] = ()
    bound: Sequence[BoundField] = ()
    mark: str = ""
    lines: Sequence[str] = ()
    meetings: Sequence[Meeting] = ()
    who: str = ""
    file: Attached | None = None
    may_remove: bool = False
    may_add: bool = False
    required: bool = False
    gone: Sequence[Gone] = ()


@dataclass
class Page:
    """What is laid out, and what it needs to know."""

    found: Evaluation
    standing: Mapping[str, Answer]
    clashes: Sequence[Clash]
    names: Mapping[str, str]
    person: str
    removed: Sequence[RemovedRow] = ()
    checks: bool = False
    takes_files: bool = False
    form: questions.PageForm = field(init=False)
    blocks: list[Block] = field(init=False)

    def lay_out(self, top: Iterable[Spot]) -> "Page":
        """Make the fields and the blocks of these places."""
        top = list(top)
        spots = [one for spot in top for one in (spot, *spot.below()) if _is_typed(one)]
        wrong = {spot.path: said_of for spot in spots if (said_of := self._wrong(spot))}
        self.form = questions.form_of(spots, wrong)
        self.blocks = [block for spot in top for block in self._blocks(spot, 2)]
        return self

    def _wrong(self, spot: Spot) -> list[str]:
        """What is wrong in a place that is asked; what is missing only where somebody wants to know."""
        if not spot.enabled:
            return []
        if spot.problem is not None:
            return [said(spot.problem)]
        return [_("This isn't filled in.")] if spot.missing and self.checks else []

    def _blocks(self, spot: Spot, level: int) -> Iterator[Block]:
        item = spot.item
        if item.hidden:
            return
        if item.kind is Kind.DISPLAY:
            yield Block("text", spot.path, questions.label(item), spot.enabled, level=level)
        elif item.has_rows:
            yield self._rows(spot, level)
        elif item.is_group:
            yield self._group(spot, level)
        else:
            yield self._question(spot)
            for below in spot.spots:
                yield from self._blocks(below, level)

    def _group(self, spot: Spot, level: int) -> Block:
        inner = tuple(block for below in spot.spots for block in self._blocks(below, level + 1))
        return self._head(spot, "group", level, inner)

    def _head(self, spot: Spot, kind: str, level: int, inner: Sequence[Block], **more: Any) -> Block:  # noqa: ANN401
        item = spot.item
        help_text = item.help.in_language(questions.language())
        wrong = self._wrong(spot) if not spot.is_row else []
        title = questions.label(item) if item.text else ""
        return Block(kind, spot.path, title, spot.enabled, help_text, min(level, 6), inner, lines=wrong, **more)

    def _rows(self, spot: Spot, level: int) -> Block:
        """What repeats: its rows, and a way to add one."""
        many = spot.item.limits.many
        rows = []
        for number, row in enumerate(spot.spots, start=1):
            inner = [block for below in row.spots for block in self._blocks(below, level + 2)]
            if row.holds_answer:
                inner.insert(0, self._question(row))
            title = f"{questions.label(spot.item)} {number}" if spot.item.is_group else str(number)
            rows.append(Block("row", row.path, title, row.enabled, level=level + 1, blocks=inner, may_remove=True))
        if len(rows) == 1 and not any(one.raw is not None for one in (spot.spots[0], *spot.spots[0].below())):
            rows = [Block(**{**vars(rows[0]), "may_remove": False})]
        may_add = many is None or len(rows) < many
        gone = [self._gone(one) for one in self.removed if one.path.rpartition(":")[0] == spot.path]
        return self._head(spot, "rows", level, rows, may_add=may_add, required=spot.item.required, gone=gone)

    def _gone(self, row: RemovedRow) -> Gone:
        """A row that can be brought back, known by the first words in it."""
        words = (one.strip() for one in row.answers.values() if isinstance(one, str))
        return Gone(row.path, Truncator(next(filter(None, words), "")).chars(60), self.names.get(row.by, ""), row.at)

    def _question(self, spot: Spot) -> Block:
        item = spot.item
        if not _is_typed(spot):
            return Block("told", spot.path, questions.label(item), spot.enabled, lines=_lines(spot))
        answer = self.standing.get(spot.path)
        return Block(
            "file" if item.kind is Kind.ATTACHMENT else "question",
            spot.path,
            asked=spot.enabled,
            bound=[self.form[name] for name in questions.fields_of(spot)],
            mark=str(sending.mark(answer.revision if answer else 0, spot.raw)),
            meetings=self.meetings(spot.path, item),
            who=self._other(answer),
            file=next((one for one in spot.typed if isinstance(one, Attached)), None),
        )

    def _other(self, answer: Answer | None) -> str:
        """Who wrote what stands there, when it was somebody else."""
        return self.names.get(answer.by, "") if answer and answer.by != self.person and answer.value else ""

    def meetings(self, path: str, item: Item) -> list[Meeting]:
        """The texts that stand beside the one in this place."""
        now = self.standing.get(path)
        return [self._meeting(clash, now, item) for clash in self.clashes if clash.path == path]

    def _meeting(self, clash: Clash, now: Answer | None, item: Item) -> Meeting:
        """One of them."""
        return Meeting(
            path=clash.path,
            pk=clash.pk,
            who=self.names.get(clash.by, clash.by),
            at=clash.at,
            text=_written(item, clash.value),
            standing=_written(item, now.value if now else None),
            standing_who=self.names.get(now.by, now.by) if now else "",
            base=now.revision if now else 0,
            is_own=clash.by == self.person,
        )


def _is_typed(spot: Spot) -> bool:
    """Whether a person can write in a place."""
    item = spot.item
    return spot.holds_answer and not (item.hidden or item.read_only or item.calculation or item.sums)


def _lines(spot: Spot) -> Sequence[str]:
    """What stands in a place that nobody writes in."""
    return [queries.shown(one, questions.language()) for one in spot.typed]


def _written(item: Item, value: Value) -> str:
    """A value as text, also one that can't be read as what the question asks for."""
    typed, _problem = values.read(item, value)
    if typed:
        return ", ".join(queries.shown(one, questions.language()) for one in typed)
    return value if isinstance(value, str) else ""
