"""Words that all parties have signed, as a protocol refers to them."""

from helsevev.commons.initiatives.models import Initiative
from helsevev.network.piloting.rules.protocol import Term
from helsevev.network.workspace.queries import words


def current(initiative: Initiative) -> dict[str, Term]:
    """The words that stand signed by all now, by their concept's key."""
    return {
        str(one.concept): Term(str(one.concept), one.name, one.number, one.text, one.digest)
        for one in words.agreed_terms(initiative)
    }
