"""What a letter can tell of: everything that was published since the last one, and what is to come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.core import news
from helsevev.core.charts.wording import day as day_said
from helsevev.core.languages import in_language
from helsevev.core.newsletter.content import LANGUAGES, Kind
from helsevev.network.applications.queries import rounds
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules.rounds import Standing
from helsevev.network.applications.rules.rounds_content import Text
from helsevev.network.events.models import Meeting
from helsevev.network.events.queries import meetings
from helsevev.network.events.rules.meetings import KIND_NAMES, State
from helsevev.network.events.rules.meetings import Kind as MeetingKind
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.wording import lead

AHEAD = timedelta(days=75)
MOST = 40
Texts = dict[str, str]


@dataclass(frozen=True)
class Candidate:
    """Something that a letter can tell of (kandidat), with its words in the languages of letters."""

    kind: Kind
    source: str
    titles: Texts
    texts: Texts
    address: str
    at: datetime | None = None


def candidates(since: datetime) -> list[Candidate]:
    """All of it, by kind."""
    now = timezone.now()
    return [*_pages(since), *_projects(since), *_meetings(since, now), *_calls(now)]


def by_source(since: datetime, sources: Iterable[str]) -> list[Candidate]:
    """Those that were chosen."""
    wanted = set(sources)
    return [one for one in candidates(since) if one.source in wanted]


def _path(name: str, *words: object) -> str:
    """A page's path without its language."""
    with override(LANGUAGES[0]):
        return reverse(name, args=words).removeprefix(f"/{LANGUAGES[0]}")


def _pages(since: datetime) -> Iterator[Candidate]:
    for one in news.since(since)[:MOST]:
        titles, texts = (_of(said) for said in (one.titles, one.texts))
        yield Candidate(Kind.PAGE, one.source, titles, texts, one.path, one.at)


def _of(said: object) -> Texts:
    """Words in each language of letters, the nearest where one isn't written."""
    texts = dict(said)  # type: ignore[call-overload] # a mapping of texts
    return {language: in_language(language, texts).text for language in LANGUAGES}


def _projects(since: datetime) -> Iterator[Candidate]:
    rows = Project.objects.filter(published=True, initiative__changed_at__gt=since).select_related("initiative")
    for row in rows.order_by("-initiative__changed_at", "-initiative_id")[:MOST]:
        summaries = _of({"nb": row.summary_nb, "nn": row.summary_nn, "en": row.summary_en})
        texts = {language: lead(text) for language, text in summaries.items()}
        address = _path("portfolio:project", row.initiative.key)
        titles = _of(row.initiative.titles)
        yield Candidate(
            Kind.PROJECT, f"project:{row.initiative.key}", titles, texts, address, row.initiative.changed_at
        )


def _meetings(since: datetime, now: datetime) -> Iterator[Candidate]:
    """Meetings to come, and recordings that came."""
    today = timezone.localdate(now)
    coming = meetings.public().filter(state=State.PUBLISHED, day__range=(today, today + AHEAD)).order_by("day", "key")
    filmed = meetings.public().filter(state=State.PUBLISHED, recording_published_at__gt=since).order_by("day", "key")
    for row in coming[:MOST]:
        texts = {language: f"{_when(row, language)}\n\n{row.lead}".strip() for language in LANGUAGES}
        titles = dict.fromkeys(LANGUAGES, row.title)
        yield Candidate(Kind.MEETING, f"meeting:{row.key}", titles, texts, _path("events:meeting", row.key))
    for row in filmed[:MOST]:
        titles = {language: _recording(row, language) for language in LANGUAGES}
        texts = dict.fromkeys(LANGUAGES, row.lead)
        yield Candidate(Kind.MEETING, f"recording:{row.key}", titles, texts, _path("events:meeting", row.key))


def _recording(row: Meeting, language: str) -> str:
    with override(language):
        return _("Recording: %(title)s") % {"title": row.title}


def _when(row: Meeting, language: str) -> str:
    with override(language):
        kind, day = _(KIND_NAMES[MeetingKind(row.kind)]), day_said(row.day.isoformat(), language)
        return (
            f"{kind}, {day}" + (f", {row.starts:%H.%M}" if row.starts else "") + (f", {row.place}" if row.place else "")
        )


def _calls(now: datetime) -> Iterator[Candidate]:
    for row in rounds.in_standing(now, Standing.OPEN, Standing.ANNOUNCED):
        titles, texts = {}, {}
        for language in LANGUAGES:
            with override(language):
                titles[language] = _("Call: %(name)s") % {"name": showing.name(row)}
            texts[language] = in_language(language, dict(row.texts.get(Text.ABOUT, {}))).text
        yield Candidate(
            Kind.CALL, f"call:{row.code}", titles, texts, _path("applications:call", row.code), row.closes_at
        )
