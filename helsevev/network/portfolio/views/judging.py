"""What was typed is handed to the rules (vurdering), and what they say comes back to where it belongs on the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from helsevev.core.faults import Fault, quoted
from helsevev.core.slugs import slug
from helsevev.core.words import Refusal
from helsevev.network.portfolio import queries, rules
from helsevev.network.portfolio.forms.layout import ASKS
from helsevev.network.portfolio.forms.page import Wrong
from helsevev.network.portfolio.queries import editing
from helsevev.network.portfolio.rules.settling import ALONE, Why
from helsevev.network.portfolio.rules.shaping import Shaped, Spot, shaped, spot
from helsevev.network.portfolio.rules.typed import RESERVED, content
from helsevev.network.portfolio.views.desk import Desk, said

LONGEST_ID = 100


@dataclass
class Judged:
    """What someone wants to save (vurdert): its shape, the fields, and what is wrong already."""

    made: Shaped
    names: list[str] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def judge(desk: Desk, filled: Mapping[str, Any]) -> Judged:
    """The fields that differ from what the page showed, in the shape of the file, with everything wrong in them."""
    names = [name for name in desk.changed(filled) if name in desk.names]
    made = shaped(filled, names, desk.words)
    for name in (name for name in rules.LINEAGE if made.changes.get(name)):
        key = editing.project_meant(made.changes[name], desk.person)
        if key is None:
            made.wrong(Why.UNKNOWN_PROJECT_ALONE, name, value=quoted(made.changes[name]))
        made.changes[name] = key
    if desk.subject.project is None:
        _something_new(filled, made)
    wrong = [_wrong(desk, filled, place, refusal) for place, refusal in made.problems]
    known = {(one.spot.field, one.spot.row) for one in wrong}
    more = wrongs(desk, filled, made, _faults(made))
    return Judged(made, names, [*wrong, *(one for one in more if (one.spot.field, one.spot.row) not in known)])


def _something_new(filled: Mapping[str, Any], made: Shaped) -> None:
    """A new project needs a title, and an id that no address of ours has."""
    title = content(filled.get("title", ""))
    if not title:
        made.wrong(Why.NEEDS_TITLE, "title")
    key = content(filled.get("id", "")) or slug(title)[:LONGEST_ID].rstrip("-")
    made.changes["id"] = key
    if key in RESERVED:
        made.wrong(Why.ID_TAKEN, "id", value=quoted(key))


def _faults(made: Shaped) -> list[Fault]:
    """What the rules say of each field by itself, so that everything wrong is told at once."""
    sound: rules.Fields = {}
    faults: list[Fault] = []
    for name, value in made.changes.items():
        if name != "id":
            fields, wrong = rules.check({name: value})
            sound |= fields
            faults += wrong
    known = queries.known(sound[kind] for kind in rules.LINEAGE if sound.get(kind))
    return [*faults, *rules.settle(sound, known)[1]]


def wrongs(desk: Desk, filled: Mapping[str, Any], made: Shaped, faults: Iterable[Fault]) -> list[Wrong]:
    """Faults of the file's shape where they belong on the page."""
    return [_wrong(desk, filled, _spot(fault, made), fault.refusal) for fault in faults]


def _spot(fault: Fault, made: Shaped) -> Spot:
    """Where a fault belongs; one of the shelf's names its place in its own words."""
    if fault.place:
        return spot(fault.place, made)
    where, _dot, language = str(fault.refusal.values.get("place", "")).partition(".")
    if where == "titles":
        return Spot("title" if language == "nb" else f"title_{language}")
    return Spot(f"summary_{language}") if where == "summary" else Spot("owners" if where.startswith("owners") else "")


def _wrong(desk: Desk, filled: Mapping[str, Any], where: Spot, refusal: Refusal) -> Wrong:
    """A sentence beside a field; where nobody knows a name, the nearest ones stand there as buttons."""
    lookup = ASKS[where.field].lookup if where.field in ASKS else ""
    alone = {str(known): str(short) for known, short in ALONE.items()}
    if not lookup or refusal.why not in {*alone, *alone.values()}:
        return Wrong(where, said(refusal))
    value = filled.get(where.field, "")
    text = value if isinstance(value, str) else value[where.row] if where.row is not None else ""
    choices = tuple((one.value, one.label) for one in editing.nearest(lookup, text, desk.words, desk.person))
    return Wrong(where, said(Refusal(alone.get(refusal.why, refusal.why), refusal.values)), choices)
