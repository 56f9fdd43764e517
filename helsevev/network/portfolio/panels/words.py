"""Words that the parties of a project have agreed on, marked on its pages: a later room says which they are."""

from collections.abc import Callable, Sequence
from functools import cached_property

from helsevev.commons.people.rules import Person
from helsevev.core.marking import Bit, Word, marked

Finds = Callable[[str, Person], Sequence[Word]]
_every: list[Finds] = []


def register(finds: Finds) -> None:
    """Mark a later room's words, found by the project's key for who asks."""
    if finds not in _every:
        _every.append(finds)


class Glossary:
    """The agreed words of one page (ordliste), asked for when the first text is met; `met`: those that occurred."""

    def __init__(self, key: str = "", person: Person | None = None) -> None:
        """Of a project, for a reader; without them nothing is marked."""
        self.key, self.person = key, person
        self._met: dict[str, Word] = {}

    @cached_property
    def words(self) -> list[Word]:
        """Every agreed word that this reader may see; a stranger none."""
        if self.person is None or not self.person.is_known:
            return []
        return [word for finds in _every for word in finds(self.key, self.person)]

    def marked(self, text: str) -> list[Bit]:
        """The text cut where agreed words stand."""
        found = marked(text, self.words) if text else []
        self._met |= {bit.word.key: bit.word for bit in found if bit.word}
        return found

    @property
    def met(self) -> list[Word]:
        """The words that the page has marked until now, as the list has them."""
        return [word for word in self.words if word.key in self._met] if self._met else []
