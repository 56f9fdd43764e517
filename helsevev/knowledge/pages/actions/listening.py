"""Hears when the desk publishes, takes down or deletes a page, in the transaction in which it happens."""

from typing import Any

from django.db.models.signals import post_delete
from wagtail.signals import page_published, page_unpublished

from helsevev.commons.audit import actions as audit
from helsevev.knowledge.pages.actions import showing
from helsevev.knowledge.pages.models import MODELS, KnowledgePage


def connect() -> None:
    """Listen to every kind of page."""
    for model in MODELS.values():
        page_published.connect(_published, sender=model)
        page_unpublished.connect(_unpublished, sender=model)
        post_delete.connect(_deleted, sender=model)


def _published(instance: KnowledgePage, revision: Any = None, **_more: object) -> None:  # noqa: ANN401 - Wagtail's
    if instance.live:
        showing.show([instance])
        _record("published", instance, revision.user if revision else None)


def _unpublished(instance: KnowledgePage, **_more: object) -> None:
    showing.hide(instance)
    _record("unpublished", instance, None)


def _deleted(instance: KnowledgePage, **_more: object) -> None:
    showing.hide(instance)


def _record(verb: str, page: KnowledgePage, user: Any) -> None:  # noqa: ANN401 - an account or nobody
    actor = str(user.key) if user else "system:pages"
    audit.record(actor, verb, "page", page.slug, {"language": page.locale.language_code, "kind": page.kind_name})
