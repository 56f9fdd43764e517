"""With and without: the tools that compare costs, each with what it starts from and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from helsevev.core.pricing import comparison as core
from helsevev.core.words import gettext_noop

YEARS = 5
Numbers = list[dict[str, float]]
Texts = list[dict[str, str]]


@dataclass
class Answered:
    """What a tool answers (svar): sentences, and tables by title, heads and rows."""

    sentences: list[str] = field(default_factory=list)
    tables: list[tuple[str, list[str], list[list[object]]]] = field(default_factory=list)

    def add(self, title: str, heads: list[str], rows: list[list[object]]) -> None:
        """One more table."""
        self.tables.append((title, heads, rows))


TOOLS: Mapping[str, str] = {
    "break-even": gettext_noop("Break-even volume"),
    "use": gettext_noop("With and without"),
    "budget": gettext_noop("Budget by payer and year"),
    "national": gettext_noop("A national service"),
    "district": gettext_noop("A district's total picture"),
}


def kroner(value: float) -> str:
    """Whole kroner as the reader writes them."""
    return number_format(round(value), use_l10n=True, force_grouping=True)


def _nok(value: float) -> int:
    return round(value)


def break_even(texts: Texts, values: Numbers, single: Mapping[str, float]) -> Answered:
    """Where two ways of running a service cost the same, and what one case costs."""
    first, second = (
        core.Option(text["name"], value["fixed"], value["each"])
        for text, value in zip(texts[:2], values[:2], strict=True)
    )
    found, cases = core.break_even(first, second), single["cases"]
    made = Answered()
    if found.from_cases is not None and found.cases is not None:
        same = round(found.cases, 1)
        shown = number_format(same, 0 if same.is_integer() else 1, force_grouping=True)
        words = {"cases": shown, "whole": found.from_cases, "name": found.cheaper}
        made.sentences.append(
            _("They cost the same at %(cases)s cases. From %(whole)s cases, %(name)s is cheaper.") % words
        )
    elif found.cheaper:
        made.sentences.append(_("%(name)s is cheaper whatever the volume.") % {"name": found.cheaper})
    else:
        made.sentences.append(_("They cost the same whatever the volume."))
    rows: list[list[object]] = []
    for option in (first, second):
        each = option.per_case(cases)
        rows.append([option.name, _nok(option.total(cases)), "–" if each is None else _nok(each)])
    made.add(_("At the volume you wrote"), [_("Option"), _("NOK a year"), _("NOK for each case")], rows)
    return made


def use(texts: Texts, values: Numbers, single: Mapping[str, float]) -> Answered:
    """What an option adds or saves, row by row and payer by payer."""
    rows = [
        core.Use(
            name=text["name"],
            payer=text["payer"],
            unit_nok=value["unit"],
            without=value["without"],
            with_option=value["with"],
            low=value["low"] or None,
            high=value["high"] or None,
            admissions=text["admission"].casefold() in ("x", "ja", "yes"),
            evidence=text["evidence"],
        )
        for text, value in zip(texts, values, strict=True)
    ]
    found = core.compare(rows, single["cases"])
    made = Answered()
    words = {"nok": kroner(found.added_nok), "low": kroner(found.low_nok), "high": kroner(found.high_nok)}
    made.sentences.append(
        _("All together it adds %(nok)s kroner a year, between %(low)s and %(high)s; below 0 it saves.") % words
    )
    if found.per_case_nok is not None:
        made.sentences.append(_("That is %(nok)s kroner for each case.") % {"nok": kroner(found.per_case_nok)})
    made.add(
        _("What each row adds, NOK a year"),
        [_("Row"), _("Added"), _("Low"), _("High")],
        [[row.name, _nok(row.nok), _nok(row.ends[0]), _nok(row.ends[1])] for row in found.rows],
    )
    made.add(
        _("What each payer spends more, NOK a year"),
        [_("Payer"), _("Added")],
        [[payer, _nok(nok)] for payer, nok in found.by_payer.items()],
    )
    return made


def budget(texts: Texts, values: Numbers, single: Mapping[str, float]) -> Answered:
    """Every payer's budget, year by year, undiscounted, with transfers apart."""
    first = round(single["year"])
    years = list(range(first, first + YEARS))
    rows = [
        core.Impact(text["name"], text["payer"], tuple(value[f"y{at}"] for at in range(YEARS)), text["to"])
        for text, value in zip(texts, values, strict=True)
    ]
    found = core.budget_impact(rows, years)
    made = Answered([_("Undiscounted, as budgets are. Transfers only move money, and add up to 0 each year.")])
    heads = [_("Payer"), *(str(year) for year in years)]
    for title, part in (
        (_("Real use, NOK"), found.spending),
        (_("Transfers, NOK"), found.transfers),
        (_("Net for each payer, NOK"), found.net),
    ):
        made.add(title, heads, [[payer, *(_nok(one) for one in row)] for payer, row in part.items()])
    made.add(_("All payers together, NOK"), ["", *heads[1:]], [[_("All"), *(_nok(one) for one in found.total)]])
    return made


def national(texts: Texts, values: Numbers, single: Mapping[str, float]) -> Answered:
    """What the state and each region pay for a national service."""
    regions = [
        core.Region(text["name"], value["cases"], value["weight"]) for text, value in zip(texts, values, strict=True)
    ]
    service = core.Option("", single["fixed"], single["each"])
    found = core.national(service, regions, single["equal"], single["state"])
    made = Answered()
    if found.per_case_nok is not None:
        words = {"total": kroner(found.total_nok), "each": kroner(found.per_case_nok)}
        made.sentences.append(_("%(total)s kroner a year, %(each)s for each case.") % words)
    rows: list[list[object]] = [[_("The state"), found.state_ore / 100, 0.0, found.state_ore / 100]]
    rows += [[one.name, one.fixed_ore / 100, one.volume_ore / 100, one.total_ore / 100] for one in found.regions]
    made.add(_("What each pays, NOK a year"), [_("Payer"), _("Fixed"), _("Volume"), _("Sum")], rows)
    return made


def district(texts: Texts, values: Numbers, single: Mapping[str, float]) -> Answered:
    """A district's services beside its cost frames; rows without users and with a frame's name are the frames."""
    frames = {
        text["frame"]: value["nok"]
        for text, value in zip(texts, values, strict=True)
        if not text["name"] and text["frame"]
    }
    services = [
        core.Service(text["name"], text["frame"], value["users"], value["nok"])
        for text, value in zip(texts, values, strict=True)
        if text["name"]
    ]
    found = core.district(services, frames)
    del single
    made = Answered([_("%(left)s kroner are left of all frames together.") % {"left": kroner(found.left_nok)}])
    per_user = [found.per_user_nok[one.name] for one in found.services]
    made.add(
        _("Services"),
        [_("Service"), _("Frame"), _("Users"), _("NOK a year"), _("NOK for each user")],
        [
            [one.name, one.frame, one.users, _nok(one.nok), "–" if each is None else _nok(each)]
            for one, each in zip(found.services, per_user, strict=True)
        ],
    )
    made.add(
        _("Cost frames, NOK a year"),
        [_("Frame"), _("Frame, NOK"), _("Used"), _("Left")],
        [[one.name, _nok(one.frame_nok), _nok(one.used_nok), _nok(one.left_nok)] for one in found.frames],
    )
    return made


ANSWERS: Mapping[str, Callable[[Texts, Numbers, Mapping[str, float]], Answered]] = {
    "break-even": break_even,
    "use": use,
    "budget": budget,
    "national": national,
    "district": district,
}
