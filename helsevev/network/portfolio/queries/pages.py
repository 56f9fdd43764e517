"""One project's page: everything that is stated of it, written for a reader of one language."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Initiative, Lineage, Party
from helsevev.commons.initiatives.rules import StatedMove
from helsevev.commons.people.rules import STRANGER, Person, may
from helsevev.core import roadmap
from helsevev.core.charts.wording import stated as day
from helsevev.core.roadmap import PHASES, Phase
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.choices import Choices
from helsevev.network.portfolio.queries.figures import Fact, facts, source_title
from helsevev.network.portfolio.queries.naming import Naming, award
from helsevev.network.portfolio.queries.wording import Text, in_language
from helsevev.network.portfolio.rules.permissions import PERMISSIONS, TEAM


@dataclass(frozen=True)
class PartyLine:
    """A party as the page names it; a generic one has no organisation to lead to."""

    name: Text
    organisation: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Step:
    """One phase of the Roadmap on this project's way."""

    label: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Term:
    """A word that is stated of the project; one that it is filed under has a query that lists the others."""

    label: str
    query: str = ""


@dataclass(frozen=True)
class Kin:
    """Another project that this one stands to in a named way."""

    relation: str
    key: str
    title: Text


@dataclass(frozen=True)
class Dated:
    """Something on a date: a line of the log, a milestone, a deliverable."""

    when: str
    text: Text
    source: str = ""
    url: str = ""
    reached: str = ""


@dataclass(frozen=True)
class ProjectPage:
    """What a project's page shows. Empty means: not stated."""

    key: str
    listing: str
    published: bool
    title: Text
    summary: Text
    owners: tuple[PartyLine, ...]
    partners: tuple[PartyLine, ...]
    steps: tuple[Step, ...]
    phase: str
    phase_note: Text
    status: str
    award: str
    support: str
    kind: str
    contact_role: str
    source: str
    changed_at: datetime
    organisations: frozenset[str]
    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    kin: tuple[Kin, ...] = ()
    figures: tuple[Fact, ...] = ()
    log: tuple[Dated, ...] = ()
    milestones: tuple[Dated, ...] = ()
    deliverables: tuple[Dated, ...] = ()


def visible(person: Person = STRANGER) -> QuerySet[Project]:
    """The projects whose page a person may see: published ones, and drafts by role or of one's own organisation."""
    if may(person, "see_drafts", PERMISSIONS):
        return Project.objects.all()
    own = Party.objects.filter(organisation__key__in=person.organisations(TEAM))
    return Project.objects.filter(Q(published=True) | Q(pk__in=own.values("initiative_id")))


def visible_among(keys: Collection[str], person: Person = STRANGER) -> list[str]:
    """Those of these projects whose page a person may see."""
    rows = visible(person).filter(initiative__key__in=keys)
    return list(rows.values_list("initiative__key", flat=True))


def page(key: str, naming: Naming, today: date, person: Person = STRANGER) -> ProjectPage | None:
    """The page of one project; None where there is none, or none that this person may see. Ten statements."""
    project = visible(person).select_related("initiative").filter(initiative__key=key).first()
    return _page(project, naming, today) if project else None


def initiative(key: str, person: Person = STRANGER) -> Initiative | None:
    """The initiative behind a page that this person may see."""
    project = visible(person).select_related("initiative").filter(initiative__key=key).first()
    return project.initiative if project else None


def _page(project: Project, naming: Naming, today: date) -> ProjectPage:
    initiative = project.initiative
    language = naming.language
    parties = _parties(project.pk, naming)
    moves = initiatives.moves_of([project.pk]).get(project.pk, [])
    phase = roadmap.phase_on((stated.move for stated in moves), today)
    return ProjectPage(
        key=initiative.key,
        listing=project.listing,
        published=project.published,
        title=in_language(language, {"nb": initiative.title, "nn": initiative.title_nn, "en": initiative.title_en}),
        summary=in_language(language, {code: getattr(project, f"summary_{code}") for code in ("nb", "nn", "en")}),
        owners=parties[Party.Role.OWNER],
        partners=parties[Party.Role.PARTNER],
        steps=tuple(_steps(moves, phase, naming, today)),
        phase=naming.term("phase", phase) if phase else "",
        phase_note=_phase_note(project, language),
        status=_status(initiative.status, initiative.status_as_of, naming),
        award=award(project.award_year, project.award_round),
        support=naming.term("support", project.support) if project.support else "",
        kind=naming.term("kind", initiative.kind) if initiative.kind else "",
        contact_role=project.contact_role,
        source=source_title(project.source, language),
        changed_at=initiative.changed_at,
        organisations=frozenset(line.organisation for lines in parties.values() for line in lines if line.organisation),
        terms=_terms(project, naming),
        kin=tuple(_kin(project.pk, naming)),
        figures=tuple(_figures(project, naming)),
        log=tuple(_log(project, language)),
        milestones=tuple(
            Dated(_day(row.planned, language), Text(row.title), reached=_day(row.reached, language))
            for row in project.milestones.all()
        ),
        deliverables=tuple(
            Dated(_day(row.on, language), Text(row.title), url=_web_address(row.url))
            for row in project.deliverables.all()
        ),
    )


def _day(written: str, language: str) -> str:
    return day(written, language) if written else ""


def _web_address(url: str) -> str:
    """An address that a browser may be led to: of the web, and not a script in disguise."""
    return url if url.startswith(("https://", "http://")) else ""


def _phase_note(project: Project, language: str) -> Text:
    """The note on where it stands: in English as the source file has it, until a person writes it anew."""
    theirs = "phase_note" in project.edited_fields
    return Text(project.phase_note, "" if theirs or language == "en" or not project.phase_note else "en")


def _status(status: str, as_of: str, naming: Naming) -> str:
    if not status:
        return ""
    label = naming.term("status", status)
    return _("%(status)s (%(date)s)") % {"status": label, "date": day(as_of, naming.language)} if as_of else label


def _parties(id_: int, naming: Naming) -> dict[str, tuple[PartyLine, ...]]:
    """Parties by role, in the order of the source."""
    found: dict[str, list[PartyLine]] = {role: [] for role in Party.Role.values}
    rows = Party.objects.filter(initiative_id=id_).order_by("position", "id")
    for role, key, name, generic, stated in rows.values_list(
        "role", "organisation__key", "organisation__name", "generic", "stated_name"
    ):
        if key:
            found[role].append(PartyLine(Text(name), key))
        else:
            label = naming.term("party_kind", generic)
            name_is_label = stated.casefold() == label.casefold()
            found[role].append(
                PartyLine(
                    Text(capfirst(stated), "" if naming.language == "nb" else "nb"), "", "" if name_is_label else label
                )
            )
    return {role: tuple(lines) for role, lines in found.items()}


def _steps(moves: Iterable[StatedMove], now: Phase | None, naming: Naming, today: date) -> Iterable[Step]:
    """The six phases: where it is, where it has been as far as it is stated, and what lies ahead of a stated phase."""
    notes = {stated.phase: _move_note(stated, naming.language) for stated in moves}
    been = {stated.phase for stated in moves if not stated.planned and stated.move.starts <= today}
    for number, phase in enumerate(PHASES):
        if phase == now:
            state = "current"
        elif phase in been:
            state = "done"
        elif now and number > PHASES.index(now):
            state = "ahead"
        else:
            state = "unknown"
        yield Step(naming.term("phase", phase), state, notes.get(phase, ""))


def _move_note(stated: StatedMove, language: str) -> str:
    """When a phase was entered, in the source's own precision."""
    words = {"on": day(stated.on, language), "until": day(stated.until, language) if stated.until else ""}
    if stated.planned:
        return _("planned %(on)s") % words
    if stated.as_of:
        return _("seen %(on)s") % words
    if stated.until and stated.until != stated.on:
        return _("%(on)s to %(until)s") % words
    return words["on"]


def _terms(project: Project, naming: Naming) -> dict[str, tuple[Term, ...]]:
    """What the project is filed under, each word with a way to the others."""
    carried: Mapping[str, list[str]] = initiatives.terms_of([project.pk]).get(project.pk, {})
    facets = {"region": "health_region", "patient_group": "patient_group", "theme": "theme"}
    found = {
        facet: tuple(
            Term(naming.term(vocabulary, code), Choices().toggled(facet, code).query)
            for code in carried.get(vocabulary, ())
        )
        for facet, vocabulary in facets.items()
    }
    focus = (Term(naming.term("focus_area", project.focus_area)),) if project.focus_area else ()
    return {**found, "focus_area": focus}


def _kin(id_: int, naming: Naming) -> Iterable[Kin]:
    """Those it comes from or shares a model with, and those that came from it; published ones alone."""
    edges = Lineage.objects.filter(Q(child_id=id_) | Q(parent_id=id_)).order_by("kind", "child__key", "parent__key")
    rows = list(edges.values_list("kind", "child_id", "child__key", "parent__key"))
    titles = naming.marked_titles({key for _kind, _child, *keys in rows for key in keys})
    for kind, child, child_key, parent_key in rows:
        key = parent_key if child == id_ else child_key
        if key in titles:
            yield Kin(_relation(kind, is_child=child == id_), key, titles[key])


def _relation(kind: str, *, is_child: bool) -> str:
    """How another project stands to this one, as a term."""
    if kind == Lineage.Kind.SAME_MODEL_AS:
        return _("Has the same model as")
    ours = {
        Lineage.Kind.CONTINUES: _("Continues"),
        Lineage.Kind.SPREADS: _("Spreads the model of"),
        Lineage.Kind.ADAPTS: _("Adapts the model of"),
    }
    theirs = {
        Lineage.Kind.CONTINUES: _("Continued by"),
        Lineage.Kind.SPREADS: _("Spread by"),
        Lineage.Kind.ADAPTS: _("Adapted by"),
    }
    return (ours if is_child else theirs)[Lineage.Kind(kind)]


def _figures(project: Project, naming: Naming) -> Iterable[Fact]:
    """Figures written out; one that names a published project leads to it."""
    rows = project.figures.order_by("position").values("what", "value", "unit", "as_of", "source")
    written = facts(rows, naming.language, _figure_words(naming))
    named = {part.key for fact in written for part in fact.parts if part.key}
    titles = naming.titles(named) if named else {}
    for fact in written:
        parts = (replace(p, text=titles.get(p.key, p.text), key=p.key if p.key in titles else "") for p in fact.parts)
        yield replace(fact, parts=tuple(parts))


def _figure_words(naming: Naming) -> dict[str, str]:
    """The words that stand among the figures, in the reader's language: kinds of support, and a few from sources."""
    words = {word.code: naming.term("support", word.code) for word in naming.taxonomy.terms("support")}
    for word in naming.taxonomy.terms("figure_word"):
        words |= dict.fromkeys(word.spellings, word.label(naming.language))
    return words


def _log(project: Project, language: str) -> Iterable[Dated]:
    for row in project.log.all():
        text = in_language(language, {"nb": row.text_nb, "nn": row.text_nn, "en": row.text_en})
        yield Dated(day(row.on, language), text, source_title(row.source, language))
