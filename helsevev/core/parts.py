"""The parts of the file that other rooms take in: events, the annual report, resources and the rest.

The portfolio owns the file and its one transaction. A room takes its part by saying so in its AppConfig, so that the
portfolio needn't know it:

    portfolio_parts: ClassVar = {"events": "helsevev.network.events.actions.PART"}

where `PART` has the two methods of `Part`. A part that no installed room takes is named on stderr as waiting.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from helsevev.core.faults import Fault

# Parts of the file that are known, and the room that will take each.
KNOWN: Mapping[str, str] = {
    "events": "events",
    "annual_report_2022": "annual report",
    "resources_2022": "knowledge bank",
    "implementation_guide": "knowledge bank",
    "project_experiences": "knowledge bank",
    "guides_and_models": "knowledge bank",
    "podcast": "knowledge bank",
}


@dataclass
class Report:
    """What a load did (lasterapport): made and changed rows in the order of the file, and what was kept or noticed."""

    made: dict[str, list[str]] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    left: int = 0
    kept: dict[str, list[str]] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """One line for each row that changes, and the sum last."""
        made = [f"{key}: made with {', '.join(fields)}" for key, fields in self.made.items()]
        changed = [f"{key}: changed {', '.join(fields)}" for key, fields in self.changed.items()]
        return [*made, *changed, f"{len(self.made)} made, {len(self.changed)} changed, {self.left} left"]

    @property
    def notices(self) -> list[str]:
        """What the reader should know beside the answer."""
        kept = [f"{key}: kept {', '.join(names)}, edited here since the last load" for key, names in self.kept.items()]
        waits = [f"{part}: waiting; no room takes it in yet (it is for the {KNOWN[part]})" for part in self.waiting]
        return [*kept, *waits]

    def add(self, other: "Report") -> None:
        """Take in what another part did; its rows are counted with ours."""
        self.made |= other.made
        self.changed |= other.changed
        self.left += other.left
        self.kept |= other.kept


class Part(Protocol):
    """A room's way of taking its part of the file, inside the portfolio's transaction."""

    def check(self, value: object, place: str) -> list[Fault]:
        """Every fault in the part, each with its place; changes nothing."""

    def load(self, value: object, actor: str) -> Report:
        """Take the part in and say what was done; the second time it changes nothing."""
