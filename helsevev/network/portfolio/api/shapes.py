"""What the API is asked with and answers in: the shapes of its OpenAPI document."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.utils import timezone
from ninja import Schema
from pydantic import Field

from helsevev.core.paging import LAST_PAGE, MOST_ON_A_PAGE, Paged
from helsevev.network.portfolio.queries.choices import FACETS, LONGEST_TEXT, LONGEST_VALUE, MOST_VALUES
from helsevev.network.portfolio.queries.listing import Selection, select

Language = Literal["nb", "nn", "en"]
Listing = Literal["awarded", "mentioned", "example"]
Value = Annotated[str, Field(min_length=1, max_length=LONGEST_VALUE)]
Values = Annotated[list[Value], Field(max_length=MOST_VALUES)]
Said = Annotated[Language, Field(description="Language of titles and labels.")]
SAID = "Several values: any of them. `not-stated` finds those for which the source says nothing."


class Labelled(Schema):
    """A code and its label in the language asked for."""

    code: str
    label: str


class Texts(Schema):
    """A text in each language; null where there is none."""

    nb: str | None
    nn: str | None
    en: str | None


class Party(Schema):
    """Who takes part, as the source writes it and as the registers know it."""

    stated_name: str = Field(description="The name as the source writes it.")
    organisation: str | None = Field(description="The organisation's key; null for a generic party.")
    name: str | None = Field(description="The organisation's name in the register.")
    generic: str | None = Field(description="The kind of a party that is no single organisation, such as `gp`.")


class Award(Schema):
    """When support was awarded."""

    year: int | None
    round: int | None


class ProjectItem(Schema):
    """A project as a row of the list. Null and empty lists mean: the source doesn't state it."""

    key: str = Field(description="Its stable key.", examples=["fonna-bu"])
    title: str = Field(description="The title in the language asked for, else in the nearest that there is.")
    title_language: Language
    listing: Listing = Field(description="Awarded support, only mentioned, or an example without an award.")
    regions: list[Labelled]
    owners: list[Party]
    partners: list[Party]
    patient_groups: list[Labelled]
    themes: list[Labelled]
    awarded: Award
    support: Labelled | None
    kind: Labelled | None = Field(description="A new innovation, or the spread of another's.")
    status: Labelled | None
    status_as_of: str | None = Field(description="The date, as precise as the source, that the status speaks for.")
    phase: Labelled | None = Field(description="The phase of the Roadmap it is in today, as far as that is stated.")
    phase_since: str | None = Field(description="When it entered, or was first seen in, that phase.")
    changed_at: datetime
    page: str = Field(description="Address of its page for people.")


class ProjectPage(Paged[ProjectItem]):
    """One page of the list of projects."""


class Move(Schema):
    """A move into a phase of the Roadmap."""

    phase: str
    on: str = Field(description="A year, month or day.", examples=["2023-01"])
    until: str | None
    how: Literal["actual", "planned"]
    as_of: bool = Field(description="It was in the phase then; when it entered isn't stated.")
    source: str | None
    note: str | None


class Figure(Schema):
    """A number or fact that the source states."""

    what: str
    value: Any = Field(description="A number, text, list or object, as the source states it.")
    unit: str | None
    as_of: str | None
    source: str | None


class LogEntry(Schema):
    """Something that happened."""

    on: str
    text: Texts
    source: str | None


class Milestone(Schema):
    """A point that the project plans to reach."""

    title: str
    planned: str | None
    reached: str | None


class Deliverable(Schema):
    """Something that others can use."""

    title: str
    url: str | None
    on: str | None


class Parents(Schema):
    """The projects it comes from, by key."""

    continues: str | None
    spreads: str | None
    adapts: str | None
    same_model_as: str | None


class ProjectDetail(ProjectItem):
    """One project with all that is stated of it."""

    titles: Texts
    summary: Texts
    focus_area: Labelled | None
    contact_role: str | None
    phase_note: str | None
    source: str | None = Field(description="What the facts were read from.")
    parents: Parents
    moves: list[Move]
    figures: list[Figure]
    log: list[LogEntry]
    milestones: list[Milestone]
    deliverables: list[Deliverable]


class Member(Schema):
    """One of a family."""

    key: str
    title: str
    generation: int = Field(description="0 is the oldest.")


class Descent(Schema):
    """How a child stands to its parent."""

    child: str
    parent: str
    kind: Literal["continues", "spreads", "adapts", "same_model_as"]


class FamilyTree(Schema):
    """All kin of one project, oldest generation first."""

    members: list[Member]
    descents: list[Descent]


class PhaseCount(Schema):
    """How many were in one phase."""

    phase: Labelled
    projects: int


class PhaseFigures(Schema):
    """How many projects were in each phase on a day, and how many of all that rests on."""

    on: date
    phases: list[PhaseCount]
    stated: int = Field(description="How many projects the counts rest on.")
    not_stated: int = Field(description="How many were in no phase that a source states.")
    total: int


class ProjectQuery(Schema):
    """What the list of projects can be asked for: the same as its page for people."""

    q: str = Field("", max_length=LONGEST_TEXT, description="Words to search for.")
    listing: Listing = Field("awarded", description="Which list.")
    region: Values = Field([], description=f"Codes of health regions. {SAID}")
    county: Values = Field([], description=f"Numbers of counties. {SAID}")
    phase: Values = Field([], description=f"Phases today. {SAID}")
    patient_group: Values = Field([], description=f"Codes of patient groups. {SAID}")
    theme: Values = Field([], description=f"Codes of themes. {SAID}")
    support: Values = Field([], description=f"Kinds of support. {SAID}")
    year: Values = Field([], description=f"Award years. {SAID}")
    round: Values = Field([], description=f"Award rounds such as `2025-3`. {SAID}")
    kind: Values = Field([], description=f"`innovation` or `spread`. {SAID}")
    status: Values = Field([], description=f"`ongoing` or `closed`. {SAID}")
    organisation: Values = Field([], description="Keys of organisations that take part.")
    family: Values = Field([], description="Keys of the oldest project of a family.")
    moved: Values = Field([], description="Moves between phases such as `insight>service_development`.")
    sort: Literal["newest", "title", "changed", "relevance", ""] = Field("", description="Usually: newest award first.")
    page: int = Field(1, ge=1, le=LAST_PAGE, description="Which page.")
    per_page: int = Field(50, ge=1, le=MOST_ON_A_PAGE, description="How many on a page.")
    lang: Said = "nb"

    def selection(self) -> Selection:
        """The selection that a stranger gets for the same choices."""
        params = {name: getattr(self, name) for name in FACETS}
        params |= {"q": [self.q], "listing": [self.listing], "sort": [self.sort]}
        return select(params, language=self.lang)


class LanguageQuery(Schema):
    """Only the language can be chosen."""

    lang: Said = "nb"


class PhaseQuery(LanguageQuery):
    """For which day, and for which list."""

    on: date = Field(default_factory=timezone.localdate, description="A day such as `2022-12-31`; usually today.")
    listing: Listing = Field("awarded", description="Which list.")
