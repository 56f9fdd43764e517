"""Earlier projects (tidligere prosjekter): which an organisation may continue, and what one brings along."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from helsevev.commons.initiatives.models import Initiative, Lineage
from helsevev.commons.people.models import Organisation
from helsevev.core.questionnaire.model import Value
from helsevev.network.portfolio.models import Project

MOST = 200


def of_organisation(organisation: Organisation) -> list[Initiative]:
    """Published projects that an organisation takes part in, the newest first: those it may apply to continue."""
    parts = Q(parties__organisation=organisation) | Q(parties__organisation__parent=organisation)
    found = Initiative.objects.filter(parts, project__published=True, project__listing=Project.Listing.AWARDED)
    return list(found.distinct().order_by("-project__award_year", "title")[:MOST])


def project(key: str) -> Initiative | None:
    """A published project."""
    return Initiative.objects.filter(key=key, project__published=True).first()


def answers(initiative: Initiative) -> Mapping[str, Value]:
    """What a continued project says of itself, in the places of the form."""
    row = Project.objects.filter(initiative=initiative).first()
    groups = list(initiative.terms.filter(vocabulary="patient_group").values_list("code", flat=True))
    found: dict[str, Value] = {"title": initiative.title}
    if row is not None and row.summary_nb:
        found["summary"] = row.summary_nb
    if row is not None and row.focus_area:
        found["focus_area"] = row.focus_area
    if groups:
        found["patient_groups"] = list(groups)
    return found | {"is_new": "continues", "before": _told(initiative, Lineage.Kind.CONTINUES)}


def brought(initiative: Initiative, kind: str) -> Mapping[str, Value]:
    """What a chosen project brings; one that is spread or adapted leaves title and summary to the new one."""
    found = dict(answers(initiative))
    if kind != Lineage.Kind.CONTINUES:
        found = {name: value for name, value in found.items() if name in ("patient_groups", "focus_area")}
        found |= {"is_new": "spread", "before": _told(initiative, kind)}
    return found


def _told(initiative: Initiative, kind: str) -> str:
    owners = initiative.parties.filter(role="owner").values_list("stated_name", flat=True)
    said = {"title": initiative.title, "owner": ", ".join(owners)}
    match kind:
        case Lineage.Kind.CONTINUES:
            return _("Continues “%(title)s” (%(owner)s).") % said
        case Lineage.Kind.SPREADS:
            return _("Takes up the model of “%(title)s” (%(owner)s).") % said
        case _:
            return _("Adapts the model of “%(title)s” (%(owner)s).") % said
