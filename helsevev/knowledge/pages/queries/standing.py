"""The pages themselves, whatever kind they are of."""

from collections.abc import Collection

from django.db import connection

from helsevev.knowledge.pages.models import MODELS, KnowledgePage, PageFile, Shown
from helsevev.knowledge.pages.rules import texts
from helsevev.knowledge.pages.rules.kinds import KINDS

# Written by hand, since it is asked at every remembered page and the ORM would take longer than the database.
VERSION = """SELECT (SELECT number FROM pages_version), (SELECT version FROM finding_indexstate),
    (SELECT mark FROM finding_indexstate), (SELECT MAX(id) FROM shelf_item), (SELECT MAX(withdrawn_at) FROM shelf_item)
"""


def words(pages: Collection[int]) -> dict[int, str]:
    """What the published pages and their files say, for finding them: a statement for each kind among them."""
    said: dict[int, str] = {}
    kinds = set(Shown.objects.filter(pk__in=list(pages)).values_list("kind", flat=True))
    for kind in sorted(kinds):
        own = [field.name for field in KINDS[kind].fields]
        for page in MODELS[kind].objects.filter(pk__in=list(pages)):
            facts = [str(getattr(page, name) or "") for name in own]
            said[page.pk] = "\n".join(part for part in (*facts, texts.words(page.body.raw_data)) if part)
    for page, file in PageFile.objects.filter(page__in=said, attachment__words__gt="").values_list(
        "page", "attachment__words"
    ):
        said[page] += f"\n{file}"
    return said


def version() -> tuple[object, ...]:
    """Another one each time something that readers see has changed: pages, comments, the index, or the shelf."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        return tuple(cursor.fetchone())


def live(pages: Collection[int] | None = None) -> list[KnowledgePage]:
    """Every live page, for making what readers see anew."""
    found: list[KnowledgePage] = []
    for model in MODELS.values():
        rows = model.objects.filter(live=True).select_related("locale")
        found += rows if pages is None else rows.filter(pk__in=list(pages))
    return found


def strays() -> list[str]:
    """A sentence for each page that readers should see and don't, or see and shouldn't."""
    published = {
        page.pk: page.slug for model in MODELS.values() for page in model.objects.filter(live=True).only("slug")
    }
    seen = dict(Shown.objects.values_list("pk", "slug"))
    missing = [f"{slug} is published and isn't shown" for pk, slug in published.items() if pk not in seen]
    return missing + [f"{slug} is shown and isn't published" for pk, slug in seen.items() if pk not in published]
