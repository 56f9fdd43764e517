"""Hands in to be found what only the front door has a page for: organisations (gjenfinning)."""

from collections.abc import Iterator

from django.urls import reverse

from helsevev.commons.finding import actions as finding
from helsevev.commons.finding.models import Document
from helsevev.commons.finding.rules import Doc
from helsevev.commons.people.models import Organisation

ORGANISATION = "organisation"
LANGUAGES = ("nb", "nn", "en")


def index_organisations() -> None:
    """Make organisations findable by all their names. What hasn't changed isn't written, so the worker calls this."""
    documents = list(_documents())
    finding.put(documents)
    held = set(Document.objects.filter(kind=ORGANISATION).values_list("key", flat=True))
    finding.withdraw(ORGANISATION, held - {one.key for one in documents})


def _documents() -> Iterator[Doc]:
    # Addresses are kept without the language that they begin with.
    home = "/" + reverse("front:organisations").split("/", 2)[2]
    for one in Organisation.objects.select_related("parent").prefetch_related("other_names").order_by("key"):
        names = [other.name for other in one.other_names.all()]
        around = [", ".join(names), one.parent.name if one.parent else "", one.county]
        body = "\n".join(part for part in around if part)
        yield Doc(
            ORGANISATION,
            one.key,
            {"nb": (one.name, body)},
            {"region": [one.health_region] if one.health_region else []},
            address=f"{home}{one.key}/",
            tags=names,
        )
