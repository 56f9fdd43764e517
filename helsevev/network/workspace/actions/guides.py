"""Guides are published from files; a project adopts one, changes it for itself, and takes up newer versions."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.db import transaction

from helsevev.commons.audit import actions as audit
from helsevev.commons.initiatives.models import Initiative
from helsevev.core.words import Refusal, Refused
from helsevev.network.workspace.models import AdoptedGuide, Guide, GuideVersion, RowChange
from helsevev.network.workspace.rules import guides as rules
from helsevev.network.workspace.rules.guides import Local, Why

KIND = "guide"


@transaction.atomic
def publish(content: Mapping[str, Any], by: str) -> GuideVersion:
    """A new version of a guide; the same content as the newest is that one."""
    if refused := rules.refuse_content(content):
        raise Refused(*refused)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    guide, _made = Guide.objects.get_or_create(key=content["key"])
    last = GuideVersion.objects.filter(guide=guide).first()
    if last is not None and last.digest == digest:
        found: GuideVersion = last
        return found
    number = last.number + 1 if last else 1
    made: GuideVersion = GuideVersion.objects.create(
        guide=guide, number=number, content=dict(content), digest=digest, published_by=by
    )
    audit.record(by, "published", KIND, f"{guide.key}/{number}", {"digest": digest})
    return made


def load(folder: Path, by: str) -> list[str]:
    """Publish every guide of a folder that isn't there as it is; says which were."""
    found = []
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        before = GuideVersion.objects.filter(guide__key=content["key"]).count()
        version = publish(content, by)
        if version.number > before:
            found.append(f"{version.guide.key} {version.number}")
    return found


@transaction.atomic
def adopt(initiative: Initiative, version: GuideVersion, by: str) -> AdoptedGuide:
    """A project works by a guide from now on."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if AdoptedGuide.objects.filter(initiative=initiative).exists():
        raise Refused(Refusal(Why.TAKEN))
    made = AdoptedGuide.objects.create(initiative=initiative, template=version, adopted_by=by)
    audit.record(by, "adopted", KIND, f"{initiative.key}/{version.guide.key}", {"version": version.number})
    return made


def rewrite(adopted: AdoptedGuide, entry: str, text: str, by: str) -> AdoptedGuide:
    """Say a line in the project's own words; the template's own text makes it the template's again."""

    def change(local: Local, there: Mapping[str, str]) -> Local:
        own = [one["id"] for one in local.added]
        if entry not in own and there.get(entry) not in rules.PARTS:
            raise Refused(Refusal(Why.NO_SUCH_PLACE))
        if not text.strip():
            raise Refused(Refusal(Why.EMPTY))
        if entry in own:
            return replace(local, added=tuple({**o, "text": text} if o["id"] == entry else o for o in local.added))
        return replace(local, texts={**local.texts, entry: text})

    return _change(adopted, change, by)


def as_template(adopted: AdoptedGuide, entry: str, by: str) -> AdoptedGuide:
    """Back to the template's text, and back in if it was taken out."""

    def change(local: Local, there: Mapping[str, str]) -> Local:
        _refuse_unknown(entry, local, there)
        texts = {one: text for one, text in local.texts.items() if one != entry}
        return replace(local, texts=texts, dropped=tuple(one for one in local.dropped if one != entry))

    return _change(adopted, change, by)


def drop(adopted: AdoptedGuide, entry: str, by: str) -> AdoptedGuide:
    """Take a line out here; one that was added here goes for good, the history has it."""

    def change(local: Local, there: Mapping[str, str]) -> Local:
        _refuse_unknown(entry, local, there)
        added = tuple(one for one in local.added if one["id"] != entry)
        if len(added) < len(local.added):
            return replace(local, added=added)
        return replace(local, dropped=(*(one for one in local.dropped if one != entry), entry))

    return _change(adopted, change, by)


def add(adopted: AdoptedGuide, under: str, kind: str, text: str, by: str) -> AdoptedGuide:
    """Add an activity or a tip to a step."""

    def change(local: Local, there: Mapping[str, str]) -> Local:
        if there.get(under) != "step" or kind not in ("activities", "tips"):
            raise Refused(Refusal(Why.NO_SUCH_PLACE))
        if not text.strip():
            raise Refused(Refusal(Why.EMPTY))
        if len(local.added) >= rules.MOST_ADDED:
            raise Refused(Refusal(Why.TOO_MANY, {"most": rules.MOST_ADDED}))
        one = {"id": f"here.{uuid4().hex[:8]}", "under": under, "kind": kind, "text": text}
        return replace(local, added=(*local.added, one))

    return _change(adopted, change, by)


def tick(adopted: AdoptedGuide, entry: str, on: date | None, by: str) -> AdoptedGuide:
    """An activity is done, or isn't after all."""

    def change(local: Local, there: Mapping[str, str]) -> Local:
        _refuse_unknown(entry, local, there)
        done = {one: day for one, day in local.done.items() if one != entry}
        return replace(local, done={**done, entry: on.isoformat()} if on else done)

    return _change(adopted, change, by)


@transaction.atomic
def take_up(adopted: AdoptedGuide, version: GuideVersion, by: str) -> AdoptedGuide:
    """Go on with a newer version of the template; what is different here stays different."""
    if version.guide_id != adopted.template.guide_id:
        raise Refused(Refusal(Why.NO_SUCH_PLACE))
    locked = AdoptedGuide.objects.select_for_update().get(pk=adopted.pk)
    locked.template = version
    locked.save(update_fields=["template"])
    return _change(locked, lambda local, _there: rules.kept(version.content, local), by, version=version.number)


def _refuse_unknown(entry: str, local: Local, there: Mapping[str, str]) -> None:
    if there.get(entry) not in rules.PARTS and entry not in [one["id"] for one in local.added]:
        raise Refused(Refusal(Why.NO_SUCH_PLACE))


@transaction.atomic
def _change(
    adopted: AdoptedGuide, change: Callable[[Local, Mapping[str, str]], Local], by: str, **more: object
) -> AdoptedGuide:
    """One change of what is different here, with its line in the history and the trail."""
    locked = AdoptedGuide.objects.select_for_update().select_related("template__guide", "initiative").get(pk=adopted.pk)
    before = Local.read(locked.local)
    after = change(before, rules.ids(locked.template.content))
    if after == before and not more:
        return locked
    locked.local, locked.version = after.written(), locked.version + 1
    locked.save(update_fields=["local", "version"])
    RowChange.objects.create(
        initiative=locked.initiative,
        table="guide",
        row=uuid5(NAMESPACE_URL, f"guide/{locked.pk}"),
        number=locked.version,
        verb=RowChange.Verb.CHANGED,
        before={"local": before.written()},
        after={"local": after.written()},
        by=by,
    )
    audit.record(by, "changed", KIND, f"{locked.initiative.key}/{locked.template.guide.key}", more)
    return locked
