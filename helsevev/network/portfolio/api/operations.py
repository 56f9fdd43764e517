"""What programs can ask of the portfolio."""

from datetime import datetime
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from ninja import Path, Query, Router

from helsevev.commons.initiatives import queries as initiatives
from helsevev.core.paging import surroundings
from helsevev.network.portfolio.api.shapes import (
    FamilyTree,
    LanguageQuery,
    PhaseFigures,
    PhaseQuery,
    ProjectDetail,
    ProjectPage,
    ProjectQuery,
)
from helsevev.network.portfolio.api.showing import Showing
from helsevev.network.portfolio.queries import records
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.queries.records import Record

router = Router(tags=["Projects"])
Key = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,99}$", description="The project's key.")]


@router.get("/projects", response=ProjectPage, summary="List projects")
def projects(request: HttpRequest, asked: Query[ProjectQuery]) -> dict[str, object]:
    """Published projects: searched, filtered and sorted as on the list's page, a page at a time."""
    selection = asked.selection()
    start = (asked.page - 1) * asked.per_page
    keys = records.keys(selection.projects[start : start + asked.per_page])
    showing = Showing(selection.naming)
    return {
        **surroundings(request.build_absolute_uri(), selection.total, asked.page, asked.per_page),
        "items": [showing.item(record) for record in records.records(keys, timezone.localdate())],
    }


@router.get("/projects/{key}", response=ProjectDetail, summary="Get one project")
def project(request: HttpRequest, response: HttpResponse, key: Key, asked: Query[LanguageQuery]) -> dict[str, object]:
    """One published project by its key, with figures, log, phases, milestones and deliverables."""
    found = _found(key)
    response["Last-Modified"] = http_date(_last_changed(found.changed_at).timestamp())
    return Showing(Naming(asked.lang)).detail(found)


@router.get("/projects/{key}/lineage", response=FamilyTree, summary="Get a project's family")
def lineage(request: HttpRequest, key: Key, asked: Query[LanguageQuery]) -> dict[str, object]:
    """Everyone it comes from and everyone who took it up, however far: what continues, spreads, adapts or shares."""
    family = initiatives.family(_found(key).key)
    titles = Naming(asked.lang).titles(family.members)
    return {
        "members": [
            {"key": member, "title": titles[member], "generation": family.generations[member]}
            for member in family.members
            if member in titles
        ],
        "descents": [
            {"child": edge.child, "parent": edge.parent, "kind": edge.kind}
            for edge in family.edges
            if edge.child in titles and edge.parent in titles
        ],
    }


@router.get("/phases", response=PhaseFigures, summary="Count projects by phase on a day")
def phases(request: HttpRequest, asked: Query[PhaseQuery]) -> dict[str, object]:
    """How many published projects were in each phase of the Roadmap on any day.

    Most sources don't state a phase, so the answer says how many projects the counts rest on.
    """
    naming = Naming(asked.lang)
    counts = records.phases_on(asked.on, asked.listing)
    return {
        "on": counts.day,
        "phases": [
            {"phase": {"code": phase, "label": naming.term("phase", phase)}, "projects": number}
            for phase, number in counts.by_phase.items()
        ],
        "stated": sum(counts.by_phase.values()),
        "not_stated": counts.not_stated,
        "total": sum(counts.by_phase.values()) + counts.not_stated,
    }


def _last_changed(changed_at: datetime) -> datetime:
    """When the answer last changed: with the project, or at midnight, since the phase it is in depends on the day."""
    return max(changed_at, timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0))


def _found(key: str) -> Record:
    found = records.record(key, timezone.localdate())
    if found is None:
        raise Http404(f"There is no project with the key '{key}'.")
    return found
