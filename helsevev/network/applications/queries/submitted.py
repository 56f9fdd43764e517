"""Applications that were sent in, for those who handle them: a list in few statements, and one to read."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from helsevev.commons.forms.models import BoundResponse
from helsevev.commons.initiatives.models import Lineage
from helsevev.network.applications.models import Application, Origin, Partner, Round, Submission
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.rules.workflow import Kind


def listing(round_: Round) -> QuerySet[Application]:
    """Those of a round that were sent in and not withdrawn, by number; `renewed` and `sent_by_grace` beside each."""
    gone = [step.code for step in asking.steps(round_).steps if step.kind in (Kind.WRITING, Kind.WITHDRAWN)]
    continues = Origin.objects.filter(application=OuterRef("pk"), kind=Lineage.Kind.CONTINUES)
    late = Submission.objects.filter(application=OuterRef("pk"), by_grace=True)
    rows = Application.objects.filter(round=round_, first_sent_at__isnull=False).exclude(step__in=gone)
    rows = rows.select_related("owner", "round").annotate(renewed=Exists(continues), sent_by_grace=Exists(late))
    return rows.order_by("number")


@dataclass(frozen=True)
class Row:
    """A sent application as a list shows it."""

    application: Application
    code: str
    title: str
    owner: str
    partners: tuple[str, ...]
    renewed: bool
    by_grace: bool
    step: str
    sent_at: datetime | None


def rows(round_: Round, language: str) -> list[Row]:
    """The list, whatever its length in three statements."""
    found = list(listing(round_))
    names = _partners([one.pk for one in found])
    flow = asking.steps(round_)
    return [
        Row(
            application=one,
            code=one.code,
            title=one.title,
            owner=one.owner.name,
            partners=tuple(name for name in names.get(one.pk, ()) if name != one.owner.name),
            renewed=bool(one.renewed),  # type: ignore[attr-defined] # annotated above
            by_grace=bool(one.sent_by_grace),  # type: ignore[attr-defined]
            step=flow.step(one.step).name(language),
            sent_at=one.last_sent_at,
        )
        for one in found
    ]


def _partners(ids: list[int]) -> Mapping[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows_ = Partner.objects.filter(application_id__in=ids).order_by("asked_at", "pk")
    for owner, name in rows_.values_list("application_id", "organisation__name"):
        found[owner].append(name)
    return found


def newest(application: Application) -> Submission | None:
    """What was sent in last, with what its form said."""
    return application.submissions.select_related("response__version__form", "response__sheet").first()


def bound(application: Application) -> BoundResponse | None:
    """The answers that were sent in last."""
    found = newest(application)
    return found.response if found else None


def counts(rounds: list[Round]) -> Mapping[int, int]:
    """How many stand to be handled in each round."""
    return {one.pk: listing(one).count() for one in rounds}
