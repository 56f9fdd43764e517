"""A page that begins from what lies on the shelf (ta fra hylla), so that nothing is typed in again."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.audit import actions as audit
from helsevev.commons.shelf import actions as shelf
from helsevev.commons.shelf import queries as lying
from helsevev.commons.shelf.models import Item
from helsevev.core import slugs
from helsevev.core.words import gettext_noop
from helsevev.knowledge.pages.models import Bank, ExperiencePage, KnowledgePage
from helsevev.knowledge.pages.queries import desk
from helsevev.knowledge.pages.rules.kinds import INSTEAD, LANGUAGES

ROOM = "knowledge.pages"
# The parts that a project tells its experience by, in the order that readers want them.
PARTS = {
    "goal": gettext_noop("The goal"),
    "done": gettext_noop("What was done"),
    "benefits": gettext_noop("Benefits"),
    "failed": gettext_noop("What failed"),
    "advice": gettext_noop("Advice to others"),
    "costs": gettext_noop("What it cost"),
}
LEAD_LIMIT = 500


@transaction.atomic
def take(item: Item, language: str, user: AbstractBaseUser) -> KnowledgePage:
    """A draft of a project experience, filled in with what the item says; its figures stay the project's own."""
    language = language if language in LANGUAGES else "nb"
    bank = Bank.objects.get(locale__language_code=language)
    with override(language):
        page = ExperiencePage(
            title=desk.title_of(item, language)[:120],
            slug=_free_slug(bank, desk.title_of(item, language)),
            lead=_lead(item.body, language),
            body=[{**block, "id": str(uuid4())} for block in _body(item)],
            initiative=item.initiative.key,
            live=False,
            has_unpublished_changes=True,
            locale=bank.locale,
            owner=user,
            **_filed(item.body),
        )
        bank.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    audit.record(str(getattr(user, "key", "")), "took", "shelf item", f"{item.type}/{item.key}", {"page": page.slug})
    return page


def note_taken(page: KnowledgePage) -> None:
    """Tell the shelf where its things are shown, once the page is open to everyone."""
    if page.initiative:
        for item in lying.current(initiative=page.initiative).filter(type__in=desk.TAKEN):
            shelf.take(item, ROOM, f"/knowledge/{page.slug}/")


def _free_slug(bank: Bank, title: str) -> str:
    stem = slugs.slug(title)[:60].strip("-") or "experience"
    return slugs.free(stem, set(bank.get_children().filter(slug__startswith=stem).values_list("slug", flat=True)))


def _lead(body: Mapping[str, Any], language: str) -> str:
    summary = body.get("summary")
    if isinstance(summary, Mapping):
        text = next((summary[code] for code in INSTEAD[language] if summary.get(code)), "")
    else:
        text = str(body.get("goal") or "")
    return _cut(str(text)) or "–"


def _cut(text: str) -> str:
    """Whole sentences, as many as there is room for."""
    if len(text) <= LEAD_LIMIT:
        return text
    short = text[:LEAD_LIMIT]
    return short[: short.rfind(". ") + 1] or short


def _filed(body: Mapping[str, Any]) -> dict[str, list[str]]:
    names = {"regions": "regions", "patient_groups": "patient_groups", "themes": "themes"}
    return {field: list(body.get(name) or ()) for field, name in names.items()}


def _body(item: Item) -> Iterator[dict[str, Any]]:
    """A heading for each part, with what the project has written under it, and its figures."""
    for name, label in PARTS.items():
        said = str(item.body.get(name) or "")
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in said.split("\n") if part.strip())
        yield {"type": "text", "value": f"<h2>{escape(_(label))}</h2>{paragraphs or '<p></p>'}"}
        if name == "benefits":
            yield {"type": "figures", "value": {"initiative": item.initiative.key, "names": ""}}
