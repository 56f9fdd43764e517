"""Questions asked of organisations, registers and the names people write."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypedDict

from django.conf import settings

from helsevev.commons.people.models import Organisation, OrganisationName
from helsevev.commons.people.rules import Directory, Resolved
from helsevev.core import alphabet


def organisation(key: str) -> Organisation | None:
    """The organisation with this key, with its parent and register at hand."""
    return Organisation.objects.select_related("parent", "register").filter(key=key).first()


@lru_cache(maxsize=2)
def _aliases(_changed_at: int) -> dict[str, Resolved]:
    """The reviewed table of aliases and splits, by name, read again when the file has changed."""
    with (settings.REFERENCE_DIR / "aliases.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            row["name"]: Resolved(tuple(key for key in row["organisations"].split("|") if key), row["party_kind"])
            for row in csv.DictReader(file)
        }


def directory() -> Directory:
    """All names at once, for whoever resolves many: two statements."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    aliases = _aliases((settings.REFERENCE_DIR / "aliases.csv").stat().st_mtime_ns)
    written = {name.casefold(): name for name in aliases}
    pairs = Organisation.objects.order_by().values_list("name", "key")
    others = OrganisationName.objects.order_by().values_list("name", "organisation__key")
    for name, key in pairs.union(others, all=True):
        names[name.casefold()].add(key)
        written[name.casefold()] = name
    return Directory(
        {name: frozenset(keys) for name, keys in names.items()},
        {name.casefold(): meaning for name, meaning in aliases.items()},
        written,
    )


def resolve(name: str) -> Resolved | None:
    """What one written name means; see `Directory.resolve`."""
    return directory().resolve(name)


def nearest(name: str, count: int = 3) -> list[str]:
    """Known names that look most like `name`, nearest first."""
    return directory().nearest(name, count)


def counties() -> dict[str, str]:
    """Names of the counties by number, as the register of municipalities states them."""
    pairs = Organisation.objects.exclude(county="").order_by().values_list("county_number", "county").distinct()
    return dict(sorted(pairs))


def names(keys: Iterable[str]) -> dict[str, str]:
    """Names by key, for those keys that are known."""
    return dict(Organisation.objects.filter(key__in=list(keys)).order_by().values_list("key", "name"))


class Named(TypedDict):
    """An organisation as a list names it."""

    key: str
    name: str
    kind: str


class Listed(Named):
    """An organisation as a row of the long list."""

    id: int
    health_region: str
    county_number: str
    population: int | None


def listed(text: str = "", **columns: str) -> list[Listed]:
    """Organisations in the alphabet's order, as plain rows. An empty column narrows nothing.

    A search is for all its words, in the name or another name, and "alesund" finds Ålesund: no database folds
    letters that way, so the names are compared here. There are some hundreds.
    """
    chosen = {name: value for name, value in columns.items() if value}
    rows = Organisation.objects.filter(**chosen).order_by()
    found: list[Listed] = list(rows.values("id", "key", "name", "kind", "health_region", "county_number", "population"))
    if text:
        others = _other_names()
        words = alphabet.folded(text).split()
        found = [row for row in found if _has(words, [row["name"], *others.get(row["id"], ())])]
    return sorted(found, key=lambda row: (alphabet.sort_key(row["name"]), row["key"]))


def _other_names() -> Mapping[int, list[str]]:
    """Other names by organisation."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for owner, name in OrganisationName.objects.order_by().values_list("organisation_id", "name"):
        found[owner].append(name)
    return found


def _has(words: Iterable[str], names: Iterable[str]) -> bool:
    """Whether every word stands somewhere in the names."""
    written = " ".join(alphabet.folded(name) for name in names)
    return all(word in written for word in words)


@dataclass(frozen=True)
class OrganisationPage:
    """What the registers say of one organisation: itself, its other names, and what belongs to it."""

    organisation: Organisation
    other_names: tuple[str, ...]
    children: tuple[Named, ...]


def organisation_page(key: str) -> OrganisationPage | None:
    """One organisation with what stands around it; None where nobody knows the key. Three statements."""
    found = organisation(key)
    if found is None:
        return None
    children: Iterable[Named] = found.children.order_by().values("key", "name", "kind")
    return OrganisationPage(
        found,
        tuple(found.other_names.values_list("name", flat=True)),
        tuple(sorted(children, key=lambda row: (row["kind"], alphabet.sort_key(row["name"])))),
    )
