"""The ledger as pages and files show it: every line in words, what the project said, the burn-down, the sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import dateformat, timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from helsevev.commons.people import queries as people
from helsevev.core import charts, ledger
from helsevev.core.ledger import KIND_NAMES, PURPOSE_NAMES, Balance, Kind, Purpose
from helsevev.core.ledger_sharing import COUNTING_NAMES, SHARING_NAMES, Counting, Sharing
from helsevev.core.tables import Cell, Sheet
from helsevev.network.guidance.models import Engagement, HourAnswer, HourLine, HourRequest
from helsevev.network.guidance.rules.engagements import ANSWER_NAMES, REQUEST_NAMES, Answer, RequestState

ANSWERED = {"used", "returned", "transferred"}


@dataclass(frozen=True)
class Shown:
    """A line of the ledger in words."""

    row: HourLine
    kind: str
    purpose: str
    clock: str
    left: str
    who: str
    advisor: str
    rule: str
    answer: str
    disputed: bool
    comment: str
    waits: bool
    allowed_by: str


def rows(engagement: Engagement) -> list[HourLine]:
    """The lines with all that they refer to, oldest first."""
    found = HourLine.objects.filter(engagement=engagement).select_related("corrects", "session")
    return list(found.prefetch_related("answers").order_by("number"))


def shown(found: Sequence[HourLine]) -> list[Shown]:
    """Lines in words, oldest first, each with what was left after it."""
    keys = {key for row in found for key in (row.by, row.advisor, row.allowed_by) if key}
    names = people.actor_names(keys)
    made, now = [], Balance()
    for row in found:
        now = now.plus(row.line)
        answer = _newest(row)
        made.append(
            Shown(
                row,
                _(KIND_NAMES[Kind(row.kind)]),
                _(PURPOSE_NAMES[Purpose(row.purpose)]) if row.purpose else "",
                ledger.clock(row.minutes),
                ledger.clock(now.left),
                names.get(row.by, row.by),
                names.get(row.advisor, row.advisor),
                rule(row),
                _(ANSWER_NAMES[Answer(answer.answer)]) if answer else "",
                answer is not None and answer.answer == Answer.DISPUTED,
                answer.comment if answer else "",
                answer is None and row.kind in ANSWERED,
                names.get(row.allowed_by, row.allowed_by),
            )
        )
    return made


def _newest(row: HourLine) -> HourAnswer | None:
    answers = list(row.answers.all())
    return answers[-1] if answers else None


def rule(row: HourLine) -> str:
    """The rule that a line counts by, in words."""
    return in_words(row.counting, row.counting_note, row.sharing)


def in_words(counting: str, note: str, sharing: str = "") -> str:
    """A counting rule in words, with what was added to it."""
    parts = [_(COUNTING_NAMES[Counting(counting)]), _(SHARING_NAMES[Sharing(sharing)]) if sharing else "", note]
    return " ".join(part for part in parts if part)


def marks(balance: Balance) -> list[str]:
    """The points that the balance has reached, in words."""
    return [_(ledger.MARK_NAMES[mark]) for mark in ledger.Mark if mark in ledger.marks(balance)]


def told(balance: Balance) -> dict[str, str]:
    """The four numbers as hours and minutes."""
    return {name: ledger.clock(getattr(balance, name)) for name in ("granted", "used", "planned", "left")}


def answers(row: HourLine) -> list[dict[str, object]]:
    """Everything that was said of a line, oldest first."""
    every = list(row.answers.all())
    names = people.actor_names({one.by for one in every})
    return [
        {
            "what": _(ANSWER_NAMES[Answer(one.answer)]),
            "comment": one.comment,
            "who": names.get(one.by, one.by),
            "at": one.at,
        }
        for one in every
    ]


def requests(engagement: Engagement) -> list[dict[str, object]]:
    """What was asked for past the balance, the newest first."""
    every = list(engagement.requests.all())
    names = people.actor_names({one.asked_by for one in every} | {one.answered_by for one in every if one.answered_by})
    return [_request(one, names) for one in every]


def _request(one: HourRequest, names: dict[str, str]) -> dict[str, object]:
    minutes = sum(int(entry["minutes"]) for entry in one.asked)
    return {
        "row": one,
        "open": one.state == RequestState.ASKED,
        "state": _(REQUEST_NAMES[RequestState(one.state)]),
        "clock": ledger.clock(minutes),
        "over": ledger.clock(one.over),
        "what": "; ".join(entry["what"] for entry in one.asked),
        "who": names.get(one.asked_by, one.asked_by),
        "by": names.get(one.answered_by, one.answered_by),
    }


# --- The burn-down ----------------------------------------------------------------------------------------------------
def burn_down(found: Iterable[HourLine], language: str) -> charts.Columns | None:
    """What isn't used at the end of each month; None before anything is written."""
    series = ledger.series(row.line for row in found)
    if not series:
        return None
    months = _months(series)
    last = series[-1][1]
    title = _("%(left)s hours are left of %(granted)s") % {
        "left": ledger.clock(last.left),
        "granted": ledger.clock(last.granted),
    }
    return charts.Columns(
        name="hours",
        title=title,
        heads=(_("Month"), _("Hours not used at its end")),
        note=_("Hours that aren't used at the end of each month. Planned time is still counted among them."),
        language=language,
        rows=tuple(
            charts.Row(f"{month:%Y-%m}", max(balance.unused, 0) / 60, strong=place == len(months) - 1)
            for place, (month, balance) in enumerate(months)
        ),
    )


def _months(series: Sequence[tuple[date, Balance]]) -> list[tuple[date, Balance]]:
    """The balance at the end of each month from the first line to the last, at most the last two years of them."""
    found: list[tuple[date, Balance]] = []
    month, last = series[0][0].replace(day=1), series[-1][0].replace(day=1)
    place, now = 0, Balance()
    while month <= last:
        after = (month.replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1)
        while place < len(series) and series[place][0] < after:
            now = series[place][1]
            place += 1
        found.append((month, now))
        month = after
    return found[-24:]


# --- The workbook -----------------------------------------------------------------------------------------------------
def sheets(found: Sequence[HourLine], title: str, made_at: datetime) -> list[Sheet]:
    """The whole ledger as a workbook: lines with minutes as whole numbers, and sums that come to the balance."""
    lines = shown(found)
    balance = ledger.balance(row.line for row in found)
    header = (
        _("Line"), _("Date"), _("What"), _("Minutes"), _("Hours and minutes"), _("Granted, change in minutes"),
        _("Planned, change in minutes"), _("Used, change in minutes"), _("Left after it, in minutes"), _("Purpose"),
        _("Day of the work"), _("Advisor"), _("Description"), _("Corrects line"), _("Counted by"), _("Answer"),
        _("Comment"), _("Written by"), _("Past the balance by yes of"),
    )  # fmt: skip
    widths = (7, 12, 14, 10, 12, 14, 14, 14, 14, 14, 12, 24, 40, 10, 40, 12, 30, 24, 24)
    when = dateformat.format(timezone.localtime(made_at), get_format("DATETIME_FORMAT"))
    sums: list[tuple[Cell, ...]] = [
        (_("Granted"), balance.granted, ledger.clock(balance.granted)),
        (_("Used"), balance.used, ledger.clock(balance.used)),
        (_("Planned"), balance.planned, ledger.clock(balance.planned)),
        (_("Left"), balance.left, ledger.clock(balance.left)),
        (_("Lines"), len(lines), ""),
        (_("Project"), title, ""),
        (_("Made"), when, ""),
    ]
    return [
        Sheet(_("Lines")[:31], header, _cells(lines), widths),
        Sheet(_("Balance")[:31], (_("What"), _("Minutes"), _("Hours and minutes")), sums, (20, 40, 20)),
    ]


def _cells(lines: Sequence[Shown]) -> list[tuple[Cell, ...]]:
    made: list[tuple[Cell, ...]] = []
    now = Balance()
    for one in lines:
        row, before = one.row, now
        now = now.plus(row.line)
        corrects = row.corrects.number if row.corrects else None
        changes = (now.granted - before.granted, now.planned - before.planned, now.used - before.used)
        made.append(
            (row.number, row.on, one.kind, row.minutes, one.clock, *changes, now.left, one.purpose, row.worked_on,
             one.advisor, row.what, corrects, one.rule, one.answer, one.comment, one.who, one.allowed_by)
        )  # fmt: skip
    return made
