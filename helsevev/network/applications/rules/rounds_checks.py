"""What a round lacks before its call can be published (sjekkliste). Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.applications.rules.rounds import Part, Times
from helsevev.network.applications.rules.rounds_content import (
    FULL_WEIGHT,
    OUTCOME_NAMES,
    TEXT_NAMES,
    Content,
    Criterion,
    CriterionKind,
    Outcome,
    Support,
    Text,
)

SHORT = timedelta(days=14)


class Why(StrEnum):
    """What is missing or doesn't fit."""

    TIMES_MISSING = gettext_noop("Say when the call opens, when it closes and when it is decided.")
    TIMES_ORDER = gettext_noop("It must open before it closes, and close before it is decided.")
    CLOSES_PAST = gettext_noop("The deadline has passed already.")
    OVERLAPS = gettext_noop("Another call, %(round)s, is open at the same time.")
    NO_FORM = gettext_noop("Choose the form that applicants fill in.")
    NO_SUPPORT = gettext_noop("Choose at least one kind of support.")
    NO_THEMES = gettext_noop("Name at least one theme for group guidance.")
    NO_HOURS = gettext_noop("Say how many hours of guidance the round has to give.")
    NO_TEXT = gettext_noop("Write “%(text)s” in bokmål.")
    NO_ELIGIBILITY = gettext_noop("Name at least one criterion for being let in.")
    NO_ASSESSED = gettext_noop("Name at least one criterion that is weighed.")
    WEIGHTS = gettext_noop("The weights add up to %(sum)s percent; they must add up to 100.")
    LEVELS = gettext_noop("“%(criterion)s” needs at least two levels, each with a text in bokmål.")
    SAME_SCORE = gettext_noop("“%(criterion)s” has two levels with the same score.")
    UNKNOWN_FIELD = gettext_noop("The letter “%(letter)s” names {%(field)s}, which nothing can be put in place of.")
    SHORT_TIME = gettext_noop("Applicants get less than two weeks.")
    NO_PANEL = gettext_noop("Nobody is on the panel yet.")
    NO_LETTER = gettext_noop("The letter “%(letter)s” isn't written in bokmål yet.")
    CRITERION_NAME = gettext_noop("Every criterion needs a name in bokmål.")


@dataclass(frozen=True)
class Found:
    """Something that a check found: in which part, what, and whether publishing must wait for it."""

    part: Part
    refusal: Refusal
    stops: bool = True


def check(content: Content, times: Times, others: Iterable[tuple[str, Times]], now: datetime) -> list[Found]:
    """Everything that a round lacks; what doesn't stop publication stands last."""
    found = [*_times(times, others, now), *_offer(content), *_texts(content), *_criteria(content), *_letters(content)]
    if not content.assessors:
        found.append(Found(Part.PANEL, Refusal(Why.NO_PANEL), stops=False))
    return sorted(found, key=lambda one: not one.stops)


def _times(times: Times, others: Iterable[tuple[str, Times]], now: datetime) -> Iterator[Found]:
    opens, closes, decides = times.opens, times.closes, times.decides
    if opens is None or closes is None or decides is None:
        yield Found(Part.DATES, Refusal(Why.TIMES_MISSING))
        return
    if not opens < closes < decides:
        yield Found(Part.DATES, Refusal(Why.TIMES_ORDER))
    if closes <= now:
        yield Found(Part.DATES, Refusal(Why.CLOSES_PAST))
    elif opens < closes and closes - max(opens, now) < SHORT:
        yield Found(Part.DATES, Refusal(Why.SHORT_TIME), stops=False)
    for name, other in others:
        if other.opens and other.closes and opens < (other.closed_at or other.closes) and other.opens < closes:
            yield Found(Part.DATES, Refusal(Why.OVERLAPS, {"round": name}))


def _offer(content: Content) -> Iterator[Found]:
    if not content.has_form:
        yield Found(Part.DATES, Refusal(Why.NO_FORM))
    if not content.supports:
        yield Found(Part.OFFER, Refusal(Why.NO_SUPPORT))
    if Support.GROUP in content.supports and not content.themes:
        yield Found(Part.OFFER, Refusal(Why.NO_THEMES))
    if content.hours < 1:
        yield Found(Part.OFFER, Refusal(Why.NO_HOURS))


def _texts(content: Content) -> Iterator[Found]:
    for text in (Text.WHO, Text.WEIGHED, Text.GUIDANCE):
        if not content.texts.get(text, {}).get("nb"):
            yield Found(Part.TEXTS, Refusal(Why.NO_TEXT, {"text": TEXT_NAMES[text]}))


def _criteria(content: Content) -> Iterator[Found]:
    assessed = [one for one in content.criteria if one.kind is CriterionKind.ASSESSED]
    if len(assessed) == len(content.criteria):
        yield Found(Part.CRITERIA, Refusal(Why.NO_ELIGIBILITY))
    if any(not one.names.get("nb") for one in content.criteria):
        yield Found(Part.CRITERIA, Refusal(Why.CRITERION_NAME))
    if not assessed:
        yield Found(Part.CRITERIA, Refusal(Why.NO_ASSESSED))
    elif (total := sum(one.weight for one in assessed)) != FULL_WEIGHT:
        yield Found(Part.CRITERIA, Refusal(Why.WEIGHTS, {"sum": total}))
    for one in assessed:
        yield from _levels(one)


def _levels(criterion: Criterion) -> Iterator[Found]:
    said = {"criterion": criterion.names.get("nb", criterion.code)}
    if len(criterion.levels) < 2 or any(not level.texts.get("nb") for level in criterion.levels):
        yield Found(Part.CRITERIA, Refusal(Why.LEVELS, said))
    if len({level.score for level in criterion.levels}) != len(criterion.levels):
        yield Found(Part.CRITERIA, Refusal(Why.SAME_SCORE, said))


def _letters(content: Content) -> Iterator[Found]:
    written = {(letter.outcome, letter.language) for letter in content.letters if letter.subject and letter.body}
    for letter in content.letters:
        for name in letter.unknown:
            said = {"letter": OUTCOME_NAMES[letter.outcome], "field": name}
            yield Found(Part.LETTERS, Refusal(Why.UNKNOWN_FIELD, said))
    for outcome in _outcomes(content):
        if (outcome, "nb") not in written:
            yield Found(Part.LETTERS, Refusal(Why.NO_LETTER, {"letter": OUTCOME_NAMES[outcome]}), stops=False)


def _outcomes(content: Content) -> Iterator[Outcome]:
    """The outcomes that this round can come to."""
    return (one for one in Outcome if one.value not in set(Support) or one.value in content.supports)
