"""What is wrong in a file that comes in, and where: one line per fault, all of them at once."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from json import dumps

from helsevev.core.words import Refusal, Refused

Step = str | int
PLAIN_KEY = re.compile(r"\w+")


@dataclass(frozen=True)
class Fault:
    """A place in a file (sted) and what is wrong there; an empty place means the file as a whole."""

    place: str
    refusal: Refusal

    def __str__(self) -> str:
        """The line that a person reads, such as `projects[5].awarded.year: 'twenty' is not a year`."""
        return f"{self.place}: {self.refusal}" if self.place else str(self.refusal)


class Faulty(Refused):
    """Raised when a file has faults and nothing was changed; carries each with its place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults, each place once with each sentence."""
        self.faults = unique(faults)
        super().__init__(*(fault.refusal for fault in self.faults))


def unique(faults: Iterable[Fault]) -> list[Fault]:
    """The faults in their order, each line once."""
    return list({str(fault): fault for fault in faults}.values())


def place(steps: Iterable[Step]) -> str:
    """A place written as a reader would: keys with dots, numbers in brackets, odd keys in quotes."""
    written = ""
    for step in steps:
        if isinstance(step, int):
            written += f"[{step}]"
        elif PLAIN_KEY.fullmatch(step) or not step:
            written += f".{step}" if written else step
        else:
            written += f"[{quoted(step)}]"
    return written


def quoted(value: object, longest: int = 60) -> str:
    """A value as a fault names it: text in quotes, anything else as JSON; long ones are cut."""
    text = value if isinstance(value, str) else dumps(value, ensure_ascii=False, default=str)
    text = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    text = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return f"'{text}'" if isinstance(value, str) else text


def nearest(word: str, known: Collection[str], count: int = 3) -> list[str]:
    """The known words that look most like `word`, nearest first."""
    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold()[:100], sorted(by_folded), n=count, cutoff=0.5)
    return [by_folded[name] for name in close]
