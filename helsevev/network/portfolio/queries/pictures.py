"""A project's own pictures: its way in time (tidslinje), and whom it comes from and has given to (familietre)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Lineage, Party
from helsevev.commons.initiatives.rules import StatedMove
from helsevev.core import charts, dates
from helsevev.core.charts.wording import day as written_day
from helsevev.core.lineage import DESCENT, Edge, Kind, would_cycle
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.cards import MIDDLE_DOT
from helsevev.network.portfolio.queries.messages import inside
from helsevev.network.portfolio.queries.naming import Naming, award
from helsevev.network.portfolio.queries.wording import in_language

LEAST_MOMENTS, MOST_MOMENTS = 2, 30
MOST_KIN = 60
MOST_STEPS = 12  # from the project itself to the furthest relative that is drawn
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Subject:
    """The project whose pictures are drawn, for readers of one language, on a day."""

    project: Project
    naming: Naming
    today: date

    @property
    def language(self) -> str:
        """The reader's."""
        return self.naming.language

    @property
    def title(self) -> str:
        """The project's, in the reader's language where there is one."""
        return title_of(self.project, self.language)

    @property
    def source(self) -> str:
        """Whose a picture that leaves the page is, and where it comes from."""
        written = written_day(self.today.isoformat(), self.language)
        return f"{self.title}. " + _("Source: Helsevev, %(day)s") % {"day": written}


def title_of(project: Project, language: str) -> str:
    """A project's title in the reader's language, else in the nearest that there is."""
    row = project.initiative
    return in_language(language, {"nb": row.title, "nn": row.title_nn, "en": row.title_en}).text


def picture(name: str, subject: Subject) -> charts.Drawable | None:
    """One of the project's pictures; None where there is nothing to draw or no such picture."""
    return PICTURES[name](subject) if name in PICTURES else None


# --- In time ---------------------------------------------------------------------------------------------------------
def timeline(subject: Subject) -> charts.Timeline | None:
    """Phases, award, log and milestones along time; None where less is dated than one would draw. Five statements."""
    moves = initiatives.moves_of([subject.project.pk]).get(subject.project.pk, [])
    moments = [*_award(subject), *_log(subject), *_milestones(subject), *_deliverables(subject)]
    moments.sort(key=lambda moment: (moment.first, moment.last))
    drawn, hidden = moments[-MOST_MOMENTS:], max(len(moments) - MOST_MOMENTS, 0)
    if not moves and len(drawn) < LEAST_MOMENTS:
        return None
    too_many = ngettext(
        "%(count)s earlier happening isn't drawn.", "%(count)s earlier happenings aren't drawn.", hidden
    )
    return charts.Timeline(
        name="timeline",
        title=_in_time(subject, moves, drawn),
        heads=(_("When"), _("What")),
        note=too_many % {"count": hidden} if hidden else "",
        source=subject.source,
        language=subject.language,
        periods=tuple(_periods(subject, moves)),
        moments=tuple(drawn),
        legend={
            "planned": _("Planned"),
            "as_of": _("Was in the phase at this time; when it began isn't stated"),
            "open": _("When the phase ended isn't stated"),
        },
    )


def _in_time(subject: Subject, moves: Sequence[StatedMove], moments: Sequence[charts.Moment]) -> str:
    """What the timeline says: where the project stood last, as far as it is stated."""
    actual = [move for move in moves if not move.planned]
    if actual:
        return capfirst(_last_phase(subject, actual[-1]))
    if not moments:
        return _("Phases are planned, none is entered yet")
    first, last = moments[0].when, moments[-1].when
    return _("What is dated runs from %(first)s to %(last)s; no phase is stated") % {"first": first, "last": last}


def _last_phase(subject: Subject, move: StatedMove) -> str:
    """The last phase that is stated, in a sentence."""
    values = {
        "phase": inside(subject.naming.term("phase", move.phase)),
        "on": written_day(move.on, subject.language),
        "until": written_day(move.until or move.on, subject.language),
    }
    if move.until and move.until != move.on:
        return _("%(phase)s from %(on)s to %(until)s") % values
    if move.as_of or move.until:
        return _("%(phase)s is the last phase stated, for %(on)s") % values
    return _("%(phase)s since %(on)s") % values


def _periods(subject: Subject, moves: Sequence[StatedMove]) -> Iterable[charts.Period]:
    """The moves as stretches of time; one lasts until the next where its end isn't stated."""
    for place, stated in enumerate(moves):
        later = [move.move.starts for move in moves[place + 1 :] if move.planned == stated.planned]
        yield charts.Period(
            label=subject.naming.term("phase", stated.phase),
            when=_stretch(stated, subject.language),
            first=stated.move.starts,
            last=_end(stated, min(later, default=None)),
            planned=stated.planned,
            as_of=stated.as_of,
        )


def _end(stated: StatedMove, following: date | None) -> date | None:
    """The last day that a stretch is drawn to."""
    if stated.until:
        return dates.last_day(stated.until)
    if stated.as_of:
        return dates.last_day(stated.on)
    return max(following - ONE_DAY, stated.move.starts) if following else None


def _stretch(stated: StatedMove, language: str) -> str:
    """When a phase was, as precisely as it is stated."""
    words = {"on": written_day(stated.on, language), "until": written_day(stated.until or stated.on, language)}
    if stated.until and stated.until != stated.on:
        return _("%(on)s to %(until)s") % words
    return words["on"] if stated.as_of or stated.until else _("from %(on)s") % words


def _award(subject: Subject) -> Iterable[charts.Moment]:
    """When the project was awarded support."""
    year, support = subject.project.award_year, subject.project.support
    if year:
        term = inside(subject.naming.term("support", support)) if support else ""
        label = _("Awarded support: %(support)s") % {"support": term} if term else _("Awarded support")
        when = award(year, subject.project.award_round)
        yield charts.Moment(label, when, date(year, 1, 1), date(year, 12, 31), "award")


def _log(subject: Subject) -> Iterable[charts.Moment]:
    """What happened."""
    for row in subject.project.log.all():
        text = in_language(subject.language, {"nb": row.text_nb, "nn": row.text_nn, "en": row.text_en}).text
        yield _moment(text, row.on, subject)


def _milestones(subject: Subject) -> Iterable[charts.Moment]:
    """Milestones on the day they were reached, else on the day planned."""
    for row in subject.project.milestones.all():
        if row.reached or row.planned:
            made = _moment(row.title, row.reached or row.planned, subject)
            yield charts.Moment(made.label, made.when, made.first, made.last, "milestone", planned=not row.reached)


def _deliverables(subject: Subject) -> Iterable[charts.Moment]:
    """What was delivered, where that is dated."""
    for row in subject.project.deliverables.all():
        if row.on:
            yield _moment(_("Delivered: %(title)s") % {"title": row.title}, row.on, subject)


def _moment(label: str, on: str, subject: Subject) -> charts.Moment:
    """Something on a date as precise as it is written."""
    return charts.Moment(label, written_day(on, subject.language), dates.first_day(on), dates.last_day(on))


# --- The family ------------------------------------------------------------------------------------------------------
def family(subject: Subject) -> charts.Family | None:
    """Everyone related to the project; None for one without kin. A few statements, however many projects there are."""
    edges = _kin(subject.project.initiative.key)
    if not edges:
        return None
    keys = {key for edge in edges for key in (edge.child, edge.parent)}
    projects = _shown(keys, subject)
    bonds = _bonds(edge for edge in edges if {edge.child, edge.parent} <= projects.keys())
    if not bonds:
        return None
    title, note = _of_family(list(projects.values()), bonds, subject), ""
    if len(keys) >= MOST_KIN:
        note = _("Only the nearest %(count)s of the family are drawn.") % {"count": len(projects)}
    return charts.Family(
        name="family",
        title=title,
        heads=(_("Project"), _("Award and owner"), _("Comes from")),
        note=note,
        source=subject.source,
        language=subject.language,
        members=tuple(_members(projects, subject)),
        bonds=tuple(bonds),
        bonds_said={kind: inside(subject.naming.term("lineage", kind)) for kind in Kind},
    )


def _kin(key: str) -> list[Edge]:
    """The ties of everyone related, from the project outwards, a statement a step."""
    found: set[Edge] = set()
    reached, frontier = {key}, {key}
    for _step in range(MOST_STEPS):
        if not frontier or len(reached) >= MOST_KIN:
            break
        rows = Lineage.objects.filter(Q(child__key__in=frontier) | Q(parent__key__in=frontier))
        ties = rows.order_by("child__key", "parent__key", "kind").values_list("child__key", "parent__key", "kind")
        new = [Edge(child, parent, Kind(kind)) for child, parent, kind in ties[: MOST_KIN * 2]]
        frontier = {one for edge in new for one in (edge.child, edge.parent)} - reached
        frontier = set(sorted(frontier)[: MOST_KIN - len(reached)])
        reached |= frontier
        found |= {edge for edge in new if {edge.child, edge.parent} <= reached}
    return sorted(found)


def _shown(keys: Iterable[str], subject: Subject) -> dict[str, Project]:
    """The published ones and the project itself, the oldest first."""
    rows = Project.objects.select_related("initiative").filter(initiative__key__in=list(keys))
    rows = rows.filter(Q(published=True) | Q(pk=subject.project.pk))
    ordered = sorted(
        rows, key=lambda row: (row.award_year or date.max.year, row.award_round or 0, title_of(row, subject.language))
    )
    return {row.initiative.key: row for row in ordered}


def _bonds(edges: Iterable[Edge]) -> list[charts.Bond]:
    """Ties as they are drawn. Sharing a model goes both ways, so it is turned where it would lead in a circle."""
    drawn: list[Edge] = []
    found = []
    for edge in sorted(edges, key=lambda edge: (edge.kind not in DESCENT, edge)):
        as_descent = Edge(edge.child, edge.parent, Kind.CONTINUES)
        turned = edge.kind not in DESCENT and would_cycle(drawn, as_descent) is not None
        child, parent = (edge.parent, edge.child) if turned else (edge.child, edge.parent)
        drawn.append(Edge(child, parent, Kind.CONTINUES))
        found.append(charts.Bond(parent, child, edge.kind, mutual=edge.kind not in DESCENT))
    return found


def _members(projects: Mapping[str, Project], subject: Subject) -> Iterable[charts.Member]:
    """Each with its award and first owner."""
    owners: dict[int, str] = {}
    rows = Party.objects.filter(initiative_id__in=[row.pk for row in projects.values()], role=Party.Role.OWNER)
    for pk, name, stated in rows.order_by("position", "id").values_list(
        "initiative_id", "organisation__name", "stated_name"
    ):
        owners.setdefault(pk, name or stated)
    for key, row in projects.items():
        known = [award(row.award_year, row.award_round), owners.get(row.pk, "")]
        detail = MIDDLE_DOT.join(part for part in known if part)
        yield charts.Member(key, title_of(row, subject.language), detail, here=row.pk == subject.project.pk)


def _of_family(projects: Sequence[Project], bonds: Sequence[charts.Bond], subject: Subject) -> str:
    """What the tree says: how many took a model up, or how often a project went on."""
    children = {bond.child for bond in bonds}
    origins = [row for row in projects if row.initiative.key not in children]
    taken_up = len({bond.child for bond in bonds if bond.kind in (Kind.SPREADS, Kind.ADAPTS)})
    went_on = sum(bond.kind == Kind.CONTINUES for bond in bonds)
    title = title_of(origins[0], subject.language) if len(origins) == 1 else ""
    if title and taken_up:
        said = ngettext(
            "%(count)s project has taken up the model of %(title)s",
            "%(count)s projects have taken up the model of %(title)s",
            taken_up,
        )
        return said % {"count": taken_up, "title": title}
    if title and went_on == len(bonds):
        said = ngettext("%(title)s has gone on once", "%(title)s has gone on %(count)s times", went_on)
        return said % {"count": went_on, "title": title}
    return _("%(count)s projects belong together") % {"count": len(projects)}


PICTURES = {"timeline": timeline, "family": family}
