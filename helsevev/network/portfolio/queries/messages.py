"""What a chart says, in a sentence made from its numbers (budskap): the title tells it before anyone has looked.

Each subject has four sentences: for one that leads, for a few that share the lead, for many, and for none stated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helsevev.core.charts.wording import number
from helsevev.core.words import gettext_noop

NAMED_AT_MOST = 3  # more in the lead than this are counted, not named

Counted = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Sentences:
    """The four sentences of one subject; `proper` names keep their capital within a sentence."""

    one: str
    few: str
    many: str
    none: str
    proper: bool = False


SENTENCES: Mapping[str, Sentences] = {
    "regions": Sentences(
        gettext_noop("%(top)s has most projects: %(count)s of %(total)s"),
        gettext_noop("%(top)s have most projects: %(count)s each, of %(total)s"),
        gettext_noop("%(number)s health regions have most projects: %(count)s each, of %(total)s"),
        gettext_noop("No project states its health region"),
        proper=True,
    ),
    "phases": Sentences(
        gettext_noop("%(top)s is the most common phase: %(count)s of %(total)s where the phase is stated"),
        gettext_noop("%(top)s are the most common phases: %(count)s each, of %(total)s where the phase is stated"),
        gettext_noop("%(number)s phases are equally common: %(count)s each, of %(total)s where the phase is stated"),
        gettext_noop("No project states its phase"),
    ),
    "phases-then": Sentences(
        gettext_noop("%(top)s was the most common phase on %(day)s: %(count)s of %(total)s where the phase is stated"),
        gettext_noop(
            "%(top)s were the most common phases on %(day)s: %(count)s each, of %(total)s where the phase is stated"
        ),
        gettext_noop(
            "%(number)s phases were equally common on %(day)s: %(count)s each, of %(total)s where the phase is stated"
        ),
        gettext_noop("No project's phase is stated for %(day)s"),
    ),
    "patient-groups": Sentences(
        gettext_noop("Most projects are for %(top)s: %(count)s of %(total)s"),
        gettext_noop("Most projects are for %(top)s: %(count)s each, of %(total)s"),
        gettext_noop("%(number)s patient groups have equally many projects: %(count)s each, of %(total)s"),
        gettext_noop("No project states its patient group"),
    ),
    "support": Sentences(
        gettext_noop("%(top)s is the most common support: %(count)s of %(total)s"),
        gettext_noop("%(top)s are the most common kinds of support: %(count)s each, of %(total)s"),
        gettext_noop("%(number)s kinds of support are equally common: %(count)s each, of %(total)s"),
        gettext_noop("No project states its kind of support"),
    ),
    "years": Sentences(
        gettext_noop("Most projects were awarded support in %(top)s: %(count)s of %(total)s"),
        gettext_noop("Most projects were awarded support in %(top)s: %(count)s each year, of %(total)s"),
        gettext_noop("%(number)s years share the lead with %(count)s projects each, of %(total)s"),
        gettext_noop("No project states its award year"),
    ),
    "moves": Sentences(
        gettext_noop("The most common move is %(top)s: %(count)s of %(total)s stated"),
        gettext_noop("The most common moves are %(top)s: %(count)s each, of %(total)s stated"),
        gettext_noop("%(number)s moves are equally common: %(count)s of each, of %(total)s stated"),
        gettext_noop("No move between two phases is stated yet"),
    ),
}


def leaders(counted: Counted) -> tuple[list[str], int]:
    """Those with the highest count, and that count; nobody leads with nothing."""
    most = max((count for _label, count in counted), default=0)
    return ([label for label, count in counted if count == most] if most else []), most


def leading(subject: str, counted: Counted, total: int, language: str, **more: str) -> str:
    """The subject's sentence about who leads. `total`: how many projects the counts rest on."""
    sentences = SENTENCES[subject]
    top, most = leaders(counted)
    values = {"count": number(most, language), "total": number(total, language), **more}
    if not top:
        return _(sentences.none) % values
    if len(top) > NAMED_AT_MOST:
        return _(sentences.many) % {**values, "number": number(len(top), language)}
    names = joined(top if sentences.proper else [inside(label) for label in top])
    return capfirst(_(sentences.one if len(top) == 1 else sentences.few) % {**values, "top": names})


def inside(label: str) -> str:
    """A label as it stands within a sentence: a small first letter, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def joined(names: Sequence[str]) -> str:
    """Names as one enumerates them: "a", "a and b", "a, b and c"; "a and b, and c" where a name has an "and"."""
    if len(names) < 2:
        return "".join(names)
    pattern = _("%(names)s and %(last)s")
    comma = "," if any(pattern % {"names": "", "last": ""} in name for name in names) else ""
    return pattern % {"names": ", ".join(names[:-1]) + comma, "last": names[-1]}


def new_or_spread(new: int, spread: int, language: str) -> str:
    """Which of the two there is more of, among those that state it."""
    values = {"new": number(new, language), "spread": number(spread, language)}
    if not new + spread:
        return _("No project states whether it is new or spreads another's model")
    if new == spread:
        return _("As many projects are new as spread another's model: %(new)s of each, where it is stated") % values
    if new > spread:
        return _(
            "More projects are new than spread another's model: %(new)s against %(spread)s, where it is stated"
        ) % (values)
    return _("More projects spread another's model than are new: %(spread)s against %(new)s, where it is stated") % (
        values
    )


def time_in_phase(middles: Sequence[tuple[str, float]], measured: int, language: str) -> str:
    """Which phase lasts longest, by the middle of what is measured; `measured`: in how many cases."""
    if not middles:
        return _("How long a phase lasted is not stated to the day for any project")
    longest = max(months for _label, months in middles)
    top = [inside(label) for label, months in middles if months == longest]
    values = {"top": joined(top), "months": number(longest, language)}
    if len(middles) == 1:
        said = _only_case(longest) if measured == 1 else _only_phase(longest)
    elif len(top) == 1:
        said = ngettext(
            "%(top)s lasts longest: %(months)s month in the middle case",
            "%(top)s lasts longest: %(months)s months in the middle case",
            1 if longest == 1 else 2,
        )
    else:
        said = ngettext(
            "%(top)s last longest: %(months)s month in the middle case",
            "%(top)s last longest: %(months)s months in the middle case",
            1 if longest == 1 else 2,
        )
    return capfirst(said % values)


def _only_case(months: float) -> str:
    """The sentence where time is measured once alone."""
    return ngettext(
        "%(top)s lasted %(months)s month in the one case that is measured",
        "%(top)s lasted %(months)s months in the one case that is measured",
        1 if months == 1 else 2,
    )


def _only_phase(months: float) -> str:
    """The sentence where time is measured in one phase alone."""
    return ngettext(
        "%(top)s lasted %(months)s month in the middle case; no other phase is measured",
        "%(top)s lasted %(months)s months in the middle case; no other phase is measured",
        1 if months == 1 else 2,
    )


def move(start: str, end: str) -> str:
    """A move between two phases within a sentence."""
    return _("from %(start)s to %(end)s") % {"start": inside(start), "end": inside(end)}


def rests_on(stated: int, total: int, language: str) -> str:
    """How many projects a count rests on."""
    return _("Stated for %(stated)s of %(total)s projects.") % {
        "stated": number(stated, language),
        "total": number(total, language),
    }
