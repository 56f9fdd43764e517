"""Every question asked of initiatives, their taxonomy, parties, kinship and moves."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from helsevev.commons.initiatives.models import Follow, Initiative, Lineage, Party, PhaseMove, Term
from helsevev.commons.initiatives.rules import PartyValue, StatedMove, Taxonomy, Word
from helsevev.commons.people.models import User
from helsevev.core import lineage
from helsevev.core.roadmap import ORDER, PHASES, Counts, Move, Phase

CHUNK = 500


def chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    """Ids in portions that every database takes in one statement."""
    waiting = iter(ids)
    while portion := list(islice(waiting, CHUNK)):
        yield portion


def initiative(key: str) -> Initiative | None:
    """The initiative with this key."""
    return Initiative.objects.filter(key=key).first()


# --- Taxonomy --------------------------------------------------------------------------------------------------------
def terms(vocabulary: str) -> list[Term]:
    """The words of one vocabulary, in their order."""
    return list(Term.objects.filter(vocabulary=vocabulary).order_by("position", "code"))


def taxonomy() -> Taxonomy:
    """All words at once."""
    rows = Term.objects.order_by("vocabulary", "position", "code")
    return Taxonomy([Word(row.vocabulary, row.code, row.nb, row.nn, row.en, tuple(row.also)) for row in rows])


def term_of(vocabulary: str, text: str) -> Term | None:
    """The word that `text` means: by code, label or other spelling."""
    code = taxonomy().find(vocabulary, text)
    return Term.objects.filter(vocabulary=vocabulary, code=code).first() if code else None


# --- What many initiatives carry, a few statements for all of them ---------------------------------------------------
def terms_of(ids: Iterable[int]) -> Mapping[int, Mapping[str, list[str]]]:
    """Codes by initiative and vocabulary, in the taxonomy's order."""
    found: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for portion in chunks(ids):
        rows = Initiative.terms.through.objects.filter(initiative_id__in=portion).order_by(
            "term__position", "term__code"
        )
        for owner, vocabulary, code in rows.values_list("initiative_id", "term__vocabulary", "term__code"):
            found[owner][vocabulary].append(code)
    return found


def parties_of(ids: Iterable[int], role: str) -> Mapping[int, list[PartyValue]]:
    """Parties in one role by initiative, in their order."""
    found: defaultdict[int, list[PartyValue]] = defaultdict(list)
    for portion in chunks(ids):
        rows = Party.objects.filter(initiative_id__in=portion, role=role).order_by("position", "id")
        for owner, key, generic, name in rows.values_list(
            "initiative_id", "organisation__key", "generic", "stated_name"
        ):
            found[owner].append(PartyValue(name, key or "", generic))
    return found


def parents_of(ids: Iterable[int]) -> Mapping[int, dict[str, str]]:
    """The key of each initiative's parent of each kind."""
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for portion in chunks(ids):
        rows = Lineage.objects.filter(child_id__in=portion)
        for child, kind, parent in rows.values_list("child_id", "kind", "parent__key"):
            found[child][kind] = parent
    return found


def moves_of(ids: Iterable[int]) -> Mapping[int, list[StatedMove]]:
    """Moves that haven't been withdrawn, by initiative, as they happened."""
    found: defaultdict[int, list[StatedMove]] = defaultdict(list)
    for portion in chunks(ids):
        rows = PhaseMove.objects.filter(initiative_id__in=portion, withdrawn_at=None).order_by("first_day", "id")
        for row in rows:
            found[row.initiative_id].append(stated(row))
    for moves in found.values():
        moves.sort(key=lambda move: move.order)
    return found


def stated(row: PhaseMove) -> StatedMove:
    """The value that a row keeps."""
    return StatedMove(row.phase, row.on, row.until, row.planned, row.as_of, row.source, row.note)


def history(key: str) -> list[PhaseMove]:
    """Every move of one initiative that was ever recorded, the withdrawn ones too."""
    return list(PhaseMove.objects.filter(initiative__key=key).order_by("first_day", "id"))


# --- Kinship ---------------------------------------------------------------------------------------------------------
def edges() -> list[lineage.Edge]:
    """All kinship between initiatives: one statement."""
    rows = Lineage.objects.values_list("child__key", "parent__key", "kind")
    return [lineage.Edge(child, parent, lineage.Kind(kind)) for child, parent, kind in rows]


def family(key: str) -> lineage.Family:
    """Everyone related to one initiative, however far."""
    return lineage.family(edges(), key)


# --- Phases ----------------------------------------------------------------------------------------------------------
def histories(among: QuerySet[Initiative] | None = None) -> list[list[Move]]:
    """The moves of each initiative that has any that count, for the Roadmap's rules."""
    rows = PhaseMove.objects.filter(withdrawn_at=None).order_by("initiative_id", "first_day", "id")
    if among is not None:
        rows = rows.filter(initiative__in=among.order_by().values("pk"))
    found: defaultdict[int, list[Move]] = defaultdict(list)
    for owner, phase, on, until, planned, as_of in rows.values_list(
        "initiative_id", "phase", "on", "until", "planned", "as_of"
    ):
        found[owner].append(Move(Phase(phase), on, until, planned, as_of))
    return list(found.values())


def current_moves(day: date) -> QuerySet[PhaseMove]:
    """The one move of each initiative that says its phase on `day`, counted by the database.

    It says the same as `core.roadmap.phase_on`, and a test holds the two together.
    """
    rank = Case(*(When(phase=phase, then=Value(ORDER[phase])) for phase in PHASES), output_field=IntegerField())
    begun = PhaseMove.objects.filter(withdrawn_at=None, planned=False, first_day__lte=day).annotate(rank=rank)
    later = begun.filter(initiative=OuterRef("initiative")).filter(
        Q(first_day__gt=OuterRef("first_day"))
        | Q(first_day=OuterRef("first_day"), rank__gt=OuterRef("rank"))
        | Q(first_day=OuterRef("first_day"), rank=OuterRef("rank"), id__gt=OuterRef("id"))
    )
    last = begun.filter(~Exists(later))
    return last.filter(Q(last_day=None) | Q(last_day__gte=day)).order_by()


def phases_on(day: date, among: QuerySet[Initiative] | None = None) -> Counts:
    """How many initiatives were in each phase on `day`, and how many of all that rests on."""
    moves = current_moves(day)
    every = Initiative.objects.all()
    if among is not None:
        every = among
        moves = moves.filter(initiative__in=among.order_by().values("pk"))
    counted = {Phase(row["phase"]): row["n"] for row in moves.values("phase").annotate(n=Count("pk"))}
    by_phase = {phase: counted.get(phase, 0) for phase in PHASES}
    return Counts(day, by_phase, every.count() - sum(by_phase.values()))


# --- Followers -------------------------------------------------------------------------------------------------------
def follows(user_id: int, key: str) -> bool:
    """Whether a person follows an initiative."""
    return Follow.objects.filter(user_id=user_id, initiative__key=key).exists()


def followed_by(user_id: int) -> QuerySet[Initiative]:
    """What a person follows, by title."""
    return Initiative.objects.filter(followers__user_id=user_id).order_by("title", "key")


def followers(key: str) -> Sequence[int]:
    """The accounts that follow an initiative."""
    return list(Follow.objects.filter(initiative__key=key).order_by("user_id").values_list("user_id", flat=True))


# --- Who hears of what is said about an initiative -------------------------------------------------------------------
Hears = Callable[[Initiative], Iterable[User]]
_hearing: list[Hears] = []


def register_hearers(hears: Hears) -> None:
    """A room that knows who leads or advises says so when it starts; this one can't know it."""
    if hears not in _hearing:
        _hearing.append(hears)


def hearers(key: str) -> list[User]:
    """Those who lead or advise an initiative, each once; nobody where no room knows."""
    found = initiative(key)
    if found is None:
        return []
    return list({user.pk: user for hears in _hearing for user in hears(found)}.values())
