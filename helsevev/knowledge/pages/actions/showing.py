"""What readers see of the pages: written in the transaction that publishes, withdrawn in the one that takes down."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from helsevev.commons.finding import actions as finding
from helsevev.commons.finding.rules import Doc
from helsevev.knowledge.pages.actions.offering import read_files
from helsevev.knowledge.pages.actions.remembering import forget_pages
from helsevev.knowledge.pages.models import FormerAddress, KnowledgePage, Shown
from helsevev.knowledge.pages.queries import standing
from helsevev.knowledge.pages.rules import texts
from helsevev.knowledge.pages.rules.kinds import FACETS, INSTEAD

DOCUMENT = "page"
SHOWN_IN = {"nb": "in_nb", "nn": "in_nn", "en": "in_en"}
FIELDS = [field.name for field in Shown._meta.concrete_fields if field.name != "page"]


@transaction.atomic
def show(pages: Sequence[KnowledgePage]) -> None:
    """Let readers see these pages as they are now; pages that aren't live are taken away."""
    live = [page for page in pages if page.live]
    _remember_addresses(live)
    gone = [page.pk for page in pages if not page.live]
    Shown.objects.filter(pk__in=gone).delete()
    Shown.objects.bulk_create(
        [_row(page) for page in live], update_conflicts=True, unique_fields=["page"], update_fields=FIELDS
    )
    settle({page.translation_key for page in pages})


def show_all() -> None:
    """Every live page as it is now, for lists or an index that were lost."""
    show(standing.live())


@transaction.atomic
def hide(page: KnowledgePage) -> None:
    """Take a page away from readers."""
    Shown.objects.filter(pk=page.pk).delete()
    settle({page.translation_key})


def settle(families: Collection[UUID]) -> None:
    """Say anew which text of each family stands in which language's lists, and hand the families to be found."""
    rows: dict[UUID, dict[str, Shown]] = {family: {} for family in families}
    for row in Shown.objects.filter(family__in=list(families)):
        rows[row.family][row.language] = row
    every = [row for texts_ in rows.values() for row in texts_.values()]
    for languages in rows.values():
        for language, chosen in ((one, _first(languages, one)) for one in INSTEAD):
            for row in languages.values():
                setattr(row, SHOWN_IN[language], row is chosen)
    forget_pages()
    Shown.objects.bulk_update(every, list(SHOWN_IN.values()), batch_size=200)
    finding.withdraw(DOCUMENT, [str(family) for family, languages in rows.items() if not languages])
    finding.put(_documents({family: languages for family, languages in rows.items() if languages}))


def _first(languages: dict[str, Shown], language: str) -> Shown | None:
    return next((languages[code] for code in INSTEAD[language] if code in languages), None)


def _row(page: KnowledgePage) -> Shown:
    blocks = list(page.body.raw_data)
    return Shown(
        page_id=page.pk,
        family=page.translation_key,
        kind=page.kind_name,
        language=page.locale.language_code,
        slug=page.slug,
        title=page.title,
        lead=page.lead,
        first_published=page.first_published_at or timezone.now(),
        updated=page.last_published_at or timezone.now(),
        minutes=texts.minutes(texts.words(blocks)),
        files=page.knowledge_files.count() if page.kind.has_files else 0,
        initiative=page.initiative,
        tags=page.codes(),
    )


def _documents(families: dict[UUID, dict[str, Shown]]) -> Iterable[Doc]:
    """Each family as one document with its texts by language; its facets are those of all its texts."""
    read_files([row.pk for languages in families.values() for row in languages.values()])
    said = standing.words([row.pk for languages in families.values() for row in languages.values()])
    for family, languages in families.items():
        rows = list(languages.values())
        facets = {
            facet: sorted({code for row in rows for code in row.tags.get(name, ())}) for name, facet in FACETS.items()
        }
        facets |= {"kind": [rows[0].kind], "language": sorted(languages)}
        if initiative := next((row.initiative for row in rows if row.initiative), ""):
            facets["initiative"] = [initiative]
        yield Doc(
            DOCUMENT,
            str(family),
            {language: (row.title, f"{row.lead}\n{said.get(row.pk, '')}") for language, row in languages.items()},
            facets,
            address="/" + reverse("pages:page", args=[rows[0].slug]).split("/", 2)[2],
        )


def _remember_addresses(pages: Iterable[KnowledgePage]) -> None:
    """An address that a page leaves goes on leading to it; one that is taken up again leads to whoever has it now."""
    now = {page.pk: page for page in pages}
    before = Shown.objects.filter(pk__in=now).values_list("pk", "slug", "family")
    left = [FormerAddress(slug=slug, family=family) for pk, slug, family in before if slug != now[pk].slug]
    FormerAddress.objects.bulk_create(left, update_conflicts=True, unique_fields=["slug"], update_fields=["family"])
    FormerAddress.objects.filter(slug__in=[page.slug for page in now.values()]).delete()
