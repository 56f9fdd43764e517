"""What those who work with projects come back to (arbeidsbord): own drafts, what isn't published, what changed last."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, may
from helsevev.core import dates
from helsevev.network.portfolio.models import Draft, Milestone, Project, Revision
from helsevev.network.portfolio.queries import history
from helsevev.network.portfolio.queries.editing import drafts
from helsevev.network.portfolio.queries.pages import visible
from helsevev.network.portfolio.queries.wording import Text, title_here
from helsevev.network.portfolio.rules import FIELDS, PERMISSIONS
from helsevev.network.portfolio.rules.permissions import TEAM

MOST_LISTED = 50
MOST_CHANGES = 12
# A draft this old is probably forgotten; a milestone this near is worth a word.
FORGOTTEN = timedelta(days=3)
SOON = timedelta(days=30)


@dataclass(frozen=True)
class DraftLine:
    """A draft of one's own (kladd), with the fields that were typed in; no key for something new."""

    pk: int
    key: str
    title: Text
    saved_at: datetime
    fields: str


@dataclass(frozen=True)
class HiddenLine:
    """A project that isn't published (upublisert)."""

    key: str
    title: Text
    changed_at: datetime


@dataclass(frozen=True)
class ChangeLine:
    """A change of some project (endring)."""

    key: str
    title: Text
    at: datetime
    who: str
    via: str
    fields: str


def works_here(person: Person) -> bool:
    """Whether someone works with projects at all, everywhere or in an organisation of theirs."""
    return may(person, "see_drafts", PERMISSIONS, person.organisations(TEAM))


def own(person: Person) -> QuerySet[Project]:
    """The projects that this person works with: staff with all, others with those of their organisations."""
    if may(person, "see_history", PERMISSIONS):
        return Project.objects.all()
    organisations = person.organisations(TEAM)
    return Project.objects.filter(initiative__parties__organisation__key__in=organisations).distinct()


def draft_lines(user: User) -> list[DraftLine]:
    """One's own drafts, the newest first."""
    return [_draft_line(draft) for draft in drafts(user)]


def _draft_line(draft: Draft) -> DraftLine:
    fields = history.field_labels(name for name in FIELDS if name in draft.fields)
    if draft.project is None:
        title = str(draft.fields.get("title", "")).strip()
        return DraftLine(draft.pk, "", Text(title or _("A new project")), draft.saved_at, fields)
    initiative = draft.project.initiative
    return DraftLine(draft.pk, initiative.key, title_here(initiative.titles), draft.saved_at, fields)


def unpublished(person: Person) -> list[HiddenLine]:
    """Projects that only their own and staff see, the newest first."""
    rows = visible(person).filter(published=False).select_related("initiative")
    found = (row.initiative for row in rows.order_by("-initiative__changed_at", "-pk")[:MOST_LISTED])
    return [HiddenLine(one.key, title_here(one.titles), one.changed_at) for one in found]


def recent(person: Person) -> list[ChangeLine]:
    """The newest changes of the projects that this person works with."""
    rows = Revision.objects.filter(project__in=own(person)).select_related("project__initiative")
    found = list(rows.order_by("-at", "-pk")[:MOST_CHANGES])
    called = history.who(row.actor for row in found)
    return [
        ChangeLine(
            row.project.initiative.key,
            title_here(row.project.initiative.titles),
            row.at,
            called[row.actor],
            _(history.VIA_NAMES[row.via]),
            history.field_labels(name for name in FIELDS if name in row.changes),
        )
        for row in found
    ]


# --- What waits ------------------------------------------------------------------------------------------------------
def forgotten(person: Person) -> list[DraftLine]:
    """Drafts that are probably forgotten, the oldest first."""
    if not person.is_known:
        return []
    rows = Draft.objects.filter(user__key=person.key, thrown_away_at=None, saved_at__lte=timezone.now() - FORGOTTEN)
    return [_draft_line(draft) for draft in rows.select_related("project__initiative").order_by("saved_at")]


@dataclass(frozen=True)
class DueMilestone:
    """A milestone that is planned and not reached (milepæl), by the last day that its date can mean."""

    key: str
    project: str
    title: str
    due: date


def milestones_due(person: Person, today: date) -> list[DueMilestone]:
    """Milestones soon due, or overdue, in the projects of one's organisations."""
    organisations = person.organisations(TEAM)
    if not organisations:
        return []
    mine = Project.objects.filter(initiative__parties__organisation__key__in=organisations)
    rows = Milestone.objects.filter(project__in=mine.values("pk"), reached="").exclude(planned="")
    found = [
        DueMilestone(
            row.project.initiative.key,
            title_here(row.project.initiative.titles).text,
            row.title,
            dates.last_day(row.planned),
        )
        for row in rows.select_related("project__initiative").order_by("project_id", "position")
    ]
    return sorted((one for one in found if one.due <= today + SOON), key=lambda one: one.due)


def personal_data(user: User) -> dict[str, object]:
    """Changes that this person has made; drafts, sendings and imports are told by their own tables."""
    rows = Revision.objects.filter(actor=str(user.key)).select_related("project__initiative").order_by("at", "pk")
    return {
        "changes": [
            {
                "project": row.project.initiative.key,
                "number": row.number,
                "at": row.at,
                "via": row.via,
                "changes": row.changes,
                "note": row.note,
            }
            for row in rows
        ]
    }
