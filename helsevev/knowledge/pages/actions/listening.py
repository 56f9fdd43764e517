"""Hears when the desk publishes, takes down or deletes a page, in the transaction in which it happens."""

from typing import Any

from django.db.models.signals import post_delete
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    page_unpublished,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from helsevev.commons.audit import actions as audit
from helsevev.knowledge.pages.actions import showing, taking
from helsevev.knowledge.pages.models import MODELS, KnowledgePage

LETTERS = (
    (task_submitted, TaskState, "group_approval_task_submitted"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected"),
    (workflow_approved, WorkflowState, "workflow_state_approved"),
)


def connect() -> None:
    """Listen to every kind of page."""
    for model in MODELS.values():
        page_published.connect(_published, sender=model)
        page_unpublished.connect(_unpublished, sender=model)
        post_delete.connect(_deleted, sender=model)


def silence_letters() -> None:
    """Letters go through the house's own mail; the desk's would go past it."""
    for signal, sender, name in LETTERS:
        signal.disconnect(sender=sender, dispatch_uid=f"{name}_email_notification")


def _published(instance: KnowledgePage, revision: Any = None, **_more: object) -> None:  # noqa: ANN401 - Wagtail's
    if instance.live:
        showing.show([instance])
        taking.note_taken(instance)
        _record("published", instance, revision.user if revision else None)


def _unpublished(instance: KnowledgePage, **_more: object) -> None:
    showing.hide(instance)
    _record("unpublished", instance, None)


def _deleted(instance: KnowledgePage, **_more: object) -> None:
    showing.hide(instance)


def _record(verb: str, page: KnowledgePage, user: Any) -> None:  # noqa: ANN401 - an account or nobody
    actor = str(user.key) if user else "system:pages"
    audit.record(actor, verb, "page", page.slug, {"language": page.locale.language_code, "kind": page.kind_name})
