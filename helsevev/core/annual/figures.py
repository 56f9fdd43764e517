"""The figures of a year (tall): what each means, what the rows give, what the source states, and why they differ.

`say` translates a marked sentence, and `name` gives the words of a code ("HV", "insight", "BU") in the same language.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from helsevev.core.annual import wording
from helsevev.core.annual.answers import fitting
from helsevev.core.annual.facts import Facts, Project, Stated, Tally
from helsevev.core.roadmap import PHASES

Say = Callable[[str], str]
REGIONS = ("HN", "HM", "HV", "HSO")
MEETINGS: Mapping[str, str] = {
    "meetings.webinars": "webinar",
    "meetings.network": "network-meeting",
    "meetings.national": "national-meeting-place",
    "courses.intro": "course",
    "meetings.seminars": "seminar",
    "podcast.episodes": "podcast",
}
# What isn't held every year: told of only where there is something.
RARE = frozenset({"meetings.seminars", "podcast.episodes"})


@dataclass(frozen=True)
class Words:
    """How a report speaks: its language, sentences, and the names of codes."""

    language: str
    say: Say
    name: Callable[[str, str], str]
    source: Callable[[str], str]

    def sentence(self, marked: str, **values: object) -> str:
        """A marked sentence with its values."""
        return self.say(marked) % values


@dataclass(frozen=True)
class Figure:
    """One figure (tall). `rows`: the keys of what was counted; `n`: how many a percentage rests on.

    `weighed`: rows make it up by their amounts, as hours do, and not by how many they are.
    """

    key: str
    label: str
    definition: str
    unit: str
    counted: float | None = None
    stated: float | None = None
    note: str = ""
    n: int | None = None
    source: str = ""
    query_digest: str = ""
    rows: tuple[str, ...] = field(default=())
    weighed: bool = False

    @property
    def difference(self) -> float | None:
        """Counted less stated."""
        if self.counted is None or self.stated is None:
            return None
        return round(self.counted - self.stated, 1)


def figures(facts: Facts, words: Words) -> tuple[Figure, ...]:
    """Every figure that something is known of, in the order of the report."""
    return tuple(_Counter(facts, words).all())


@dataclass(frozen=True)
class _Counter:
    facts: Facts
    words: Words

    def all(self) -> Iterator[Figure]:
        yield from self._projects()
        yield from self._by("region", REGIONS, lambda one: one.regions)
        yield from self._region_figure()
        yield from self._by("phase", PHASES, lambda one: (one.phase,) if one.phase else ())
        yield from self._by("patient_group", self._groups(), lambda one: one.patient_groups)
        yield from self._movement()
        yield self._rounds()
        yield from self._meetings()
        yield from map(self._tallied, self.facts.tallies)
        yield from self._only_stated()
        yield from self._answers()

    # --- Projects ----------------------------------------------------------------------------------------------------
    def _projects(self) -> Iterator[Figure]:
        counted = self.facts.counted
        listed = self.words.sentence(wording.TOTAL_DIFFERS, listed=len(counted))
        differs = self.stated("projects.total") not in (None, len(counted))
        yield self.of_projects("projects.total", counted, note=listed if differs else "")
        year = self.facts.year
        yield self.of_projects("projects.new", [one for one in counted if one.award_year == year])
        yield self.of_projects("projects.active", [one for one in counted if one.status == "ongoing"], rest=True)
        for kind in ("innovation", "spread"):
            yield self.of_projects(f"projects.{kind}", [one for one in counted if one.kind == kind], rest=True)
        yield self.of_projects("projects.kind_not_stated", [one for one in counted if not one.kind])

    def of_projects(self, key: str, rows: Iterable[Project], *, note: str = "", rest: bool = False) -> Figure:
        """A number of projects. `rest`: what isn't stated for every project makes the difference."""
        keys = tuple(one.key for one in rows)
        stated = self.stated(key)
        if not note and rest and stated not in (None, len(keys)):
            note = self.words.say(wording.ROWS_STATE_LESS)
        return self.figure(key, float(len(keys)), keys, note=note)

    def _by(self, name: str, codes: Iterable[str], of: Callable[[Project], Sequence[str]]) -> Iterator[Figure]:
        """One figure for each value, and one for those of whom it isn't stated."""
        counted = self.facts.counted
        for code in codes:
            rows = [one for one in counted if code in of(one)]
            yield self.of_projects(f"projects.by_{name}.{code}", rows, rest=True)
        yield self.of_projects(f"projects.by_{name}.not_stated", [one for one in counted if not of(one)])

    def _groups(self) -> list[str]:
        """The patient groups that a project has or a source counts."""
        named = {code for one in self.facts.counted for code in one.patient_groups}
        named |= {key.rpartition(".")[2] for key in self.facts.stated if key.startswith("projects.by_patient_group.")}
        return sorted(named, key=lambda code: (code == "ALLE", code))

    def _region_figure(self) -> Iterator[Figure]:
        """A source's chart whose bars carry no names stands as it is, beside the count."""
        note = self.words.say(wording.REGIONS_UNNAMED)
        for key in sorted(key for key in self.facts.stated if key.startswith("projects.by_region_figure.")):
            yield self.figure(key, None, note=note)

    def _movement(self) -> Iterator[Figure]:
        """How projects moved along the Roadmap; a project counts once in each, however often it moved."""
        counted = self.facts.counted
        for key, further in (("projects.moved_on", True), ("projects.moved_back", False)):
            yield self.of_projects(key, [one for one in counted if further in {way for _phase, way in one.moves}])
        for phase in PHASES:
            if reached := [one for one in counted if phase in {met for met, _way in one.moves}]:
                yield self.of_projects(f"projects.reached.{phase}", reached)

    # --- Rounds and meetings -----------------------------------------------------------------------------------------
    def _rounds(self) -> Figure:
        new = [one for one in self.facts.counted if one.award_year == self.facts.year]
        rounds = {one.award_round for one in new if one.award_round}
        note = "" if rounds else self.words.say(wording.ROUNDS_UNSTATED)
        keys = tuple(f"{self.facts.year}-{number}" for number in sorted(rounds))
        return self.figure("rounds.held", float(len(rounds)) if rounds else None, keys, note=note)

    def _meetings(self) -> Iterator[Figure]:
        for key, kind in MEETINGS.items():
            if self.facts.meetings is None:
                yield self.figure(key, None)
                continue
            rows = tuple(
                one.key
                for one in self.facts.meetings
                if one.kind == kind and one.on.year == self.facts.year and one.on <= self.facts.cutoff
            )
            missing = not rows and self.stated(key)
            if not rows and key in RARE and not missing:
                continue
            yield self.figure(
                key,
                None if missing else float(len(rows)),
                rows,
                note=self.words.say(wording.NO_ROWS) if missing else "",
            )

    def _tallied(self, tally: Tally) -> Figure:
        """What a room counted, beside what a source states of the same."""
        keys = tuple(row.key for row in tally.rows)
        note = tally.note or (self.words.say(wording.RESOURCES_HERE) if tally.key.startswith("resources.") else "")
        note = note or ("" if tally.n is None else self.words.sentence(wording.N_COUNTED, n=tally.n))
        made = self.figure(tally.key, tally.counted, keys, note=note)
        stated = tally.stated if made.stated is None else made.stated
        weighed = tally.value is not None or any(row.amount != 1 for row in tally.rows)
        return replace(made, n=tally.n, stated=stated, weighed=weighed)

    # --- What a source alone can tell --------------------------------------------------------------------------------
    def _only_stated(self) -> Iterator[Figure]:
        counted = {f"survey.{one.key}.{level}" for one in self.facts.answered for level, _said, _count in one.levels}
        counted |= {one.key for one in self.facts.tallies}
        for key, stated in self.facts.stated.items():
            if key in counted:
                continue
            if key.startswith("survey.") and "|" in stated.label:
                yield self._answer(key, stated)
            elif not key.startswith(("projects.by_", "meetings.", "rounds.", "courses.")) and key not in COUNTED:
                yield self.figure(key, self._worked_out(key), note=self._note(key))

    def _worked_out(self, key: str) -> float | None:
        """What a source's own other figures give."""
        top, _dot, last = key.rpartition(".")
        if last == "growth_pct":
            followers, new = self.stated(f"{top}.followers"), self.stated(f"{top}.new")
            return round(100 * new / (followers - new), 1) if followers and new and followers > new else None
        if key == "web.search_or_direct_pct":
            parts = [self.stated("web.channels.search"), self.stated("web.channels.direct")]
            return sum(one for one in parts if one is not None) if None not in parts else None
        if key == "survey.competence.at_least_some":
            parts = [self.stated(f"survey.kompetanse.{level}") for level in ("very_high", "high", "some")]
            return sum(one for one in parts if one is not None) if None not in parts else None
        return None

    def _note(self, key: str) -> str:
        stated = self.facts.stated[key]
        if key.endswith(".growth_pct") and self._worked_out(key) is not None:
            return self.words.say(wording.GROWTH)
        if key == "survey.competence.at_least_some":
            return self.words.say(wording.COMPETENCE)
        return self.words.say(wording.APPROXIMATE) if stated.approximate else ""

    def _answer(self, key: str, stated: Stated) -> Figure:
        """One level of one item of a survey: a percentage whose n the source may not state."""
        question, item, level = (part.strip() for part in stated.label.split("|"))
        top = key.rpartition(".")[0]
        row = [one.value for name, one in self.facts.stated.items() if name.rpartition(".")[0] == top]
        fits = fitting(row)
        note = self.words.say(wording.N_UNSTATED)
        if len(fits) == 1:
            note += " " + self.words.sentence(wording.N_FITS, n=fits[0])
        return self.figure(key, None, note=note, label=f"{item}: {level}", definition=question)

    def _answers(self) -> Iterator[Figure]:
        """What a survey that was counted here gives, beside what a source states of the same question."""
        for one in self.facts.answered:
            sentence = wording.N_COUNTED if one.invited is None else wording.N_INVITED
            note = self.words.sentence(sentence, n=one.n, invited=one.invited)
            heading, text = (self._in(said) for said in (one.heading, one.text))
            for level, said, count in one.levels:
                key, share = f"survey.{one.key}.{level}", round(100 * count / one.n, 1)
                label = f"{text}: {self._in(said)}"
                yield replace(self.figure(key, share, note=note, label=label, definition=heading or text), n=one.n)

    def _in(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.words.language) or next((text for text in texts.values() if text), "")

    # --- One figure --------------------------------------------------------------------------------------------------
    def stated(self, key: str) -> float | None:
        """What the source states."""
        found = self.facts.stated.get(key)
        return found.value if found else None

    def figure(
        self,
        key: str,
        counted: float | None,
        rows: tuple[str, ...] = (),
        *,
        note: str = "",
        label: str = "",
        definition: str = "",
    ) -> Figure:
        """A figure with its words and the digest of what was asked."""
        own = next((one.said for one in self.facts.tallies if one.key == key), None)
        said = own or wording.of(key)
        stated = self.facts.stated.get(key)
        code = key.rpartition(".")[2]
        channel = stated.label if stated else key.split(".")[1].capitalize()
        names = {"name": self.words.name(key.rpartition(".")[0], code), "channel": channel}
        return Figure(
            key=key,
            label=label or self.words.sentence(said.label, **names, year=self.facts.year),
            definition=definition or self.words.sentence(said.definition, **names, year=self.facts.year),
            unit=self.words.say(said.unit),
            counted=counted,
            stated=stated.value if stated else None,
            note=note,
            source=self.words.source(stated.source) if stated else "",
            query_digest=self._digest(key, said.definition, rows),
            rows=rows,
        )

    def _digest(self, key: str, definition: str, rows: tuple[str, ...]) -> str:
        asked = [key, definition, self.facts.year, self.facts.cutoff.isoformat(), list(rows)]
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()


COUNTED = frozenset(
    {"projects.total", "projects.new", "projects.active", "projects.innovation", "projects.spread"}
    | {"projects.kind_not_stated"}
)
