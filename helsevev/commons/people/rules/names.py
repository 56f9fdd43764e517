"""What written names mean (navneoppslag). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True)
class Resolved:
    """What a written name means: one or more organisations by key, or a generic kind of party such as `gp`."""

    organisations: tuple[str, ...] = ()
    generic: str = ""


@dataclass(frozen=True)
class Directory:
    """Every name that organisations go by (navneregister), and the reviewed aliases and splits.

    Both by their case-folded names; `written` has these as the registers write them.
    """

    names: Mapping[str, frozenset[str]]
    aliases: Mapping[str, Resolved]
    written: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, name: str) -> Resolved | None:
        """What `name` means; None when nobody knows it, or when two organisations share it.

        A reviewed alias goes first. Then the name as it is, then without the word for municipality.
        """
        tidy = " ".join(name.split()).casefold()
        if tidy in self.aliases:
            return self.aliases[tidy]
        for candidate in (tidy, tidy.removesuffix(" kommune")):
            keys = self.names.get(candidate, frozenset())
            if len(keys) == 1:
                return Resolved(organisations=tuple(keys))
        return None

    def nearest(self, name: str, count: int = 3) -> list[str]:
        """Known names that look most like `name`, as the registers write them, nearest first."""
        known = {*self.names, *self.aliases}
        found = get_close_matches(" ".join(name.split()).casefold(), sorted(known), n=count, cutoff=0.5)
        return [self.written.get(one, one) for one in found]
