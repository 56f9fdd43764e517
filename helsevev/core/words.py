"""Sentences that rules say: marked for translation here, translated where a person reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Mark `text` so that the catalogues find it; rules stay free of Django."""
    return text


@dataclass(frozen=True)
class Refusal:
    """Why something can't be done (avslag): an English sentence with named places, and what fills them.

    The page shows it beside the disabled button, the action raises it, and the tests list it.
    """

    why: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in English, for commands and logs."""
        return self.why % dict(self.values)


class Refused(Exception):
    """Raised by an action that a rule stopped; carries the refusal (or several) to the page."""

    def __init__(self, *refusals: Refusal) -> None:
        """Keep the refusals; the message is their English text."""
        self.refusals = refusals
        super().__init__(" ".join(str(refusal) for refusal in refusals))
