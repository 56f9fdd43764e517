"""Saying that a page is still right (gjennomgang)."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from helsevev.commons.audit import actions as audit
from helsevev.knowledge.pages.models import KnowledgePage
from helsevev.knowledge.pages.models.tree import next_review


@transaction.atomic
def still_right(page: KnowledgePage, user: AbstractBaseUser) -> None:
    """Look at it again in a year; readers see no change, so nothing is published anew."""
    page.review_on = next_review()
    page.save(update_fields=["review_on"], clean=False)
    if revision := page.latest_revision:
        revision.content["review_on"] = page.review_on.isoformat()
        revision.save(update_fields=["content"])
    audit.record(str(getattr(user, "key", "")), "reviewed", "page", page.slug, {"again": page.review_on.isoformat()})
