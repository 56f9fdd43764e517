"""A field's value told in lines (verdi i ord), as history and comparison show it, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from helsevev.core.charts.wording import stated as day
from helsevev.network.portfolio.queries.figures import facts, source_title
from helsevev.network.portfolio.queries.naming import LISTING_NAMES, Naming
from helsevev.network.portfolio.rules import FIELDS, LINEAGE, Kind, stated

BETWEEN = "; "


class Teller:
    """Tells values of fields in one language (forteller); titles of other projects are looked up once, for all."""

    def __init__(self, naming: Naming, values: Iterable[tuple[str, Any]] = ()) -> None:
        """Look up the projects that these fields and values name."""
        self.naming = naming
        self.language = naming.language
        # Published ones alone: a key says no more than the field, a title would.
        self.titles = naming.titles({value for name, value in values if name in LINEAGE and value})

    def lines(self, name: str, value: Any) -> list[str]:  # noqa: ANN401
        """The value in lines; none where nothing is stated."""
        return TELLERS[FIELDS[name].kind](self, name, value) if stated(name, value) else []

    def day(self, written: str) -> str:
        """A date as precise as it was stated; nothing where it wasn't."""
        return day(written, self.language) if written else ""

    def source(self, source: str) -> str:
        """A source's title."""
        return source_title(source, self.language) if source else ""

    def move(self, entry: Mapping[str, Any]) -> str:
        """A move between phases on one line."""
        words = {"phase": self.naming.term("phase", entry["phase"]), "on": self.day(entry["on"])}
        if entry["how"] == "planned":
            said = _("%(phase)s: planned %(on)s") % words
        elif entry["as_of"]:
            said = _("%(phase)s: seen %(on)s") % words
        else:
            said = _("%(phase)s: from %(on)s") % words
        until = _("until %(until)s") % {"until": self.day(entry["until"])} if entry["until"] else ""
        return _joined(said, until, entry["note"], self.source(entry["source"]))


def _joined(*parts: str) -> str:
    return BETWEEN.join(part for part in parts if part)


def _text(_tell: Teller, _name: str, value: Any) -> list[str]:  # noqa: ANN401
    return [line for line in str(value).split("\n") if line.strip()]


def _code(tell: Teller, name: str, value: Any) -> list[str]:  # noqa: ANN401
    if name == "listing":
        return [_(LISTING_NAMES[value])]
    return [tell.naming.term(FIELDS[name].vocabulary, value)]


def _codes(tell: Teller, name: str, value: Any) -> list[str]:  # noqa: ANN401
    return tell.naming.terms(FIELDS[name].vocabulary, value)


def _names(_tell: Teller, _name: str, value: Any) -> list[str]:  # noqa: ANN401
    return [one["name"] for one in value]


def _project(tell: Teller, _name: str, value: Any) -> list[str]:  # noqa: ANN401
    return [f"{tell.titles[value]} ({value})" if tell.titles.get(value) else str(value)]


def _status(tell: Teller, _name: str, value: Any) -> list[str]:  # noqa: ANN401
    status, _dash, as_of = str(value).partition("-")
    label = tell.naming.term("status", status)
    return [_("%(status)s (%(date)s)") % {"status": label, "date": tell.day(as_of)} if as_of else label]


def _flag(_tell: Teller, _name: str, value: Any) -> list[str]:  # noqa: ANN401
    return [_("Yes") if value else _("No")]


def _phases(tell: Teller, _name: str, value: Any) -> list[str]:  # noqa: ANN401
    return [tell.move(entry) for entry in value]


def _figures(tell: Teller, _name: str, value: Any) -> list[str]:  # noqa: ANN401
    rows = [{"what": what, **about} for what, about in value.items()]
    return [
        _joined(
            f"{fact.label}: {fact.text}",
            _("as of %(date)s") % {"date": fact.as_of} if fact.as_of else "",
            fact.source,
        )
        for fact in facts(rows, tell.language, {})
    ]


def _log(tell: Teller, _name: str, value: Any) -> list[str]:  # noqa: ANN401
    return [
        _joined(f"{tell.day(entry['on'])} ({code}): {' '.join(entry[code].split())}", tell.source(entry["source"]))
        for entry in value
        for code in ("nb", "nn", "en")
        if entry[code]
    ]


def _milestones(tell: Teller, _name: str, value: Any) -> list[str]:  # noqa: ANN401
    return [
        _joined(
            entry["title"],
            _("planned %(on)s") % {"on": tell.day(entry["planned"])} if entry["planned"] else "",
            _("reached %(on)s") % {"on": tell.day(entry["reached"])} if entry["reached"] else "",
        )
        for entry in value
    ]


def _deliverables(tell: Teller, _name: str, value: Any) -> list[str]:  # noqa: ANN401
    return [_joined(entry["title"], entry["url"], tell.day(entry["on"])) for entry in value]


TELLERS: Mapping[Kind, Callable[[Teller, str, Any], list[str]]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _text,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.NAMES: _names,
    Kind.PROJECT: _project,
    Kind.STATUS: _status,
    Kind.PHASES: _phases,
    Kind.FIGURES: _figures,
    Kind.LOG: _log,
    Kind.MILESTONES: _milestones,
    Kind.DELIVERABLES: _deliverables,
    Kind.FLAG: _flag,
}
