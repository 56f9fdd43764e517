"""Takes in registers of organisations: the repository's own, and a publisher's newer list."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from helsevev.commons.audit import actions as audit
from helsevev.commons.people import rules
from helsevev.commons.people.models import Organisation, OrganisationName, Register
from helsevev.core.words import Refusal, Refused

# The order matters: a parent stands before its children.
REGISTERS = (
    "regional_health_authorities",
    "hospital_trusts",
    "municipalities",
    "health_communities",
    "organisations",
)


@dataclass
class Outcome:
    """What a load did: keys made and changed, how many were left, and what was noticed on the way."""

    made: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    left: int = 0
    absent: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{len(self.made)} made, {len(self.changed)} changed, {self.left} left"


def load_registers(folder: Path | None = None) -> Outcome:
    """Load every register that the repository carries; returns what changed. Safe to run again."""
    folder = folder or settings.REFERENCE_DIR / "registers"
    stated = {row["register"]: row for row in _rows(folder / "registers.csv")}
    total = Outcome()
    with transaction.atomic():
        for key in REGISTERS:
            row = stated[key]
            register = _register(key, row["publisher"], row["source"], date.fromisoformat(row["as_of"]), row["licence"])
            records = rules.records(key, _rows(folder / row["file"]))
            outcome = _take(register, records)
            total.made += outcome.made
            total.changed |= outcome.changed
            total.left += outcome.left
    return total


@transaction.atomic
def renew(key: str, rows: Iterable[Mapping[str, str]], stated: Mapping[str, str], *, actor: str) -> Outcome:
    """Take in a publisher's newer list, whose columns are already mapped to ours.

    Organisations that the list no longer has are named and left as they are: projects may refer to them.
    """
    register = Register.objects.filter(key=key).first()
    if register is None:
        raise Refused(Refusal(rules.Why.NO_SUCH_REGISTER, {"register": key, "known": ", ".join(REGISTERS)}))
    records = rules.records(key, rows, known=_identity(key))
    register = _register(
        key,
        stated.get("publisher") or register.publisher,
        stated.get("source") or register.source,
        date.fromisoformat(stated["as_of"]) if stated.get("as_of") else register.as_of,
        stated.get("licence") or register.licence,
    )
    outcome = _take(register, records)
    loaded = {record.key for record in records}
    outcome.absent = sorted(set(register.organisations.values_list("key", flat=True)) - loaded)
    audit.record(actor, "renewed", "register", key, {"made": outcome.made, "changed": outcome.changed})
    return outcome


def _rows(path: Path) -> list[dict[str, str]]:
    """The rows of one of our own files."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _identity(key: str) -> Mapping[str, str]:
    """For municipalities: which organisation a municipality number already means."""
    if key != "municipalities":
        return {}
    return dict(
        Organisation.objects.exclude(municipality_number="").order_by().values_list("municipality_number", "key")
    )


def _register(key: str, publisher: str, source: str, as_of: date, licence: str) -> Register:
    """The register's own row, brought up to date."""
    register, _made = Register.objects.update_or_create(
        key=key, defaults={"publisher": publisher, "source": source, "as_of": as_of, "licence": licence}
    )
    return register


def _take(register: Register, records: Iterable[rules.Record]) -> Outcome:
    """Write what differs from what stands."""
    outcome = Outcome()
    records = list(records)
    standing = {
        row.key: row
        for row in Organisation.objects.filter(key__in=[record.key for record in records]).prefetch_related(
            "other_names"
        )
    }
    ids = dict(Organisation.objects.order_by().values_list("key", "id"))
    for record in records:
        fields = {**record.columns, "register_id": register.pk, "parent_id": ids.get(record.parent)}
        if record.parent and fields["parent_id"] is None:
            raise Refused(Refusal(rules.Why.NO_SUCH_PARENT, {"key": record.key, "parent": record.parent}))
        row = standing.get(record.key)
        if row is None:
            row = Organisation.objects.create(key=record.key, **fields)
            ids[row.key] = row.pk
            outcome.made.append(row.key)
            _name(row, record.other_names, set())
            continue
        differing = [name for name, value in fields.items() if getattr(row, name) != value]
        named = {other.name for other in row.other_names.all()}
        if differing or set(record.other_names) - named:
            for name in differing:
                setattr(row, name, fields[name])
            row.save()
            _name(row, record.other_names, named)
            outcome.changed[row.key] = sorted(
                {*differing, *(["other_names"] if set(record.other_names) - named else [])}
            )
        else:
            outcome.left += 1
    return outcome


def _name(row: Organisation, names: Iterable[str], standing: set[str]) -> None:
    """Add the names it doesn't go by already; names that people have added stay."""
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=row, name=name) for name in dict.fromkeys(names) if name not in standing
    )
