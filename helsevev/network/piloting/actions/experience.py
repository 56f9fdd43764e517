"""The experience that a project offers others: begun from what is known, and on the shelf while all consent."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.shelf import actions as shelf
from helsevev.commons.shelf import rules as shelving
from helsevev.core.words import Refusal
from helsevev.network.piloting.actions import papers
from helsevev.network.piloting.models import Paper, PaperVersion
from helsevev.network.piloting.queries import drafting
from helsevev.network.piloting.queries import papers as asking
from helsevev.network.piloting.rules import experience, protocol

TYPE = experience.EXPERIENCE.type


@transaction.atomic
def begin(initiative: Initiative, by: str) -> Paper:
    """Begin to tell, with a draft from what the system knows; begun twice it is begun once."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if found := asking.experience(initiative):
        return found
    made = Paper.objects.create(
        initiative=initiative, kind=Paper.Kind.EXPERIENCE, content=drafting.draft(initiative), changed_by=by
    )
    audit.record(by, "began", "experience", str(made.key), {"initiative": initiative.key})
    return made


def item(content: Mapping[str, Any], version: int, consented: str) -> dict[str, shelving.JSON]:
    """What lies on the shelf: the text, what was measured, and no person (a digest's digits could be taken for one)."""
    body: dict[str, shelving.JSON] = {name: str(content.get(name, "")) for name in experience.PARTS}
    body["outcomes"] = [dict(row) for row in protocol.rows(content, "outcomes")]
    body["words"] = [dict(row) for row in protocol.rows(content, "words")]
    body["parties"] = [str(row["name"]) for row in protocol.rows(content, "parties")]
    body["language"] = str(content.get("language", "nb"))
    return body | {"consented": consented, "version": version}


def _refuse(_paper: Paper, content: Mapping[str, Any]) -> list[Refusal]:
    """What is missing, and everything that the shelf wouldn't take."""
    missing = experience.refuse_offer(content)
    body = item(content, 1, timezone.localdate().isoformat())
    title = str(content.get("title", "")) or "–"
    return missing or shelving.refuse_put(experience.EXPERIENCE, "experience", title, body)


def _agreed(paper: Paper, version: PaperVersion, by: str) -> None:
    body = item(version.content, version.number, timezone.localdate().isoformat())
    shelf.put(TYPE, paper.initiative.key, paper.initiative, str(version.content["title"]), body, by)


def _withdrawn(paper: Paper, version: PaperVersion, by: str) -> None:
    """Off the shelf, if what lies there is the text that lost its consent."""
    newer = [one for one in asking.agreed(paper) if one.row.number > version.number]
    if not newer:
        shelf.withdraw(TYPE, paper.initiative.key, by)


papers.SORTS[Paper.Kind.EXPERIENCE] = papers.Sort(
    "piloting:experience", "piloting:experience_edit", _refuse, _agreed, _withdrawn
)
