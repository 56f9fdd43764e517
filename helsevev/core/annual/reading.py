"""Reads what a source states of a year, in the shape of `annual_report_2022` in `docs/portfolio.schema.json`."""

from collections.abc import Iterator, Mapping
from functools import reduce

from helsevev.core import slugs
from helsevev.core.annual.facts import Stated
from helsevev.core.faults import Fault, place, quoted
from helsevev.core.roadmap import PHASES
from helsevev.core.words import Refusal, gettext_noop

NOT_OBJECT = gettext_noop("%(value)s is not an object")
NOT_NUMBER = gettext_noop("%(value)s is not a number")
NOT_YEAR = gettext_noop("%(value)s is not a year")
NOT_LIST = gettext_noop("%(value)s is not a list of %(count)s numbers")

Path = tuple[str, ...]
# Where a number stands in the file, and the figure it states.
PLAIN: Mapping[Path, str] = {
    ("projects_total",): "projects.total",
    ("active_projects_2023_01_01",): "projects.active",
    ("innovation",): "projects.innovation",
    ("spread",): "projects.spread",
    ("fonna_model_new_regions",): "projects.fonna_new_regions",
    ("rounds_per_year", "2022"): "rounds.held",
    ("webinars",): "meetings.webinars",
    ("network_meetings",): "meetings.network",
    ("national_meetings",): "meetings.national",
    ("intro_courses",): "courses.intro",
    ("resources_published_bullets", "project experiences"): "resources.experiences",
    ("resources_published_bullets", "resources and templates"): "resources.tools",
    ("resources_published_bullets", "reports and research"): "resources.reports",
    ("newsletter", "subscribers_min"): "newsletter.subscribers",
    ("newsletter", "click_rate_pct_about"): "newsletter.click_rate_pct",
    ("web", "channels_pct", "organic search"): "web.channels.search",
    ("web", "channels_pct", "direct"): "web.channels.direct",
    ("web", "channels_pct", "social"): "web.channels.social",
    ("web", "channels_pct", "link"): "web.channels.link",
    ("web", "new_visitors_pct"): "web.new_visitors_pct",
    ("web", "returning_visitors_pct"): "web.returning_visitors_pct",
    ("web", "pc_pct_about"): "web.pc_pct",
    ("web", "mobile_tablet_pct_about"): "web.mobile_tablet_pct",
    ("web", "google_or_direct_pct"): "web.search_or_direct_pct",
    ("competence_meets_needs_pct_min",): "survey.competence.at_least_some",
}
APPROXIMATE = frozenset({"newsletter.subscribers", "newsletter.click_rate_pct", "web.pc_pct", "web.mobile_tablet_pct"})
QUARTERS: Mapping[Path, str] = {
    ("web", "visits_by_quarter"): "web.visits.Q{}",
    ("web", "unique_by_quarter"): "web.unique.Q{}",
    ("by_region_figure_order",): "projects.by_region_figure.{}",
}
PHASES_NB = ("Forankring", "Innsikt", "Tjenesteutvikling", "Pilotering", "Overgang til drift", "Ny praksis")
SOCIAL = {"followers": "followers", "new": "new", "growth_pct": "growth_pct", "reach_per_month": "reach"}


def read(value: object, at: str) -> tuple[int, list[Stated], list[Fault]]:
    """Year, what is stated of it, and every fault with its place. A null is not stated; other keys are passed by."""
    if not isinstance(value, Mapping):
        return 0, [], [Fault(at, Refusal(NOT_OBJECT, {"value": quoted(value)}))]
    year = value.get("year")
    if not isinstance(year, int) or isinstance(year, bool) or not 1900 < year < 2200:
        return 0, [], [Fault(place((at, "year")), Refusal(NOT_YEAR, {"value": quoted(year)}))]
    found: list[Stated] = []
    faults: list[Fault] = []
    for where, key, label, number in _numbers(value, faults, at):
        if number is None:
            continue
        if isinstance(number, bool) or not isinstance(number, int | float):
            faults.append(Fault(place((at, *where)), Refusal(NOT_NUMBER, {"value": quoted(number)})))
        else:
            found.append(Stated(key, float(number), label, approximate=key in APPROXIMATE))
    return year, found, faults


Number = tuple[tuple[str | int, ...], str, str, object]


def _numbers(value: Mapping[str, object], faults: list[Fault], at: str) -> Iterator[Number]:
    """Every stated thing: where it stands, its key, the source's wording, and what stands there."""
    for path, key in PLAIN.items():
        yield path, key, "", _at(value, path)
    for path, key in QUARTERS.items():
        yield from _series(path, key, _at(value, path), faults, at)
    for name, phase in zip(PHASES_NB, PHASES, strict=True):
        yield ("by_phase", name), f"projects.by_phase.{phase}", "", _at(value, ("by_phase", name))
    for group, one in _object(value, "by_patient_group").items():
        yield ("by_patient_group", group), f"projects.by_patient_group.{group}", "", one
    for channel, told in _object(value, "social").items():
        for name, key in SOCIAL.items():
            yield ("social", channel, name), f"social.{channel.lower()}.{key}", channel, _at(told, (name,))
    yield from _survey(value)


def _series(path: Path, key: str, series: object, faults: list[Fault], at: str) -> Iterator[Number]:
    """Four numbers in their order."""
    if series is None:
        return
    if not isinstance(series, list) or len(series) != 4:
        faults.append(Fault(place((at, *path)), Refusal(NOT_LIST, {"value": quoted(series), "count": 4})))
        return
    for number, one in enumerate(series):
        yield (*path, number), key.format(number + 1), "", one


def _survey(value: Mapping[str, object]) -> Iterator[Number]:
    """Every level of every item, as `survey.<item>.<level>`; the wording is the question's and the item's."""
    questions = value.get("satisfaction")
    for number, question in enumerate(questions if isinstance(questions, list) else []):
        asked, scale = _at(question, ("question",)), _at(question, ("scale",))
        for item, levels in _object(question, "items").items():
            answers = levels if isinstance(levels, list) else []
            for level, one in enumerate(answers):
                word = scale[level] if isinstance(scale, list) and level < len(scale) else ""
                key = f"survey.{slug(item)}.{level_key(level, len(answers), str(word))}"
                where = ("satisfaction", number, "items", item, level)
                yield where, key, f"{asked} | {item} | {word}", one


DEGREES = ("very_high", "high", "some", "low", "very_low")
CONTENT = ("very_satisfied", "satisfied", "neither", "dissatisfied", "very_dissatisfied")


def level_key(level: int, count: int, word: str) -> str:
    """The name of a level (nivå): of a degree, of being content, or its place where the scale is another."""
    if count != len(DEGREES):
        return str(level + 1)
    return (CONTENT if "fornøyd" in word.lower() else DEGREES)[level]


def slug(text: str) -> str:
    """A short name that stays the same for the same words: the first six, in plain letters."""
    return "-".join(slugs.slug(text).split("-")[:6])


def _at(value: object, path: Path) -> object:
    """What stands at a place; None where there is nothing."""
    return reduce(lambda one, name: one.get(name) if isinstance(one, Mapping) else None, path, value)


def _object(value: object, name: str) -> Mapping[str, object]:
    found = _at(value, (name,))
    return found if isinstance(found, Mapping) else {}
