"""Every change of initiatives, made for many at once: a file of ten thousand costs few statements more than one.

These write tables and nothing else. The room that decides (the portfolio) opens the transaction and writes the
trail, the history and the index.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from helsevev.commons.initiatives.models import Follow, Initiative, Lineage, Party, PhaseMove, Term
from helsevev.commons.initiatives.queries import chunks, edges, stated
from helsevev.commons.initiatives.rules import PartyValue, StatedMove, Why, taxonomy_rows
from helsevev.commons.people.models import Organisation, User
from helsevev.core import lineage
from helsevev.core.words import Refusal, Refused

BATCH = 500


# --- Taxonomy --------------------------------------------------------------------------------------------------------
@transaction.atomic
def load_taxonomy(path: Path | None = None) -> int:
    """Bring the words in line with the reviewed table; returns how many changed.

    A word that the table drops goes, unless an initiative still carries it: then it stays last in its vocabulary.
    """
    with (path or settings.REFERENCE_DIR / "taxonomy.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = taxonomy_rows(csv.DictReader(file))
    standing = {(term.vocabulary, term.code): term for term in Term.objects.all()}
    made, changed = [], []
    for row in rows:
        word = row.word
        term = standing.pop((word.vocabulary, word.code), None)
        wanted = Term(
            pk=term.pk if term else None,
            vocabulary=word.vocabulary,
            code=word.code,
            nb=word.nb,
            nn=word.nn,
            en=word.en,
            also=list(word.also),
            position=row.position,
        )
        if term is None:
            made.append(wanted)
        elif any(getattr(term, name) != getattr(wanted, name) for name in ("nb", "nn", "en", "also", "position")):
            changed.append(wanted)
    Term.objects.bulk_create(made)
    Term.objects.bulk_update(changed, ["nb", "nn", "en", "also", "position"])
    dropped = Term.objects.filter(pk__in=[term.pk for term in standing.values()], initiatives=None)
    return len(made) + len(changed) + dropped.delete()[1].get("initiatives.Term", 0)


# --- Initiatives -----------------------------------------------------------------------------------------------------
def open_initiatives(made: Iterable[Initiative]) -> None:
    """Write new initiatives."""
    Initiative.objects.bulk_create(made, batch_size=BATCH)


def save_initiatives(changed: Sequence[Initiative], fields: Iterable[str]) -> None:
    """Write changed columns, and when they changed."""
    now = timezone.now()
    for row in changed:
        row.changed_at = now
    Initiative.objects.bulk_update(changed, [*fields, "changed_at"], batch_size=BATCH)


def set_terms(wanted: Mapping[int, Mapping[str, Sequence[str]]]) -> None:
    """Let each initiative carry exactly these codes of each vocabulary named; vocabularies not named are left."""
    ids = {(term.vocabulary, term.code): term.pk for term in Term.objects.all()}
    vocabularies = {pk: vocabulary for (vocabulary, _code), pk in ids.items()}
    through = Initiative.terms.through
    for portion in chunks(wanted):
        aim = {
            (owner, _term(ids, name, code))
            for owner in portion
            for name in wanted[owner]
            for code in wanted[owner][name]
        }
        rows = through.objects.filter(initiative_id__in=portion).values_list("pk", "initiative_id", "term_id")
        standing = {(owner, term): pk for pk, owner, term in rows if vocabularies[term] in wanted[owner]}
        through.objects.filter(pk__in=[pk for pair, pk in standing.items() if pair not in aim]).delete()
        through.objects.bulk_create(
            [through(initiative_id=owner, term_id=term) for owner, term in sorted(aim - set(standing))],
            batch_size=BATCH,
        )


def _term(ids: Mapping[tuple[str, str], int], vocabulary: str, code: str) -> int:
    """The term's row; a code that the taxonomy lacks is refused."""
    if (vocabulary, code) not in ids:
        raise Refused(Refusal(Why.NO_SUCH_TERM, {"code": code, "vocabulary": vocabulary}))
    return ids[vocabulary, code]


def set_parties(wanted: Mapping[int, Sequence[PartyValue]], role: str) -> None:
    """Let each initiative have exactly these parties in one role, in this order."""
    keys = {value.organisation for values in wanted.values() for value in values if value.organisation}
    ids = dict(Organisation.objects.filter(key__in=keys).values_list("key", "pk"))
    if missing := sorted(keys - set(ids)):
        raise Refused(*(Refusal(Why.NO_SUCH_ORGANISATION, {"key": key}) for key in missing))
    for portion in chunks(wanted):
        Party.objects.filter(initiative_id__in=portion, role=role).delete()
        Party.objects.bulk_create(
            [
                Party(
                    initiative_id=owner,
                    organisation_id=ids.get(value.organisation),
                    generic=value.generic,
                    stated_name=value.stated_name,
                    role=role,
                    position=position,
                )
                for owner in portion
                for position, value in enumerate(wanted[owner])
            ],
            batch_size=BATCH,
        )


def set_lineage(wanted: Mapping[int, Mapping[str, str]]) -> None:
    """Let each initiative have exactly these parents by kind (an empty key: none); never a circle."""
    keys = {parent for kinds in wanted.values() for parent in kinds.values() if parent}
    ids = {key: pk for portion in _portions(sorted(keys)) for key, pk in _ids(portion)}
    if missing := sorted(keys - set(ids)):
        raise Refused(*(Refusal(Why.NO_SUCH_INITIATIVE, {"key": key}) for key in missing))
    for portion in chunks(wanted):
        for kind in {kind for owner in portion for kind in wanted[owner]}:
            children = [owner for owner in portion if kind in wanted[owner]]
            Lineage.objects.filter(child_id__in=children, kind=kind).delete()
        Lineage.objects.bulk_create(
            [
                Lineage(child_id=owner, parent_id=ids[parent], kind=kind)
                for owner in portion
                for kind, parent in wanted[owner].items()
                if parent
            ],
            batch_size=BATCH,
        )
    if circles := lineage.cycles(edges()):
        raise Refused(*(Refusal(Why.CIRCLE, {"circle": " → ".join(circle)}) for circle in circles))


def _portions(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def _ids(keys: Sequence[str]) -> Iterable[tuple[str, int]]:
    return Initiative.objects.filter(key__in=keys).values_list("key", "pk")


# --- Moves between phases --------------------------------------------------------------------------------------------
def set_moves(wanted: Mapping[int, Sequence[StatedMove]], actor: str) -> None:
    """Let exactly these moves count for each initiative: others are withdrawn, not erased, and new ones recorded."""
    now = timezone.now()
    withdrawn: list[int] = []
    recorded: list[PhaseMove] = []
    for portion in chunks(wanted):
        missing = {owner: list(wanted[owner]) for owner in portion}
        for row in PhaseMove.objects.filter(initiative_id__in=portion, withdrawn_at=None).order_by("id"):
            if stated(row) in missing[row.initiative_id]:
                missing[row.initiative_id].remove(stated(row))
            else:
                withdrawn.append(row.pk)
        recorded += [_row(owner, move, actor) for owner, moves in missing.items() for move in moves]
    for portion in chunks(withdrawn):
        PhaseMove.objects.filter(pk__in=portion).update(withdrawn_at=now, withdrawn_by=actor)
    PhaseMove.objects.bulk_create(recorded, batch_size=BATCH)


def explain_withdrawn(owner: int, reasons: Mapping[StatedMove, str], actor: str) -> None:
    """Say why moves were withdrawn, in the transaction in which `actor` has withdrawn them."""
    rows = PhaseMove.objects.filter(initiative_id=owner, withdrawn_by=actor, withdrawn_why="").order_by("-withdrawn_at")
    waiting = dict(reasons)
    for row in rows:
        if why := waiting.pop(stated(row), ""):
            row.withdrawn_why = why
            row.save(update_fields=["withdrawn_why"])


def _row(owner: int, stated_move: StatedMove, actor: str) -> PhaseMove:
    """A move as the table keeps it."""
    move = stated_move.move
    return PhaseMove(
        initiative_id=owner,
        phase=stated_move.phase,
        on=stated_move.on,
        first_day=move.starts,
        until=stated_move.until,
        last_day=move.ends,
        planned=stated_move.planned,
        as_of=stated_move.as_of,
        source=stated_move.source,
        note=stated_move.note,
        recorded_by=actor,
    )


# --- Followers -------------------------------------------------------------------------------------------------------
def follow(user: User, followed: Initiative) -> None:
    """A person follows an initiative; asking twice is the same as once."""
    Follow.objects.get_or_create(user=user, initiative=followed)


def unfollow(user: User, followed: Initiative) -> None:
    """A person stops following."""
    Follow.objects.filter(user=user, initiative=followed).delete()


def hear(until: Mapping[int, datetime]) -> None:
    """Followers have heard what happened until then, by the row that says whom they follow."""
    for pk, moment in until.items():
        Follow.objects.filter(pk=pk).update(heard_until=moment)
