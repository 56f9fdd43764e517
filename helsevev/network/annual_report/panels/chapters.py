"""The chapters of a report: which figures stand together, and which of them are drawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helsevev.core import charts
from helsevev.core.charts import Drawable
from helsevev.core.charts.wording import number
from helsevev.core.words import gettext_noop

Figure = Mapping[str, Any]
# A chapter's name, its title, and the beginnings of its figures' keys.
CHAPTERS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("projects", gettext_noop("Projects"), ("projects.", "rounds.", "hours.")),
    ("meetings", gettext_noop("Meetings and courses"), ("meetings.", "courses.", "participants.", "podcast.")),
    ("resources", gettext_noop("Resources, newsletter and social media"), ("resources.", "newsletter.", "social.")),
    ("visits", gettext_noop("Visits to the site"), ("web.",)),
    ("survey", gettext_noop("What the projects answered"), ("survey.",)),
)
FAMILIES: Mapping[str, tuple[str, str]] = {
    "projects.by_region.": ("regions", gettext_noop("Health region")),
    "projects.by_phase.": ("phases", gettext_noop("Phase")),
    "projects.by_patient_group.": ("patient-groups", gettext_noop("Patient group")),
    "web.visits.": ("visits", gettext_noop("Quarter")),
    "web.channels.": ("channels", gettext_noop("Came by")),
}
HEADLINES = ("projects.total", "projects.new", "meetings.webinars", "meetings.network", "meetings.national")


@dataclass(frozen=True)
class Chapter:
    """A chapter (kapittel): figures for a table, charts, and the survey's answers apart, as they are drawn."""

    name: str
    title: str
    figures: Sequence[Figure]
    drawn: Sequence[Drawable] = field(default=())
    asked: Sequence[Figure] = field(default=())

    @property
    def lists(self) -> tuple[Sequence[Figure], Sequence[Figure]]:
        """All figures, those of the survey last."""
        return self.figures, self.asked


def chapters(document: Mapping[str, Any], language: str) -> list[Chapter]:
    """The chapters that something is known for."""
    found = []
    for name, title, beginnings in CHAPTERS:
        figures = [one for one in document["figures"] if one["key"].startswith(beginnings) and _is_known(one)]
        if not figures:
            continue
        asked = [one for one in figures if name == "survey" and _levels(one)]
        listed = [one for one in figures if one not in asked]
        drawn = [*_bars(figures, language), *_likert(asked, language)]
        found.append(Chapter(name, _(title), listed, drawn, asked))
    return found


def headlines(document: Mapping[str, Any]) -> list[Figure]:
    """The few numbers that a reader sees first."""
    by_key = {one["key"]: one for one in document["figures"]}
    return [by_key[key] for key in HEADLINES if key in by_key and _is_known(by_key[key])]


def shown(figure: Figure) -> float | None:
    """What is shown first: what was counted, else what the source states."""
    value: float | None = figure["stated"] if figure["counted"] is None else figure["counted"]
    return value


def _is_known(one: Figure) -> bool:
    return one["counted"] is not None or one["stated"] is not None


def _levels(one: Figure) -> bool:
    return ": " in one["label"]


def _bars(figures: Sequence[Figure], language: str) -> Iterator[charts.Drawable]:
    """One chart for each family with more than one value."""
    for family, (name, head) in FAMILIES.items():
        members = [one for one in figures if one["key"].startswith(family)]
        drawn = [(one, value) for one in members if (value := _drawn(one, members)) is not None]
        if len(drawn) > 1 and any(value for _one, value in drawn):
            yield _chart(name, _(head), drawn, language)


def _drawn(one: Figure, members: Sequence[Figure]) -> float | None:
    """Counted where something was counted; where no row states it, what the source gives as totals."""
    named = [member for member in members if not member["key"].endswith(".not_stated")]
    if any(member["counted"] for member in named):
        return one["counted"]  # type: ignore[no-any-return]
    return None if one["key"].endswith(".not_stated") else one["stated"]


def _chart(name: str, head: str, drawn: Sequence[tuple[Figure, float]], language: str) -> charts.Bars:
    stated = [(one, value) for one, value in drawn if not one["key"].endswith(".not_stated")]
    most = max(value for _one, value in stated)
    leading = [one["label"] for one, value in stated if value == most]
    unit = str(drawn[0][0]["unit"])
    title = _("%(name)s: %(leading)s highest, with %(number)s %(unit)s") % {
        "name": head,
        "leading": ", ".join(leading),
        "number": number(most, language),
        "unit": unit,
    }
    rows = tuple(
        charts.Row(one["label"], value, value == most, stated=not one["key"].endswith(".not_stated"))
        for one, value in drawn
    )
    counted = all(one["counted"] is not None for one, _value in drawn)
    note = _("Counted from the projects of the appendix.") if counted else _("As the source states it, not counted.")
    return charts.Bars(name=name, title=title, heads=(head, unit), rows=rows, note=note, language=language)


def _likert(asked: Sequence[Figure], language: str) -> Iterator[charts.Drawable]:
    """One chart for each question: all that was asked on its scale."""
    notes = {one["definition"]: one["note"] if one["n"] else _("n not stated by the source.") for one in asked}
    for place, (question, levels, items) in enumerate(_on_one_scale(asked)):
        yield charts.Likert(
            name=f"survey-{place + 1}",
            title=_message(items),
            heads=(question, *levels),
            rows=tuple(charts.Answers(item, tuple(shares.values())) for item, shares in items.items()),
            levels=levels,
            note=f"{question}{'' if question.endswith('?') else '.'} {notes[question]}",
            language=language,
        )


Items = dict[str, dict[str, float]]


def _on_one_scale(asked: Sequence[Figure]) -> Iterator[tuple[str, tuple[str, ...], Items]]:
    """What was asked under one heading and answered on one scale."""
    items: dict[str, Items] = {}
    for one in asked:
        item, _colon, level = str(one["label"]).rpartition(": ")
        items.setdefault(one["definition"], {}).setdefault(item, {})[level] = shown(one) or 0
    for question, rows in items.items():
        for levels in dict.fromkeys(tuple(shares) for shares in rows.values()):
            yield question, levels, {item: shares for item, shares in rows.items() if tuple(shares) == levels}


def _message(items: Mapping[str, Mapping[str, float]]) -> str:
    """What the answers say: the statement that most agree to, by the two highest levels."""
    agreed = {item: sum(list(shares.values())[:2]) for item, shares in items.items()}
    best = max(agreed, key=lambda item: agreed[item])
    values = {"item": best, "share": round(agreed[best])}
    return (
        ngettext(
            "“%(item)s”: %(share)s percent chose one of the two highest levels",
            "Most agree on “%(item)s”: %(share)s percent chose one of the two highest levels",
            len(items),
        )
        % values
    )
