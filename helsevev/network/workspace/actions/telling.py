"""Letters to those who work in a project: a word has a new text, all have signed, a gate waits, a gate is decided."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.mail.actions import queue
from helsevev.commons.people.models import User
from helsevev.commons.people.queries import wants
from helsevev.commons.people.rules import Notice
from helsevev.core import differences
from helsevev.core.languages import in_language
from helsevev.core.words import gettext_noop
from helsevev.network.guidance.queries import rooms
from helsevev.network.workspace.models import AgreedText, Gate
from helsevev.network.workspace.queries.words import Clarified

WORK = Notice("workspace", gettext_noop("Words to sign and gates to decide in projects I work in"))


def tell_new_text(made: AgreedText, before: Clarified) -> None:
    """Everyone in the project hears that a text was proposed, what changed, and that signatures are void."""
    concept = made.concept
    old = before.text.text if before.text else ""
    context = {
        "word": concept.name,
        "is_first": before.text is None,
        "lines": _marked(old, made.text),
        "reason": made.reason,
        "voided": ", ".join(one.organisation.name for one in before.signatures),
        "text": made.text,
    }
    for user in everyone(concept.initiative):
        _queue(user, f"word:{made.pk}", "new_text", concept.initiative, ("workspace:word", (concept.key,)), context)


def _marked(old: str, new: str) -> list[str]:
    """The texts compared, line by line, as a letter without colours shows it."""
    signs = {differences.Sort.GONE: "− ", differences.Sort.NEW: "+ ", differences.Sort.SAME: "  "}
    found = []
    for line in differences.lines(old.splitlines(), new.splitlines()):
        if line.sort is differences.Sort.SAME and len({piece.sort for piece in line.pieces}) > 1:
            gone = "".join(piece.text for piece in line.pieces if piece.sort is not differences.Sort.NEW)
            found += [f"− {gone}", f"+ {line.text}"]
        else:
            found.append(signs[line.sort] + line.text)
    return found


def tell_agreed(agreed: AgreedText) -> None:
    """Everyone hears that a word is signed by all."""
    concept = agreed.concept
    context = {"word": concept.name, "text": agreed.text}
    for user in everyone(concept.initiative):
        _queue(user, f"agreed:{agreed.pk}", "agreed", concept.initiative, ("workspace:word", (concept.key,)), context)


def tell_gate(gate: Gate, users: Mapping[int, User], template: str, mark: str, context: Mapping[str, object]) -> None:
    """People hear of a gate."""
    for user in users.values():
        _queue(user, f"{template}:{mark}", template, gate.initiative, ("workspace:gate", (gate.key,)), context)


def everyone(initiative: Initiative) -> list[User]:
    """Each person of the parties, and the advisors, once."""
    found = {one.user.pk: one.user for one in rooms.people_of(initiative)}
    return list(found.values())


def _queue(
    user: User,
    mark: str,
    template: str,
    initiative: Initiative,
    place: tuple[str, tuple[object, ...]],
    context: Mapping[str, object],
) -> None:
    """One letter, to someone who has an account and wants it."""
    if not user.is_active or (user.is_demo and not settings.DEMO) or not wants(user, WORK):
        return
    name, args = place
    with override(user.language):
        url = settings.SITE_URL + reverse(name, args=[initiative.key, *args])
    title = in_language(user.language, initiative.titles).text
    queue(
        key=f"workspace:{mark}:{user.key}",
        kind=WORK.kind,
        to=user.email,
        language=user.language,
        template=f"workspace/{template}",
        context={**context, "title": title, "url": url},
    )
