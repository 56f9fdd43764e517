"""A year's letters, for the annual report: how many, to how many, and the share in which a link was opened."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from helsevev.core import annual
from helsevev.core.annual.wording import PERCENT, Said
from helsevev.core.newsletter import clicks, content
from helsevev.core.words import gettext_noop
from helsevev.network.newsletter.models import Letter
from helsevev.network.newsletter.queries import letters
from helsevev.network.newsletter.queries.numbers import Numbers, of_year

LETTERS = Said(gettext_noop("Letters sent"), gettext_noop("Newsletters sent in %(year)s."), gettext_noop("letters"))
WITH_MACHINES = Said(
    gettext_noop("Click rate of the newsletter, scanners too"),
    gettext_noop("The same with the programs that open links by themselves."),
    PERCENT,
)


def figures(year: int, cutoff: date) -> Iterator[annual.Tally]:
    """Nothing of a year in which we sent nothing ourselves: what a source states of it stands alone."""
    sent = of_year(year, cutoff)
    if not sent:
        return
    yield annual.Tally("newsletter.letters", rows=tuple(_row(one, 1) for one, _told in sent), said=LETTERS)
    last, told = sent[-1]
    note = _("Those whom the year's last letter was addressed to.")
    yield annual.Tally("newsletter.subscribers", rows=(_row(last, told.addressed),), note=note)
    yield from _rates([(one, told) for one, told in sent if told.delivered and one.links])


def _rates(sent: Sequence[tuple[Letter, Numbers]]) -> Iterator[annual.Tally]:
    """Without scanners and with them, each with what it rests on."""
    delivered = sum(told.delivered for _one, told in sent)
    for key, said, counted in (
        ("newsletter.click_rate_pct", None, [told.people for _one, told in sent]),
        ("newsletter.click_rate_all_pct", WITH_MACHINES, [told.every for _one, told in sent]),
    ):
        rows = tuple(_row(one, number) for (one, _told), number in zip(sent, counted, strict=True))
        rate = clicks.rate(sum(counted), delivered)
        if rate is not None:
            note = _("%(clicked)s unique clickers in %(delivered)s delivered letters.")
            note %= {"clicked": sum(counted), "delivered": delivered}
            yield annual.Tally(key, rate, rows, delivered, note, said)


def _row(letter: Letter, amount: int) -> annual.Behind:
    title = content.in_tongue(letter.subjects, letters.tongue())
    return annual.Behind(letter.key, title, reverse("newsletter:letter", args=[letter.key]), amount)
