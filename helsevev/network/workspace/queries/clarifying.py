"""One word in the making: each party's definition side by side, and the examples that test the difference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from helsevev.network.guidance.queries.rooms import PartyOf
from helsevev.network.workspace.models import Concept, ConceptExample, ExampleAnswer, PartyDefinition
from helsevev.network.workspace.queries import words
from helsevev.network.workspace.rules import concepts as rules


@dataclass(frozen=True)
class Column:
    """What one party has said of a word: its definition, or none yet."""

    party: PartyOf
    definition: PartyDefinition | None

    @property
    def text(self) -> str:
        """In its own words."""
        return self.definition.text if self.definition else ""


@dataclass(frozen=True)
class Cell:
    """What one party answered to one example."""

    party: PartyOf
    answer: rules.Answer | None


@dataclass(frozen=True)
class Line:
    """An example with each party's answer (prøvelinje)."""

    example: ConceptExample
    cells: Sequence[Cell]

    @cached_property
    def judged(self) -> rules.Judged:
        """As the rules understand it."""
        return rules.Judged(self.example.text, {c.party.key: c.answer for c in self.cells if c.answer})

    @property
    def disagrees(self) -> bool:
        """Whether the parties answer differently."""
        return self.judged.disagrees(cell.party.key for cell in self.cells)


@dataclass(frozen=True)
class Clarifying:
    """A word as its page shows it."""

    state: words.Clarified
    columns: Sequence[Column]
    lines: Sequence[Line]

    @property
    def concept(self) -> Concept:
        """The word."""
        return self.state.concept

    @property
    def disagreeing(self) -> list[Line]:
        """The examples that reveal a difference."""
        return [line for line in self.lines if line.disagrees]

    def column(self, party: str) -> Column | None:
        """One party's."""
        return next((one for one in self.columns if one.party.key == party), None)


def clarifying(concept: Concept) -> Clarifying:
    """Everything about one word: five statements, however many parties and examples."""
    state = words.one(concept)
    given = {one.organisation.key: one for one in concept.definitions.select_related("organisation")}
    columns = [Column(party, given.get(party.key)) for party in state.parties]
    return Clarifying(state, columns, lines(concept, state))


def lines(concept: Concept, state: words.Clarified) -> list[Line]:
    """The examples that stand, each with its answers."""
    answers = _answers(concept)
    examples = ConceptExample.objects.filter(concept=concept, deleted_at=None)
    return [Line(one, [Cell(party, answers.get((one.pk, party.key))) for party in state.parties]) for one in examples]


def _answers(concept: Concept) -> Mapping[tuple[int, str], rules.Answer]:
    rows = ExampleAnswer.objects.filter(example__concept=concept)
    pairs = rows.values_list("example_id", "organisation__key", "answer")
    return {(example, party): rules.Answer(answer) for example, party, answer in pairs}
