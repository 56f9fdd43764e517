"""Files that are sent in with a page of a form: through commons/files alone, and only where the room takes them."""

from django.http import HttpRequest

from helsevev.commons.files import actions as files
from helsevev.commons.files import queries as stored
from helsevev.commons.forms import actions, queries
from helsevev.commons.forms.actions import Change
from helsevev.commons.forms.models import Sheet
from helsevev.core.questionnaire import paths
from helsevev.core.questionnaire.model import Kind

Owner = tuple[str, str] | None


def take(request: HttpRequest, sheet: Sheet, person: str, owner: Owner) -> None:
    """Keep each file that came for a question that asks for one."""
    form = queries.compiled(sheet.version)
    for path in request.FILES:
        upload = request.FILES.get(path)
        item = form.by_link_id.get(paths.link_id(path)) if paths.is_path(path) else None
        if owner is None or item is None or upload is None or item.kind is not Kind.ATTACHMENT:
            continue
        kept = files.receive(upload, owner_kind=owner[0], owner_key=owner[1], by=person)
        value = {
            "file": str(kept.key),
            "name": kept.name,
            "kind": kept.kind,
            "size": kept.size,
            "digest": kept.sent_digest,
        }
        _put(sheet, path, value, person)


def let_go(sheet: Sheet, path: str, person: str, owner: Owner) -> None:
    """Take a file away again."""
    value = queries.answers(sheet).get(path)
    if owner is None or not isinstance(value, dict):
        return
    _put(sheet, path, None, person)
    if kept := stored.one(str(value.get("file")), owner_kind=owner[0], owner_key=owner[1]):
        files.withdraw(kept, by=person)


def _put(sheet: Sheet, path: str, value: object, person: str) -> None:
    standing = queries.standing(sheet).get(path)
    actions.save(sheet, [Change(path, value, standing.revision if standing else 0)], person)
