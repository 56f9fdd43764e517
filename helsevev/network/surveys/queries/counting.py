"""What was counted: rates, results and themes, as they may be told."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helsevev.commons.mail.models import Message
from helsevev.core.surveys import asking, tallying
from helsevev.core.surveys.asking import Question
from helsevev.core.surveys.rates import Rates
from helsevev.core.surveys.suppression import LEAST, hidden
from helsevev.core.surveys.tallying import Results
from helsevev.network.surveys.models import Survey
from helsevev.network.surveys.queries.surveys import form_of
from helsevev.network.surveys.rules.states import State

# A letter that lies here because no mail server is set is the demonstration's way of reaching somebody.
ARRIVED = (Message.State.SENT, Message.State.KEPT)
KEEP = "survey:"


@dataclass(frozen=True)
class Themes:
    """What people wrote of in answer to one question (temaer): how many wrote, and how many of each told theme."""

    texts: int
    told: Mapping[str, int] = field(default_factory=dict)
    is_hidden: bool = False


@dataclass(frozen=True)
class Counted:
    """All that may be told of a survey."""

    survey: Survey
    questions: tuple[Question, ...]
    results: Results
    rates: Rates
    words: Mapping[str, Themes]


def rates(survey: Survey) -> Rates:
    """How many came how far; as it was when it was counted, where it is."""
    if survey.results:
        return Rates(**json.loads(survey.results)["rates"])
    completed = survey.responses.count() + survey.waiting.count()
    if survey.link:
        return Rates(survey.handed_out, None, max(survey.started, completed), completed)
    rows = list(survey.invitations.values_list("key", "started", "answered"))
    reached = _reached(survey) | {str(key) for key, started, _answered in rows if started}
    return Rates(len(rows), len(reached), sum(started for _key, started, _answered in rows), completed)


def _reached(survey: Survey) -> set[str]:
    keys = {str(key) for key in survey.invitations.values_list("key", flat=True)}
    if not keys:
        return set()
    since = survey.opened_at
    letters = Message.objects.filter(kind="survey", state__in=ARRIVED, **({"written_at__gte": since} if since else {}))
    return keys & {key.split(":")[1] for key in letters.values_list("key", flat=True) if key.startswith(KEEP)}


def rates_json(survey: Survey) -> dict[str, Any]:
    """What is kept of the rates."""
    return dict(vars(rates(survey)))


def themes(survey: Survey) -> dict[str, Themes]:
    """What may be told of people's own words: never the words, and no theme that fewer than five wrote of.

    What is left when the told themes are taken from all that was written is no small group either.
    """
    found = {}
    for question in asking.open_questions(form_of(survey)):
        rows = survey.remarks.filter(question=question).values_list("theme__name", flat=True)
        sizes = Counter(name or "" for name in rows)
        texts = sum(sizes.values())
        if not texts:
            continue
        covered = hidden(sizes, {name: (size,) for name, size in sizes.items()})
        told = {name: size for name, size in sizes.most_common() if name and name not in covered and texts >= LEAST}
        found[question] = Themes(texts if texts >= LEAST else 0, told, texts < LEAST)
    return found


def with_words(survey: Survey) -> dict[str, Any]:
    """What is kept when a survey is published: what was counted, with the themes as they stand now."""
    kept: dict[str, Any] = json.loads(survey.results)
    return {**kept, "words": {key: vars(one) for key, one in themes(survey).items()}}


def counted(survey: Survey) -> Counted | None:
    """All that may be told; None before it is counted."""
    if survey.state not in (State.COUNTED, State.PUBLISHED):
        return None
    kept = json.loads(survey.results)
    words = {key: Themes(**one) for key, one in kept["words"].items()}
    return Counted(
        survey,
        asking.questions(form_of(survey)),
        tallying.from_json(kept["questions"]),
        Rates(**kept["rates"]),
        words if survey.state == State.PUBLISHED else themes(survey),
    )
