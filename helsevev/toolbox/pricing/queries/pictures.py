"""The pictures of a case: each a message, the numbers behind it, and where they come from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from helsevev.core import charts, pricing
from helsevev.core.charts.wording import number, share
from helsevev.core.pricing import weighing
from helsevev.core.pricing.case import Municipality


@dataclass(frozen=True)
class Drawn:
    """What a picture is drawn from (grunnlag)."""

    case: pricing.Case
    answer: pricing.Answer
    language: str
    source: str = ""
    place: str = ""

    def said(self, value: float, decimals: int | None = None) -> str:
        """A number as the reader writes it."""
        return number(value, self.language, decimals)

    def kroner(self, value: float) -> str:
        """Whole kroner."""
        return self.said(round(value), 0)


def frame(drawn: Drawn, name: str, title: str, heads: Sequence[str], note: str = "") -> dict[str, object]:
    """What every picture of a case has."""
    return {
        "name": name,
        "title": title,
        "heads": tuple(heads),
        "note": note,
        "source": drawn.source,
        "language": drawn.language,
    }


def day(drawn: Drawn) -> charts.Pairs:
    """The day's load and staffing."""
    hours = drawn.answer.staffing.hours
    most = max(range(len(hours)), key=lambda at: (hours[at].agents, hours[at].offered_erlang))
    title = _("The busiest opening hour, hour %(hour)s, needs %(agents)s agents for %(load)s erlang") % {
        "hour": most + 1,
        "agents": hours[most].agents,
        "load": drawn.said(hours[most].offered_erlang, 2),
    }
    rows = tuple(
        charts.Pair(_("Hour %(number)s") % {"number": at + 1}, hour.agents, round(hour.offered_erlang, 2), at == most)
        for at, hour in enumerate(hours)
    )
    note = _("One erlang is one agent busy all the time. What lies between the bars is idle time, part of it used.")
    return charts.Pairs(
        **frame(drawn, "day", title, (_("Opening hour"), _("Agents"), _("Load, erlang")), note),  # type: ignore[arg-type]
        rows=rows,
        sides=(_("Agents"), _("Load, erlang")),
    )


def money(drawn: Drawn) -> charts.Shares:
    """Where the money goes."""
    pools = drawn.answer.cost.pools
    parts = {
        _("Volume: work and things for patients"): pools.volume,
        _("Readiness: hours that wait"): pools.readiness,
        _("Fixed"): pools.fixed,
        _("Meetings with municipalities"): pools.municipal,
    }
    most = max(parts, key=lambda label: parts[label])
    title = _("%(share)s of %(total)s kroner a year goes to: %(part)s") % {
        "share": share(parts[most], drawn.answer.cost.total_nok, drawn.language),
        "total": drawn.kroner(drawn.answer.cost.total_nok),
        "part": most.split(":")[0].lower(),
    }
    rows = tuple(charts.Row(label, round(value), strong=label == most) for label, value in parts.items())
    heads = (_("Pool"), _("NOK a year"), _("Share"))
    return charts.Shares(**frame(drawn, "money", title, heads), rows=rows)  # type: ignore[arg-type]


def bills(drawn: Drawn) -> charts.Bars:
    """The bill of each municipality."""
    ordered = sorted(drawn.answer.bills, key=lambda bill: (-bill.total_nok, bill.number))
    first = ordered[0]
    title = _("%(name)s pays most: %(kroner)s kroner a year") % {
        "name": first.name,
        "kroner": drawn.kroner(first.total_nok),
    }
    rows = tuple(charts.Row(bill.name, round(bill.total_nok), strong=bill is first) for bill in ordered)
    note = _("Unrounded bills add up to the total; what is paid adds up to the øre.")
    return charts.Bars(**frame(drawn, "bills", title, (_("Municipality"), _("NOK a year")), note), rows=rows)  # type: ignore[arg-type]


def marginal(drawn: Drawn) -> charts.Pairs:
    """Marginal price beside marginal cost: what one more patient for a year costs the municipality and the centre."""
    weights = drawn.case.patients
    whole = sum(weights.values())
    mean = {name: (count / whole if whole else 1 / len(weights)) for name, count in weights.items()}
    cost = sum(mean[name] * value for name, value in drawn.answer.rates.marginal_cost_patient_year_nok.items())
    prices = {
        bill.number: sum(mean[name] * value for name, value in bill.marginal_patient_year_nok.items())
        for bill in drawn.answer.bills
    }
    lowest, highest = min(prices.values()), max(prices.values())
    values = {"cost": drawn.kroner(cost), "low": drawn.kroner(lowest), "high": drawn.kroner(highest)}
    if round(lowest) == round(highest):
        title = _("One more patient costs a municipality %(low)s kroner a year, and the centre %(cost)s") % values
    else:
        title = (
            _("One more patient costs a municipality %(low)s to %(high)s kroner a year, and the centre %(cost)s")
            % values
        )
    rows = tuple(
        charts.Pair(bill.name, max(round(prices[bill.number]), 0), max(round(cost), 0)) for bill in drawn.answer.bills
    )
    note = _(
        "Rates locked and roster unchanged. One more agent in one opening hour would cost %(step)s kroner a year."
    ) % {"step": drawn.kroner(drawn.answer.rates.agent_hour_step_nok)}
    heads = (_("Municipality"), _("Price for the municipality, NOK"), _("Cost for the centre, NOK"))
    return charts.Pairs(
        **frame(drawn, "marginal", title, heads, note),  # type: ignore[arg-type]
        rows=rows,
        sides=(_("Price for the municipality"), _("Cost for the centre")),
    )


def one_more(drawn: Drawn) -> charts.Ranges:
    """What one more patient changes for every partner, staffed and priced anew."""
    partner, group = chosen(drawn.case, drawn.place)
    found = weighing.one_more(drawn.case, partner.number, group, drawn.answer)
    words = {
        "name": partner.name,
        "group": group,
        "own": drawn.kroner(found.by_municipality[partner.number]),
        "all": drawn.kroner(found.total_nok),
    }
    title = _("One more patient (%(group)s) in %(name)s: %(own)s kroner a year there, %(all)s for all together") % words
    names = {one.number: one.name for one in drawn.case.municipalities}
    rows = tuple(
        charts.Range(names[number], min(round(nok), 0), max(round(nok), 0), strong=number == partner.number)
        for number, nok in found.by_municipality.items()
    )
    note = _("Agents are needed anew in some opening hour.") if found.restaffed else _("The roster stays as it is.")
    heads = (_("Municipality"), _("Change, NOK a year"))
    return charts.Ranges(**frame(drawn, "one-more", title, heads, note), rows=rows, middle=0, ends=False)  # type: ignore[arg-type]


def chosen(case: pricing.Case, place: str) -> tuple[Municipality, str]:
    """The municipality and group asked for, such as `3209.copd`; else the one with the lowest coverage."""
    number, _dot, group = place.partition(".")
    lowest = min(case.municipalities, key=lambda one: (one.coverage if one.coverage is not None else 2.0, one.number))
    partner = next((one for one in case.municipalities if one.number == number), lowest)
    return partner, group if group in partner.patients else case.groups[0].id


PICTURES: Mapping[str, Callable[[Drawn], charts.Drawable]] = {
    "day": day,
    "money": money,
    "bills": bills,
    "marginal": marginal,
    "one-more": one_more,
}
