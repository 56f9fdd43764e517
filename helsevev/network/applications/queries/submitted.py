"""Applications that were sent in, for the rooms that handle them: those of a round, and what one of them said."""

from django.db.models import Exists, OuterRef, QuerySet

from helsevev.commons.initiatives.models import Lineage
from helsevev.network.applications.models import Application, Origin, Partner, Round, Submission
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.rules.workflow import Kind


def _taken_back(application: int | OuterRef) -> QuerySet[Partner]:
    return Partner.objects.filter(application_id=application, taken_back_at__isnull=False)


RENEWED = Exists(Origin.objects.filter(application=OuterRef("pk"), kind=Lineage.Kind.CONTINUES))
TAKEN_BACK = Exists(_taken_back(OuterRef("pk")))


def listing(round_: Round) -> QuerySet[Application]:
    """Those of a round that were sent in and not withdrawn, by number.

    `renewed`, `sent_by_grace` and `taken_back` (a confirmation, after it was sent) stand beside each.
    """
    late = Submission.objects.filter(application=OuterRef("pk"), by_grace=True)
    rows = Application.objects.filter(round=round_, first_sent_at__isnull=False).exclude(step__in=not_handled(round_))
    rows = rows.select_related("owner", "round").annotate(
        renewed=RENEWED, sent_by_grace=Exists(late), taken_back=TAKEN_BACK
    )
    return rows.order_by("number")


def not_handled(round_: Round) -> frozenset[str]:
    """The steps at which an application isn't handled: it is being written, or it is withdrawn."""
    kinds = (Kind.WRITING, Kind.WITHDRAWN)
    return frozenset(step.code for step in asking.steps(round_).steps if step.kind in kinds)


def taken_back(application: Application) -> list[Partner]:
    """The organisations that confirmed, and have taken it back."""
    return list(_taken_back(application.pk).select_related("organisation"))


def newest(application: Application) -> Submission | None:
    """What was sent in last, with what its form said."""
    return application.submissions.select_related("response__version__form", "response__sheet").first()
