"""Cost comparison: open to everyone, nothing is kept, and the address holds all that was written."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.core.faults import Faulty
from helsevev.toolbox.pricing.forms.fields import decimal_sign
from helsevev.toolbox.pricing.forms.grids import Column, Grid
from helsevev.toolbox.pricing.queries import weighed
from helsevev.toolbox.pricing.views import desk

FIRST_YEAR = 2026


def _grid(tool: str) -> Grid:
    """The rows of a tool, with an example to begin from: every number in it is illustrative."""
    if tool == "break-even":
        columns = [
            Column("name", _("Option"), False),
            Column("fixed", _("Fixed, NOK a year")),
            Column("each", _("NOK for each case")),
        ]
        start = [[_("In person"), 60_000, 9_000], [_("With video"), 280_000, 4_000]]
        return Grid("option", _("The two options"), columns, start, spare=0)
    if tool == "use":
        columns = [
            Column("name", _("What is used"), False),
            Column("payer", _("Who pays"), False),
            Column("unit", _("NOK for one")),
            Column("without", _("Without")),
            Column("with", _("With")),
            Column("low", _("With, low")),
            Column("high", _("With, high")),
            Column("admission", _("Admission? Write x"), False),
            Column("evidence", _("Evidence"), False),
        ]
        start = [
            [_("Follow-up from the centre"), _("Municipality"), 15_000, 0, 100, "", "", "", ""],
            [_("Home care, hours"), _("Municipality"), 700, 3_000, 2_400, 2_000, 3_000, "", ""],
            [_("GP contacts"), _("The state"), 400, 900, 1_050, 900, 1_200, "", ""],
            [_("Admissions"), _("Hospital"), 60_000, 90, 90, 60, 110, "x", ""],
        ]
        return Grid("use", _("What is used in a year"), columns, start)
    if tool == "budget":
        columns = [
            Column("name", _("What"), False),
            Column("payer", _("Who pays"), False),
            Column("to", _("Paid to, for a transfer"), False),
            *(Column(f"y{at}", _("Year %(number)s") % {"number": at + 1}) for at in range(weighed.YEARS)),
        ]
        start = [
            [_("Start-up"), _("Municipality"), "", 800_000, 200_000, 0, 0, 0],
            [_("Operation"), _("Municipality"), "", 600_000, 1_200_000, 1_300_000, 1_300_000, 1_300_000],
            [_("Home care"), _("Municipality"), "", 0, -200_000, -400_000, -400_000, -400_000],
            [_("Grant"), _("The state"), _("Municipality"), 500_000, 0, 0, 0, 0],
        ]
        return Grid("impact", _("What each payer spends more, NOK"), columns, start)
    if tool == "national":
        columns = [
            Column("name", _("Region"), False),
            Column("cases", _("Cases a year")),
            Column("weight", _("Weight")),
        ]
        start = [["Helse Sør-Øst", 60, 57], ["Helse Vest", 22, 21], ["Helse Midt-Norge", 14, 14], ["Helse Nord", 9, 9]]
        return Grid("region", _("Regions"), columns, start, spare=2)
    columns = [
        Column("name", _("Service; empty for a cost frame"), False),
        Column("frame", _("Cost frame"), False),
        Column("users", _("Users")),
        Column("nok", _("NOK a year")),
    ]
    start = [
        ["", _("Home services"), "", 40_000_000],
        ["", _("Health promotion"), "", 8_000_000],
        [_("Home nursing"), _("Home services"), 600, 31_000_000],
        [_("Safety alarms"), _("Home services"), 900, 5_500_000],
        [_("Activity centre"), _("Health promotion"), 350, 6_000_000],
    ]
    return Grid("service", _("Services and cost frames"), columns, start, spare=6)


def _single(tool: str) -> Grid | None:
    """The numbers that stand alone."""
    if tool in ("break-even", "use"):
        return Grid("one", _("Volume"), [Column("cases", _("Cases a year"))], [[50]], spare=0)
    if tool == "budget":
        return Grid("one", _("First year"), [Column("year", _("Year"))], [[FIRST_YEAR]], spare=0)
    if tool == "national":
        columns = [
            Column("fixed", _("Fixed, NOK a year")),
            Column("each", _("NOK for each case")),
            Column("equal", _("Part of the fixed cost that is shared equally")),
            Column("state", _("The state's part of the fixed cost")),
        ]
        return Grid("one", _("The service"), columns, [[6_000_000, 40_000, 0.2, 0.5]], spare=0)
    return None


@require_safe
def comparison(request: HttpRequest, tool: str = "break-even") -> HttpResponse:
    """One of the tools."""
    if tool not in weighed.TOOLS:
        raise Http404
    grid, single = _grid(tool), _single(tool)
    given = desk.one_each(request.GET)
    right = grid.fill(given)
    right = (single.fill(given) if single else True) and right
    lines: list[str] = []
    answer = None
    if right:
        try:
            alone = (
                single.values[0]
                if single and single.values
                else {column.key: 0.0 for column in (single.columns if single else ())}
            )
            answer = weighed.ANSWERS[tool](grid.texts, grid.values, alone)
        except Faulty as faulty:
            lines = grid.told(faulty.faults)
        except ValueError:
            lines = [_("Write both options.")]
    context = {
        "tool": _(weighed.TOOLS[tool]),
        "tabs": [
            {"label": _(label), "url": reverse("pricing:comparison_tool", args=[name]), "current": name == tool}
            for name, label in weighed.TOOLS.items()
        ],
        "grids": [one for one in (single, grid) if one],
        "answer": answer,
        "sign": decimal_sign(),
        "lines": lines,
        "is_example": not request.GET,
        "breadcrumbs": [{"label": _("Compare costs")}],
        "robots": "noindex" if request.GET else "",
    }
    return render(request, "pricing/comparison.html", context, status=200 if answer else 422)
