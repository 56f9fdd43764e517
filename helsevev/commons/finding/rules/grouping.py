"""What an editor may add to the word lists (ordgrupper)."""

from collections.abc import Sequence
from enum import StrEnum

from helsevev.commons.finding.rules.words import readable
from helsevev.core.search.lexicon import Bond, Group, phrase
from helsevev.core.words import Refusal, Refused, gettext_noop

MOST_MEMBERS = 20
LONGEST_MEMBER = 80


class WhyNot(StrEnum):
    """Why words can't be a group."""

    TOO_FEW = gettext_noop("Write at least two words or phrases that mean the same, each on a line of its own.")
    TOO_MANY = gettext_noop("Write at most %(most)s words or phrases.")
    TOO_LONG = gettext_noop("A word or phrase can have at most %(most)s characters.")
    NO_WORD = gettext_noop("“%(member)s” has no word in it.")


def word_group(bond: str, members: Sequence[str]) -> Group:
    """A group of these members, each once; raises `Refused` when they can't be one."""
    cleaned = list(dict.fromkeys(" ".join(readable(member).split()) for member in members))
    cleaned = [member for member in cleaned if member]
    if len(cleaned) < 2:  # two make a pair
        raise Refused(Refusal(WhyNot.TOO_FEW))
    if len(cleaned) > MOST_MEMBERS:
        raise Refused(Refusal(WhyNot.TOO_MANY, {"most": MOST_MEMBERS}))
    for member in cleaned:
        if len(member) > LONGEST_MEMBER:
            raise Refused(Refusal(WhyNot.TOO_LONG, {"most": LONGEST_MEMBER}))
        if not phrase(member):
            raise Refused(Refusal(WhyNot.NO_WORD, {"member": member}))
    return Group(Bond(bond), tuple(cleaned))
