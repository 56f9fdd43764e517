"""What a demonstration shows of visits: two years of invented numbers, the same for the same day."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from helsevev.core.visits import CHANNELS, month_of, quarter_of
from helsevev.network.visits.models import Channel, Day, Month, Tally

SEED = 2022
BACK_DAYS = 730
CHANNEL_SHARES = (46, 33, 11, 4, 6)
DEVICE_SHARES: Mapping[str, int] = {"computer": 76, "mobile": 19, "tablet": 4, "other_device": 1}
PAGES: Sequence[tuple[str, int]] = (
    ("/", 300),
    ("/portfolio/", 140),
    ("/knowledge/", 120),
    ("/portfolio/dashboard/", 70),
    ("/calls/", 60),
    ("/meetings/", 55),
    ("/portfolio/fonna-bu/", 40),
    ("/portfolio/sus-barsel/", 34),
    ("/about/", 30),
    ("/reports/2022/", 22),
    ("/organisations/", 18),
    ("/privacy/", 3),
)
HOSTS: Sequence[tuple[str, int]] = (
    ("search.example.invalid", 460),
    ("social.example.invalid", 110),
    ("kommune.example.invalid", 34),
    ("sykehus.example.invalid", 22),
)
LANGUAGES: Sequence[tuple[str, int]] = (("nb", 780), ("nn", 90), ("en", 80), ("sv", 20), ("da", 12), ("", 8), ("se", 2))
COUNTRIES: Sequence[tuple[str, int]] = (("NO", 850), ("", 70), ("GB", 30), ("US", 28), ("SE", 20), ("DK", 12))
FOLLOWERS: Mapping[str, tuple[int, int, int]] = {
    "facebook": (900, 14, 420),
    "linkedin": (1300, 48, 900),
    "instagram": (700, 11, 260),
}


@transaction.atomic
def demonstrate() -> int:
    """Make them, where nothing has been counted; how many days."""
    if not settings.DEMO or Day.objects.exists():
        return 0
    drawn = random.Random(SEED)  # noqa: S311 - invented numbers, not secrets
    today = timezone.localdate()
    first = quarter_of(today - timedelta(days=BACK_DAYS)).first
    days = [_day(first + timedelta(days=at), drawn) for at in range((today - first).days)]
    Day.objects.bulk_create(days)
    Tally.objects.bulk_create(_tallies(days))
    Month.objects.bulk_create(_followers(first, today, drawn))
    return len(days)


def _day(day: date, drawn: random.Random) -> Day:
    """Fewer at weekends and in July, more each year."""
    level = 118 * (1 + (day - date(2024, 1, 1)).days / 2400)
    level *= 0.3 if day.weekday() > 4 else 0.55 if day.month == 7 else 1
    visits = max(1, round(level * drawn.uniform(0.75, 1.25)))
    by_channel = _parted(visits, dict(zip(map(str, CHANNELS), CHANNEL_SHARES, strict=True)), drawn)
    views = round(visits * drawn.uniform(2.2, 2.9))
    return Day(
        day=day,
        views=views,
        visitors=round(visits * drawn.uniform(0.74, 0.86)),
        robots=round(views * 0.4),
        declined=round(visits * 0.05),
        **by_channel,
        **_parted(visits, DEVICE_SHARES, drawn),
    )


def _parted(whole: int, shares: Mapping[str, int], drawn: random.Random) -> dict[str, int]:
    """A whole number in parts that add up."""
    found = dict.fromkeys(shares, 0)
    for name in drawn.choices(list(shares), list(shares.values()), k=whole):
        found[name] += 1
    return found


def _tallies(days: Sequence[Day]) -> Iterator[Tally]:
    months: dict[date, tuple[int, int]] = {}
    for one in days:
        views, visits = months.get(month_of(one.day).first, (0, 0))
        months[month_of(one.day).first] = (views + one.views, visits + sum(getattr(one, name) for name in CHANNELS))
    for month, (views, visits) in months.items():
        for kind, whole, parts in _kinds(views, visits):
            scale = sum(weight for _value, weight in parts)
            for value, weight in parts:
                yield Tally(month=month, kind=kind, value=value, count=round(whole * weight / scale))


def _kinds(views: int, visits: int) -> Iterator[tuple[str, int, Sequence[tuple[str, int]]]]:
    yield "page", views, PAGES
    yield "host", round(visits * 0.63), HOSTS
    yield "language", visits, LANGUAGES
    yield "country", visits, COUNTRIES


def _followers(first: date, today: date, drawn: random.Random) -> Iterator[Month]:
    """Each month that is over."""
    for channel in Channel.objects.filter(key__in=FOLLOWERS):
        followers, gain, reach = FOLLOWERS[channel.key]
        month = first
        while month < today.replace(day=1):
            new = round(gain * drawn.uniform(0.6, 1.5))
            followers += new
            numbers = {"followers": followers, "new": new, "reach": round(reach * drawn.uniform(0.8, 1.3))}
            yield Month(channel=channel, month=month, changed_by="system:demo", **numbers)
            month = month_of(month_of(month).last + timedelta(days=1)).first
