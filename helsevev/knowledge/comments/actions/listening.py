"""Hears when a page goes for good or a comment's row does, in the transaction in which it happens."""

from django.db.models.signals import post_delete

from helsevev.commons.files import actions as files
from helsevev.knowledge.comments.models import FILE_OWNER, Comment
from helsevev.knowledge.comments.rules import On
from helsevev.knowledge.pages.models import MODELS, KnowledgePage

ACTOR = "system:comments"


def connect() -> None:
    """Listen to every kind of page, and to our own rows: purging, and accounts that go, take rows without asking us."""
    for model in MODELS.values():
        post_delete.connect(_page_deleted, sender=model)
    post_delete.connect(_comment_deleted, sender=Comment)


def _page_deleted(instance: KnowledgePage, **_more: object) -> None:
    """With the last of a page's texts its comments go."""
    if not any(model.objects.filter(translation_key=instance.translation_key).exists() for model in MODELS.values()):
        Comment.objects.filter(on=On.PAGE, subject=str(instance.translation_key)).delete()


def _comment_deleted(instance: Comment, **_more: object) -> None:
    files.erase_all(FILE_OWNER, str(instance.key), by=ACTOR)
