"""What makes a case's total unsure, as a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from helsevev.core import charts
from helsevev.core.pricing import fields as known
from helsevev.core.pricing.uncertainty import Bar
from helsevev.core.words import gettext_noop
from helsevev.toolbox.pricing.queries.explained import Seen
from helsevev.toolbox.pricing.queries.pictures import Drawn, frame

TOGETHER: Mapping[str, str] = {
    "contact_rate_multiplier": gettext_noop("Contacts, all groups alike"),
    "review_multiplier": gettext_noop("Review, all groups alike"),
    "volume_multiplier": gettext_noop("Patients, enrolments and discharges, everywhere alike"),
    "fixed_nok_total": gettext_noop("Fixed cost a year, all together"),
}
LABELS = {leaf.key: leaf.label for row in (known.CENTRE, known.STAFF, known.ACTIVITIES, known.PRICES) for leaf in row}
LAW_NAMES: Mapping[str, str] = {
    "normal": gettext_noop("Normal law"),
    "lognormal": gettext_noop("Lognormal"),
    "gamma": gettext_noop("Gamma"),
    "beta": gettext_noop("Beta"),
    "uniform": gettext_noop("Uniform"),
}
MOST = 12


def called(name: str) -> str:
    """What an uncertain input is called."""
    return _(TOGETHER.get(name) or LABELS.get(name, name))


@dataclass(frozen=True)
class Drawing:
    """One input that is drawn (trekning): its law, and where the input itself comes from."""

    label: str
    law: str
    mean: str
    sd: str
    source: str = ""
    when: str = ""
    owner: str = ""


def laws(seen: Seen) -> list[Drawing]:
    """The laws of a case, with the sources of the inputs that they move."""
    found = []
    for name, law in seen.answer.case.uncertainty.items():
        part = next(iter(seen.inputs.get(name, [])), None)
        said = Drawing(called(name), _(LAW_NAMES[law.law]), seen.text(law.mean), seen.text(law.sd))
        found.append(replace(said, source=part.source, when=part.when, owner=part.owner) if part else said)
    return found


def tornado(drawn: Drawn, bars: Sequence[Bar]) -> charts.Ranges:
    """What moves the total most, one input at a time from its 2.5 to its 97.5 percentile."""
    first = bars[0]
    words = {
        "input": called(first.name),
        "low": drawn.kroner(min(first.low_nok, first.high_nok)),
        "high": drawn.kroner(max(first.low_nok, first.high_nok)),
    }
    rows = tuple(
        charts.Range(
            called(bar.name),
            round(min(bar.low_nok, bar.high_nok)),
            round(max(bar.low_nok, bar.high_nok)),
            strong=bar is first,
        )
        for bar in bars[:MOST]
    )
    title = _("%(input)s matters most: it alone moves the cost from %(low)s to %(high)s kroner a year") % words
    heads = (_("Input"), _("Lowest, NOK a year"), _("Highest, NOK a year"))
    note = _("Each input alone at its 2.5 and 97.5 percentile, the others as they stand.")
    return charts.Ranges(
        **frame(drawn, "tornado", title, heads, note),  # type: ignore[arg-type]
        rows=rows,
        middle=round(drawn.answer.cost.total_nok),
    )
