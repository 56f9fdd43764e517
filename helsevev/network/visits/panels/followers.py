"""Followers as charts, tables and files."""

import io
from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from helsevev.core import charts
from helsevev.core.charts.wording import day, number, share
from helsevev.core.tables import Cell, Sheet, csv_lines, write_xlsx
from helsevev.core.visits.followers import Entered, growth
from helsevev.network.visits.models import Channel

MOST_MONTHS = 13


def chart(channel: Channel, entered: Sequence[Entered], language: str) -> charts.Columns | None:
    """How the followers of a channel have become more, month by month."""
    known = [one for one in entered if one.followers is not None][-MOST_MONTHS:]
    if len(known) < 2:
        return None
    rows = tuple(
        charts.Row(day(f"{one.month:%Y-%m}", language, short=True), one.followers or 0, one is known[-1])
        for one in known
    )
    return charts.Columns(
        name=channel.key,
        title=_title(channel.name, known, language),
        heads=(_("Month"), _("Followers")),
        rows=rows,
        note=_("Invented numbers, for the demonstration.") if settings.DEMO else _("As entered by the network."),
        language=language,
    )


def _title(name: str, known: Sequence[Entered], language: str) -> str:
    first, last = (known[at].followers or 0 for at in (0, -1))
    values = {
        "channel": name,
        "number": number(last, language),
        "share": share(abs(last - first), first, language),
        "month": day(f"{known[0].month:%Y-%m}", language),
    }
    if last > first > 0:
        return _("%(channel)s: %(number)s followers, %(share)s more than in %(month)s") % values
    if last < first:
        return _("%(channel)s: %(number)s followers, %(share)s fewer than in %(month)s") % values
    return _("%(channel)s: %(number)s followers") % values


def heads() -> list[str]:
    """The columns of the table and the files."""
    return [_("Month"), _("Channel"), _("Followers"), _("New"), _("Growth, percent"), _("Reach")]


def lines(entered: Mapping[Channel, Sequence[Entered]]) -> Iterator[Sequence[Cell]]:
    """A row for each month of each channel, the newest first."""
    rows = [(one, channel) for channel, months in entered.items() for one in months]
    for one, channel in sorted(rows, key=lambda row: (-row[0].month.toordinal(), row[1].position)):
        grown = growth(one.followers, one.new)
        yield [f"{one.month:%Y-%m}", channel.name, one.followers, one.new, grown, one.reach]


def written(form: str, entered: Mapping[Channel, Sequence[Entered]]) -> bytes:
    """The table as CSV or workbook."""
    if form == "csv":
        return b"".join(csv_lines(heads(), lines(entered)))
    file = io.BytesIO()
    write_xlsx(file, [Sheet(_("Social media"), heads(), lines(entered))])
    return file.getvalue()
