"""The documents in this process's memory (minne): read once, and brought up to date whenever the version has moved.

The rows in the database are what counts; what is held here is lost with the process, and nothing is lost with it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from helsevev.commons.finding.models import DocumentText, IndexChange, IndexState, WordGroup
from helsevev.commons.finding.rules import QUERY_LIMIT, TEXTS_EACH, audiences, terms, unpacked
from helsevev.core.search.analysis import analyser
from helsevev.core.search.documents import Read
from helsevev.core.search.groups import Groups
from helsevev.core.search.lexicon import Bond, Group
from helsevev.core.search.plan import Plan
from helsevev.core.search.searcher import Searcher, groups_of

FIRST = (0, "")
AT_A_TIME = 500
PLANS = 16
COLUMNS = (
    "pk", "language", "document__kind", "document__audience", "document__key", "document__address", "read_as__terms",
)  # fmt: skip

Version = tuple[int, str]


@dataclass(frozen=True)
class Row:
    """A text as it is held."""

    pk: int
    language: str
    kind: str
    audience: str
    key: str
    address: str
    terms: str


class Held:
    """All texts at one version, ready to be searched."""

    def __init__(self, version: Version, rows: Mapping[int, Row], added: Sequence[Group]) -> None:
        """Texts are numbered in the order of their ids, so that a document's stand together."""
        self.version = version
        self.rows = dict(sorted(rows.items()))
        self.added = tuple(added)
        self.texts = list(self.rows.values())
        self.plan = lru_cache(maxsize=PLANS)(self._plan)

    @cached_property
    def searcher(self) -> Searcher:
        """The index over them, and the lists as editors have extended them."""
        return Searcher((unpacked(row.terms) for row in self.texts), analyser(), _groups(self.added))

    def _plan(self, text: str) -> Plan:
        """The plan for what someone wrote; a page asks for the same several times."""
        return self.searcher.plan(text[:QUERY_LIMIT])

    @cached_property
    def documents(self) -> NDArray[np.int64]:
        """The document of each text."""
        return np.fromiter((row.pk // TEXTS_EACH for row in self.texts), np.int64, len(self.texts))

    @cached_property
    def firsts(self) -> NDArray[np.int64]:
        """Where each document's texts begin."""
        return np.flatnonzero(np.diff(self.documents, prepend=-1))

    @cached_property
    def _owners(self) -> tuple[dict[tuple[str, str], int], NDArray[np.int64]]:
        numbers: dict[tuple[str, str], int] = {}
        owner = [numbers.setdefault((row.kind, row.audience), len(numbers)) for row in self.texts]
        return numbers, np.asarray(owner, dtype=np.int64)

    def visible(self, kinds: Iterable[str], *, staff: bool) -> NDArray[np.bool_]:
        """Which texts are of these kinds, or of any when none is named, and may be seen."""
        numbers, owner = self._owners
        named, seen = set(kinds), audiences(staff=staff)
        wanted = [n for (kind, audience), n in numbers.items() if (not named or kind in named) and audience in seen]
        return np.isin(owner, wanted)

    def read(self, number: int) -> Read:
        """What the text of that number is read as."""
        return unpacked(self.texts[number].terms)


@lru_cache(maxsize=2)
def _groups(added: tuple[Group, ...]) -> Groups:
    """The lists of the product and of editors, read together; read again only when an editor has changed them."""
    return Groups(analyser(), added) if added else groups_of(analyser())


_held: dict[str, Held] = {}
_lock = Lock()


def lately() -> Held:
    """What stood when this process last asked: enough to mark words by, and no statement."""
    return _held.get(_name()) or held()


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def held() -> Held:
    """What stands now, as this transaction sees it. One statement when nothing has changed."""
    name, version = _name(), _version()
    mine = _held.get(name)
    if mine is not None and mine.version == version:
        return mine
    with _lock:
        mine = _held.get(name)
        if mine is None or mine.version != version:
            mine = _held[name] = _renewed(mine, version)
    return mine


def _version() -> Version:
    return IndexState.objects.values_list("version", "mark").first() or FIRST


def _renewed(mine: Held | None, version: Version) -> Held:
    """What was held with what has changed since, or all of it where that can't be told."""
    changed = _changed_since(mine.version) if mine is not None else None
    if mine is None or changed is None:
        return Held(version, {row.pk: row for row in _read()}, _added())
    gone = {pk for one in changed for pk in range(one * TEXTS_EACH, (one + 1) * TEXTS_EACH)}
    kept = {pk: row for pk, row in mine.rows.items() if pk not in gone}
    return Held(version, kept | {row.pk: row for row in _read(sorted(changed))}, _added())


def _changed_since(mine: Version) -> set[int] | None:
    """The documents changed since a version; None when that version is unknown here, or too long ago."""
    changes = IndexChange.objects.filter(version__gte=mine[0]).values_list("version", "mark", "document")
    found: set[int] = set()
    known = False
    for version, mark, document in changes.iterator():
        if version == mine[0]:
            if mark != mine[1]:
                return None
            known = True
        elif document is not None:
            found.add(document)
    return found if known else None


def _read(documents: Sequence[int] | None = None) -> Iterator[Row]:
    """Texts with what they are read as; one that nobody has read yet is read now."""
    if documents is None:
        yield from map(_row, DocumentText.objects.order_by("pk").values_list(*COLUMNS).iterator())
        return
    for start in range(0, len(documents), AT_A_TIME):
        some = DocumentText.objects.filter(document__in=documents[start : start + AT_A_TIME])
        yield from map(_row, some.values_list(*COLUMNS))


def _row(values: tuple[int, str, str, str, str, str, str | None]) -> Row:
    pk, language, kind, audience, key, address, read = values
    if read is None:
        title, body = DocumentText.objects.values_list("title", "body").get(pk=pk)
        read = terms(title, body, "", language)
    return Row(pk, language, kind, audience, key, address, read)


def _added() -> list[Group]:
    rows = WordGroup.objects.order_by("pk").values_list("bond", "members")
    return [Group(Bond(bond), tuple(members.split("\n"))) for bond, members in rows]
