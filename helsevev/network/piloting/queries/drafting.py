"""What the system knows already of a project, as the first draft of its experience (utkast)."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helsevev.commons.initiatives.models import Initiative
from helsevev.core.languages import in_language
from helsevev.network.guidance.models import AgreedItem, Session
from helsevev.network.guidance.queries import hours, rooms
from helsevev.network.piloting.queries import pilots, telling, words
from helsevev.network.piloting.queries.pilots import Story
from helsevev.network.piloting.rules.forecasting import SENTENCES, Level
from helsevev.network.piloting.rules.reviewing import CHOICE_NAMES, DECISION_NAMES, Choice, Decision
from helsevev.network.portfolio.models import Project


def draft(initiative: Initiative) -> dict[str, Any]:
    """Every part as far as it is known; what nobody has told is left empty."""
    pilot = pilots.newest(initiative)
    story = pilots.story(pilot) if pilot else None
    language = get_language() or "nb"
    result = story.result if story else None
    return {
        "language": language,
        "title": in_language(language, initiative.titles).text,
        "goal": _joined(_goal(initiative, language)),
        "done": _joined([*_guidance(initiative), *(_pilot(story) if story else [])]),
        "benefits": _joined([telling.outcome(row) for row in result.outcomes] if result else []),
        "failed": _joined(_failed(story) if story else []),
        "advice": _joined([result.others] if result else []),
        "costs": _joined([*_hours(initiative), *(_resources(story) if story else [])]),
        "outcomes": list(result.outcomes) if result else [],
        "words": [{"name": one.name, "text": one.text} for one in words.current(initiative).values()],
    }


def _joined(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line)


def _goal(initiative: Initiative, language: str) -> list[str]:
    project = Project.objects.filter(pk=initiative.pk).first()
    summary = ""
    if project:
        texts = {"nb": project.summary_nb, "nn": project.summary_nn, "en": project.summary_en}
        summary = in_language(language, texts).text
    engagement = rooms.engagement_of(initiative)
    goals = AgreedItem.objects.filter(engagement=engagement, kind="goal", dropped_on=None) if engagement else []
    return [summary, *(one.text for one in goals)]


def _guidance(initiative: Initiative) -> list[str]:
    engagement = rooms.engagement_of(initiative)
    if engagement is None:
        return []
    held = Session.objects.filter(engagement=engagement, state="held").count()
    said = {"first": telling.day(engagement.starts), "last": telling.day(engagement.ends), "sessions": held}
    return [_("Guidance from %(first)s to %(last)s, with %(sessions)s sessions held.") % said]


def _hours(initiative: Initiative) -> list[str]:
    engagement = rooms.engagement_of(initiative)
    if engagement is None:
        return []
    found = hours.balance(engagement)
    said = {"used": telling.number(found.used / 60, 1), "granted": telling.number(found.granted / 60, 1)}
    return [_("Guidance: %(used)s of %(granted)s hours were used.") % said]


def _resources(story: Story) -> list[str]:
    if story.now is None:
        return []
    parts = telling.protocol_parts(story.now.row.content)
    return [line for part in parts if part.title == _("What each party puts in") for line in part.lines]


def _pilot(story: Story) -> list[str]:
    """When it was, how many were in, and what was decided."""
    if story.now is None or story.plan is None or story.pace is None:
        return []
    plan = story.plan
    said = {
        "first": telling.day(plan.first),
        "last": telling.day(plan.last),
        "included": story.pace.included,
        "planned": plan.planned,
        "least": plan.least,
    }
    found = [
        _("Pilot from %(first)s to %(last)s: %(included)s included, %(planned)s planned, at least %(least)s needed.")
        % said
    ]
    if story.result:
        found.append(f"{_(DECISION_NAMES[Decision(story.result.decision)])}. {story.result.reason}")
    return found


def _failed(story: Story) -> list[str]:
    """A least number that was missed, why people were excluded, and reviews that didn't go on as agreed."""
    found = []
    outlook = story.outlook
    if outlook and outlook.level in (Level.MISSED, Level.WARN, Level.WATCH):
        found.append(_(SENTENCES[outlook.level]) % dict(outlook.values))
    if excluded := _excluded(story):
        found.append(_("Excluded: %(reasons)s.") % {"reasons": excluded})
    found += [
        f"{telling.day(one.held_on)}: {_(CHOICE_NAMES[Choice(one.choice)])}. {one.why}"
        for one in story.reviews
        if one.choice != Choice.GO_ON
    ]
    return [*found, story.result.learned] if story.result else found


def _excluded(story: Story) -> str:
    """How many were excluded for what."""
    sums = story.excluded()
    labels = story.reason_names
    return ", ".join(f"{_(labels.get(name, name))}: {count}" for name, count in sums.items() if count)
