"""What is wrong with a text file, and where."""

from collections.abc import Mapping
from types import MappingProxyType

from helsevev.core.words import Refusal

NOTHING: Mapping[str, object] = MappingProxyType({})


class Fault(Exception):
    """A line that can't be understood; whoever knows the file adds its name."""

    def __init__(self, why: str, line: int = 0, values: Mapping[str, object] = NOTHING) -> None:
        """Keep the sentence and the place."""
        self.refusal, self.line = Refusal(why, values), line
        super().__init__(str(self.refusal))
