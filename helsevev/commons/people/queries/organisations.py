"""Questions asked of organisations, registers and the names people write."""

import csv
from collections import defaultdict
from functools import lru_cache

from django.conf import settings

from helsevev.commons.people.models import Organisation, OrganisationName
from helsevev.commons.people.rules import Directory, Resolved


def organisation(key: str) -> Organisation | None:
    """The organisation with this key, with its parent and register at hand."""
    return Organisation.objects.select_related("parent", "register").filter(key=key).first()


@lru_cache(maxsize=2)
def _aliases(_changed_at: int) -> dict[str, Resolved]:
    """The reviewed table of aliases and splits, read again when the file has changed."""
    with (settings.REFERENCE_DIR / "aliases.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            row["name"].casefold(): Resolved(
                tuple(key for key in row["organisations"].split("|") if key), row["party_kind"]
            )
            for row in csv.DictReader(file)
        }


def directory() -> Directory:
    """All names at once, for whoever resolves many: two statements."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    pairs = Organisation.objects.order_by().values_list("name", "key")
    others = OrganisationName.objects.order_by().values_list("name", "organisation__key")
    for name, key in pairs.union(others, all=True):
        names[name.casefold()].add(key)
    changed_at = (settings.REFERENCE_DIR / "aliases.csv").stat().st_mtime_ns
    return Directory({name: frozenset(keys) for name, keys in names.items()}, _aliases(changed_at))


def resolve(name: str) -> Resolved | None:
    """What one written name means; see `Directory.resolve`."""
    return directory().resolve(name)


def nearest(name: str, count: int = 3) -> list[str]:
    """Known names that look most like `name`, nearest first."""
    return directory().nearest(name, count)
