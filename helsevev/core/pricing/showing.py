"""An answer as text that people read in a terminal: aligned columns, kroner rounded to whole ones."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = Sequence[str]


def table(said: Mapping[str, Any]) -> str:
    """The answer of `Answer.as_dict`, with fairness and uncertainty where they were asked for."""
    parts = [_day(said), _year(said), _prices(said), _bills(said)]
    if "fairness" in said:
        parts.append(_fair(said))
    if "uncertainty" in said:
        parts.append(_spread(said))
    if said.get("warnings"):
        parts.append("Worth stopping at:\n" + "".join(f"- {_line(one['text'])}\n" for one in said["warnings"]))
    return f"{_line(said['title'])}\n\n" + "\n".join(parts)


def kroner(value: float | None) -> str:
    """Whole kroner with spaces between thousands; nothing where there is nothing."""
    return "–" if value is None else f"{value:,.0f}".replace(",", " ")


def _line(text: str) -> str:
    """Text on one line, without what a terminal would obey."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def aligned(header: Row, rows: Sequence[Row]) -> str:
    """Columns: the first to the left, the others to the right."""
    lines = [header, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(header))]
    written = ""
    for line in lines:
        cells = [line[0].ljust(widths[0])] + [
            cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)
        ]
        written += "  ".join(cells).rstrip() + "\n"
    return written


def _day(said: Mapping[str, Any]) -> str:
    """The working day, hour by hour."""
    rows = [
        [
            f"{number}",
            f"{hour['offered_erlang']:.3f}",
            f"{hour['agents']}",
            f"{100 * hour['occupancy']:.0f} %",
            f"{100 * hour['probability_of_wait']:.1f} %",
            f"{100 * hour['service_level']:.1f} %",
        ]
        for number, hour in enumerate(said["staffing"]["hours"], start=1)
    ]
    return aligned(["opening hour", "erlang", "agents", "busy", "must wait", "in time"], rows)


def _year(said: Mapping[str, Any]) -> str:
    """Hours and positions of a year."""
    staffing, cost = said["staffing"], said["cost"]
    names = ("open", "busy", "idle", "deferrable", "absorbed", "readiness", "total")
    rows = [[f"{name} hours", f"{staffing[f'{name}_hours']:,.1f}".replace(",", " ")] for name in names]
    rows.append(["positions", f"{staffing['positions']:.3f}"])
    rows += [[f"{name} pool, NOK", kroner(value)] for name, value in cost["pools"].items()]
    rows.append(["total, NOK", kroner(cost["total_nok"])])
    return aligned(["a year", ""], rows)


def _prices(said: Mapping[str, Any]) -> str:
    """The price list."""
    prices = said["prices"]
    rows = [[f"patient-month, {_line(group)}", f"{value:.2f}"] for group, value in prices["patient_month_nok"].items()]
    rows += [["enrolment", f"{prices['enrolment_nok']:.2f}"], ["discharge", f"{prices['discharge_nok']:.2f}"]]
    return aligned(["price", "NOK"], rows)


def _bills(said: Mapping[str, Any]) -> str:
    """Each municipality's bill."""
    rows = [
        [
            _line(f"{row['number']} {row['name']}"),
            f"{row['bill_nok']:.2f}",
            *(kroner(row["parts"][name]) for name in ("fixed", "municipal", "readiness", "volume")),
            kroner(row["mean_patient_month_nok"]),
        ]
        for row in said["municipalities"]
    ]
    return aligned(["municipality", "bill, NOK", "fixed", "municipal", "readiness", "volume", "a patient-month"], rows)


def _fair(said: Mapping[str, Any]) -> str:
    """What each would pay alone, and its Shapley value."""
    rows = [
        [
            row["number"],
            kroner(row["stand_alone_nok"]),
            kroner(row["shapley_nok"]),
            kroner(row["shapley_standard_error_nok"]),
        ]
        for row in said["fairness"]
    ]
    over = said["largest_overcharge_nok"]
    verdict = (
        f"A group of municipalities pays {kroner(over)} NOK more than it would alone."
        if over > 0
        else f"No group that was looked at pays more than it would alone; the closest saves {kroner(-over)} NOK."
    )
    return aligned(["municipality", "alone, NOK", "Shapley, NOK", "standard error"], rows) + verdict + "\n"


def _spread(said: Mapping[str, Any]) -> str:
    """Mean and 95 % of the draws."""
    spread = said["uncertainty"]
    named = [("total, NOK", spread["total_nok"], 0), ("positions", spread["positions"], 3)]
    if spread["mean_patient_month_nok"]:
        named.append(("patient-month, NOK", spread["mean_patient_month_nok"], 0))
    named += [(f"{row['number']}, NOK", row, 0) for row in spread["municipalities"]]
    rows = [
        [name, *(f"{row[key]:,.{digits}f}".replace(",", " ") for key in ("mean", "p2_5", "p97_5"))]
        for name, row, digits in named
    ]
    return aligned([f"{spread['draws']} draws, seed {spread['seed']}", "mean", "2.5 %", "97.5 %"], rows)
