"""An editor's own words that mean the same (ordlister): kept with a trail, and searched by at once."""

from collections.abc import Sequence

from django.db import transaction

from helsevev.commons.audit import actions as audit
from helsevev.commons.finding.actions.versions import bump
from helsevev.commons.finding.models import WordGroup
from helsevev.commons.finding.rules import word_group

KIND = "word-group"


def keep_words(bond: str, members: Sequence[str], actor: str) -> WordGroup:
    """Let these words answer for one another; what can't be is refused."""
    found = word_group(bond, members)
    with transaction.atomic():
        group, made = WordGroup.objects.update_or_create(
            members="\n".join(found.members), defaults={"bond": found.bond}
        )
        audit.record(actor, "added" if made else "changed", KIND, str(group.pk), {"members": list(found.members)})
        bump([None])
    return group


def take_words_away(pk: int, actor: str) -> None:
    """Forget a group; one that isn't there is fine."""
    with transaction.atomic():
        for group in WordGroup.objects.select_for_update().filter(pk=pk):
            audit.record(actor, "withdrew", KIND, str(pk), {"members": group.members.split("\n")})
            group.delete()
            bump([None])
