"""Publishing: a version of a form that never changes, and the forms that come with the product."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.forms.models import Form, FormVersion
from helsevev.core.faults import Faulty
from helsevev.core.questionnaire import reading

# What a version is stamped with; the rest is its content.
STAMPS = ("status", "version", "date", "url")
LOADER = "system:prepare"


def canonical(form: Form) -> str:
    """The form's own address in the world of FHIR, the same on every installation."""
    return f"urn:helsevev:form:{form.key}"


def digest(questionnaire: Mapping[str, Any]) -> str:
    """What tells one version from another: the content, whatever the order of its keys."""
    text = json.dumps(questionnaire, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


@transaction.atomic
def make(key: str, kind: str, by: str) -> Form:
    """Make a form without a version yet."""
    form = Form.objects.create(key=key, kind=Form.Kind(kind), made_by=by)
    record(by, "made", "form", key)
    return form


@transaction.atomic
def publish(form: Form, questionnaire: Mapping[str, Any], by: str) -> FormVersion:
    """Publish a version (publiser): from now on it never changes. The same content as the newest gives the newest."""
    found = reading.read(questionnaire)
    if found.questionnaire is None:
        raise Faulty(found.faults)
    form = Form.objects.select_for_update().get(pk=form.pk)
    standing: FormVersion | None = form.versions.order_by("-number").first()
    if standing and _content(standing.questionnaire) == _content(questionnaire):
        return standing
    number = standing.number + 1 if standing else 1
    now = timezone.now()
    content = {
        **questionnaire,
        "url": canonical(form),
        "version": str(number),
        "status": "active",
        "date": timezone.localdate(now).isoformat(),
    }
    version: FormVersion = FormVersion.objects.create(
        form=form,
        number=number,
        questionnaire=content,
        digest=digest(content),
        published_at=now,
        published_by=by,
    )
    record(by, "published", "form", form.key, {"version": number, "digest": version.digest})
    return version


def _content(questionnaire: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in questionnaire.items() if key not in STAMPS}


@transaction.atomic
def retire(form: Form, by: str) -> None:
    """Take a form out of use; sheets that have it keep it."""
    Form.objects.filter(pk=form.pk, retired_at=None).update(retired_at=timezone.now())
    record(by, "retired", "form", form.key)


def load_forms(folder: Path) -> list[str]:
    """Publish the forms that come with the product, as version 1, where they aren't there yet.

    A form that is there is left alone, whatever the file says: it belongs to those who use it.
    """
    made: list[str] = []
    for path in sorted(folder.glob("*.json")):
        if Form.objects.filter(key=path.stem).exists():
            continue
        content = json.loads(path.read_text(encoding="utf-8"))
        kind = next((one["code"] for one in content.get("code", ()) if one.get("system") == KINDS), Form.Kind.OTHER)
        with transaction.atomic():
            publish(make(path.stem, kind, LOADER), content, LOADER)
        made.append(path.stem)
    return made


KINDS = "urn:helsevev:form-kind"
