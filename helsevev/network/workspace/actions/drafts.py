"""What someone types is kept while they type, and forgotten when it is saved or thrown away."""

import json
from collections.abc import Mapping

from django.utils import timezone

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import User
from helsevev.core.strictjson import keepable
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.workspace.models import WorkDraft

LARGEST = 60_000
TOO_LONG = gettext_noop("This is too long to be kept as a draft.")


def keep(user: User, initiative: Initiative, place: str, fields: Mapping[str, str | list[str]]) -> WorkDraft:
    """Keep what stands in a form's fields; a field with several values as a list of them."""
    kept_fields = keepable(dict(fields))
    if len(json.dumps(kept_fields)) > LARGEST:
        raise Refused(Refusal(TOO_LONG))
    values = {"fields": kept_fields, "saved_at": timezone.now()}
    kept, _made = WorkDraft.objects.update_or_create(
        user=user, initiative=initiative, place=place[:120], defaults=values
    )
    return kept


def forget(user: User, initiative: Initiative, place: str) -> None:
    """It is saved, or thrown away."""
    WorkDraft.objects.filter(user=user, initiative=initiative, place=place[:120]).delete()
