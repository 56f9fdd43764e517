"""A sheet that a person imports: held while they look at what it would do, then taken in whole, once."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction

from helsevev.commons.people.models import User
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.actions.loading import Preview, load, preview
from helsevev.network.portfolio.models import Import, Revision

CHANGED_MEANWHILE = gettext_noop("Something has changed since you looked. This is what the import would do now.")


def hold(user: User, file_name: str, incoming: rules.Incoming) -> Import:
    """Keep a sheet that was read."""
    rows = [[row.key, row.fields, list(row.where)] for row in incoming.rows]
    return Import.objects.create(user=user, file_name=file_name[:200], rows=rows)


def held(user: User, key: str) -> Import | None:
    """A sheet of this person's."""
    return Import.objects.filter(user=user, key=key).first()


def incoming_of(sheet: Import) -> rules.Incoming:
    """The sheet's rows as they were read."""
    return rules.Incoming([rules.IncomingRow(key, fields, tuple(where)) for key, fields, where in sheet.rows])


def digest(shown: Preview) -> str:
    """What tells one preview from another: what would be made and changed, and from what."""
    said = [[row.key, row.made, row.changes, row.kept] for row in shown.rows]
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@transaction.atomic
def take_in(sheet: Import, agreed: str) -> Mapping[str, Any]:
    """Do what the preview showed, all of it or nothing; refused where it would do something else by now.

    `agreed` is the digest of the preview that the person saw. A sheet that was taken in answers as it did then.
    """
    row = Import.objects.select_for_update().get(pk=sheet.pk)
    if row.result is not None:
        return dict(row.result)
    incoming = incoming_of(row)
    if digest(preview(incoming)) != agreed:
        raise Refused(Refusal(CHANGED_MEANWHILE))
    report = load(incoming, actor=str(row.user.key), via=Revision.Via.EXCEL)
    row.result = {"made": list(report.made), "changed": list(report.changed), "left": report.left, "kept": report.kept}
    row.rows = []
    row.save(update_fields=["result", "rows"])
    return dict(row.result)
