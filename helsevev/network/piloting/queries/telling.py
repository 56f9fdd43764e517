"""What a paper says, as headed lines in the reader's language: for its page, its PDF and its comparisons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import dateformat
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _

from helsevev.core.piloting.intervals import exact_share
from helsevev.network.piloting.models import Paper
from helsevev.network.piloting.rules import experience, protocol
from helsevev.network.piloting.rules.protocol import ACT_NAMES, SORT_NAMES, Act, Sort

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """A stretch of a paper (avsnitt): its heading, and lines under it; none: nothing is written yet."""

    title: str
    lines: tuple[str, ...]


def day(value: date | None) -> str:
    """A date in the reader's language."""
    return dateformat.format(value, get_format("DATE_FORMAT")) if value else "–"


def number(value: float, decimals: int = 0) -> str:
    """A number, rounded, in the reader's language."""
    return str(number_format(Decimal(f"{value:.{decimals}f}"), decimals))


def percent(share: float) -> str:
    """A share in whole per cent."""
    return _("%(number)s %%") % {"number": number(100 * share)}


def parts(kind: str, content: Content) -> list[Part]:
    """Everything that is signed, in the order of the page."""
    return protocol_parts(content) if kind == Paper.Kind.PROTOCOL else experience_parts(content)


def lines(kind: str, content: Content) -> list[str]:
    """The same as one list, to be compared."""
    return [line for part in parts(kind, content) for line in (part.title, *part.lines)]


def _text(content: Content, name: str) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in str(content.get(name) or "").splitlines() if line.strip())


def protocol_parts(content: Content) -> list[Part]:
    """A protocol."""
    found = [Part(_(protocol.TEXTS[name][0]), _text(content, name)) for name in ("question", "population")]
    found += [_criteria(content, sort) for sort in Sort]
    found.append(Part(_("Numbers and period"), _numbers(content)))
    found.append(Part(_(protocol.TEXTS["reasoning"][0]), _text(content, "reasoning")))
    found.append(Part(_("Measures and benefit indicators"), tuple(map(_measure, protocol.rows(content, "measures")))))
    found.append(Part(_("What each party puts in"), _resources(content)))
    found += [_rules(content, act) for act in Act]
    found.append(Part(_("Reviews"), tuple(map(_review, protocol.rows(content, "reviews")))))
    names = (f"{row['name']}, {row.get('place', '')}".rstrip(", ") for row in protocol.rows(content, "deciders"))
    found.append(Part(_("Who decides at reviews"), tuple(names)))
    if content.get("counts_from"):
        found.append(Part(_("Amendment"), _amendment(content)))
    if content.get("parties"):
        found.append(Part(_("Parties that sign"), tuple(str(row["name"]) for row in protocol.rows(content, "parties"))))
    return found


def _criteria(content: Content, sort: Sort) -> Part:
    made = []
    for row in protocol.rows(content, "criteria"):
        if row.get("sort") != sort:
            continue
        term = row.get("term")
        tied = f" ({term['name']}: {term['text']})" if term else ""
        made.append(f"{row['text']}{tied}")
    title = _("Inclusion criteria") if sort is Sort.INCLUSION else _("Exclusion criteria")
    return Part(title, tuple(made))


def _numbers(content: Content) -> tuple[str, ...]:
    made = []
    if content.get("planned"):
        made.append(_("Planned: %(number)s") % {"number": content["planned"]})
    if content.get("least"):
        made.append(_("Least: %(number)s") % {"number": content["least"]})
    if content.get("first") or content.get("last"):
        ends = {"first": day(protocol.day(content.get("first"))), "last": day(protocol.day(content.get("last")))}
        made.append(_("From %(first)s to %(last)s") % ends)
    if plan := protocol.plan(content):
        made.append(_("At an even rate: %(number)s a week") % {"number": number(plan.per_week, 1)})
    return tuple(made)


def _measure(row: Content) -> str:
    labels = {
        "indicator": _("Indicator"),
        "baseline": _("Before"),
        "target": _("Target"),
        "source": _("Source"),
    }
    said = "; ".join(f"{label}: {row[name]}" for name, label in labels.items() if row.get(name))
    return f"{row.get('name', '')}. {said}" if said else str(row.get("name", ""))


def _resources(content: Content) -> tuple[str, ...]:
    made = []
    for row in protocol.rows(content, "resources"):
        if not row.get("what") and not row.get("hours"):
            continue
        hours = _("%(hours)s hours") % {"hours": row["hours"]} if row.get("hours") else ""
        made.append(f"{row['name']}: " + ", ".join(one for one in (str(row.get("what", "")), hours) if one))
    return tuple(made)


def _rules(content: Content, act: Act) -> Part:
    made = []
    for row in protocol.rows(content, "rules"):
        if row.get("sort") == act:
            then = f" → {row['then']}" if row.get("then") else ""
            made.append(f"{row['when']}{then}")
    return Part(_(ACT_NAMES[act]), tuple(made))


def _review(row: Content) -> str:
    said = day(protocol.day(row.get("on")))
    return f"{said}: {row['what']}" if row.get("what") else said


def _amendment(content: Content) -> tuple[str, ...]:
    counts_from = _("Counts from %(day)s") % {"day": day(protocol.day(content.get("counts_from")))}
    made = [counts_from, *_text(content, "why")]
    if content.get("anew"):
        made.append(_("The forecast looks at the rate anew from that day."))
    return tuple(made)


def experience_parts(content: Content) -> list[Part]:
    """An experience."""
    found = [Part(_(experience.TITLE), _text(content, "title"))]
    found += [Part(_(label), _text(content, name)) for name, (label, _help) in experience.PARTS.items()]
    if content.get("outcomes"):
        found.append(Part(_("Measured"), tuple(map(outcome, protocol.rows(content, "outcomes")))))
    if content.get("words"):
        words = (f"{row['name']}: {row['text']}" for row in protocol.rows(content, "words"))
        found.append(Part(_("Words the parties agreed"), tuple(words)))
    if content.get("parties"):
        found.append(Part(_("Told by"), tuple(str(row["name"]) for row in protocol.rows(content, "parties"))))
    return found


def outcome(row: Content) -> str:
    """One thing that was measured, with how many it rests on and how sure it is."""
    name = row.get("measure", "")
    if row.get("mean") is not None:
        ends = {"low": number(row["low"], 1), "high": number(row["high"], 1)}
        said = {"mean": number(row["mean"], 1), "people": row["people"], **ends}
        return f"{name}: " + _("%(mean)s on average of %(people)s (95 %% interval %(low)s to %(high)s)") % said
    events, people = int(row["events"]), int(row["people"])
    found = exact_share(events, people)
    said = {
        "events": events,
        "people": people,
        "share": percent(found.estimate),
        "low": number(100 * found.low),
        "high": percent(found.high),
    }
    return f"{name}: " + _("%(events)s of %(people)s, %(share)s (95 %% interval %(low)s to %(high)s)") % said


def sort_name(value: str) -> str:
    """What a sort of criterion is called."""
    return _(SORT_NAMES[Sort(value)])
