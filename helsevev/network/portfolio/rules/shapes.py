"""The shape of a row of the file, whoever sends it: the command, an Excel sheet or a form in the browser.

A shape knows nothing of what exists. Whether names, words and other projects are known is settled afterwards
(`settling.py`), so that a file's faults of both sorts can be told at once.
"""

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema, model_validator

from helsevev.core.roadmap import Move, Phase
from helsevev.core.words import Refused, gettext_noop
from helsevev.network.portfolio.rules import leaves
from helsevev.network.portfolio.rules.leaves import (
    MOST_ENTRIES,
    FigureName,
    FigureValue,
    Flag,
    How,
    Innovation,
    Key,
    Line60,
    Line120,
    Line200,
    Line300,
    Link,
    Long,
    MaybeWhen,
    Name,
    OwnKey,
    PhaseCode,
    Round,
    Status,
    When,
    Year,
    fail,
)

NOTHING_LOGGED = gettext_noop("A log entry needs a text in at least one language")


class Shape(BaseModel):
    """What all shapes share: no unknown keys, and nothing turned silently into something else."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Texts(Shape):
    """A text in each language (tekst)."""

    nb: Long = None
    nn: Long = None
    en: Long = None


class Award(Shape):
    """When support was awarded (tildeling)."""

    year: Year = None
    round: Round = None


class FigureShape(Shape):
    """A number or fact with what is known of it (tall)."""

    value: FigureValue
    unit: Line60 = None
    as_of: MaybeWhen = None
    source: Line300 = None


class PhaseShape(Shape):
    """A move into a phase (faseflytt)."""

    phase: PhaseCode
    on: When
    until: MaybeWhen = None
    how: How = "actual"
    as_of: Flag = Field(default=False, description="It was in the phase then; when it entered isn't stated.")
    source: Line200 = None
    note: Line300 = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        """A move that contradicts itself is refused."""
        try:
            Move(Phase(self.phase), self.on, self.until or "", self.how == "planned", self.as_of)
        except Refused as refused:
            raise fail(refused.refusals[0].why, **refused.refusals[0].values) from refused
        return self


class LogShape(Shape):
    """Something that happened (loggføring)."""

    on: When
    nb: Long = None
    nn: Long = None
    en: Long = None
    source: Line300 = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        """An entry without any text is refused."""
        if not (self.nb or self.nn or self.en):
            raise fail(NOTHING_LOGGED)
        return self


class MilestoneShape(Shape):
    """A point that the project plans to reach (milepæl)."""

    title: Name
    planned: MaybeWhen = None
    reached: MaybeWhen = None


class DeliverableShape(Shape):
    """Something that others can use (leveranse)."""

    title: Name
    url: Link = None
    on: MaybeWhen = None


def _as_list(value: object) -> object:
    """One name alone is a list of one."""
    return [value] if isinstance(value, str) else value


def _as_figures(value: object) -> object:
    """Bare figures get their object; those that state nothing are left out."""
    if not isinstance(value, dict):
        return value
    full = {
        what: about if isinstance(about, dict) and "value" in about else {"value": about}
        for what, about in value.items()
    }
    return {what: about for what, about in full.items() if about["value"] not in (None, "")}


Names = Annotated[list[Name], Field(max_length=MOST_ENTRIES)]
NameOrNames = Annotated[
    Names | None,
    BeforeValidator(_as_list),
    WithJsonSchema({"type": ["string", "array", "null"], "items": {"type": "string"}}),
]
FigureEntry = Annotated[
    FigureShape,
    WithJsonSchema(
        {
            "description": "A value alone, or an object with what is known of it.",
            "anyOf": [
                FigureShape.model_json_schema(),
                {"not": {"type": "object", "required": ["value"]}},
            ],
        }
    ),
]
FigureEntries = Annotated[dict[FigureName, FigureEntry], Field(max_length=MOST_ENTRIES)]
Figures = Annotated[FigureEntries | None, BeforeValidator(_as_figures)]
FreeStatus = Annotated[
    str | None,
    PlainValidator(leaves.status),
    leaves.schema("string", "A status, or in free text where it stands.", maxLength=300),
]


class RowShape(Shape):
    """One project (prosjekt). A key that isn't there leaves what stands; null means not stated."""

    id: OwnKey
    title: Line300 = None
    title_nn: Line300 = None
    title_en: Line300 = None
    summary: Texts | None = None
    owner: NameOrNames = None
    partners: Names | None = None
    region: NameOrNames = None
    awarded: Award | None = None
    support: Line120 = None
    patient_groups: Names | None = None
    themes: Names | None = None
    focus_area: Line120 = None
    kind: Innovation = None
    status: Status = None
    phases: Annotated[list[PhaseShape], Field(max_length=MOST_ENTRIES)] | None = None
    phase_note: Line300 = None
    continues: Key = None
    spreads: Key = None
    adapts: Key = None
    same_model_as: Key = None
    figures: Figures = None
    log: Annotated[list[LogShape], Field(max_length=1_000)] | None = None
    milestones: Annotated[list[MilestoneShape], Field(max_length=MOST_ENTRIES)] | None = None
    deliverables: Annotated[list[DeliverableShape], Field(max_length=MOST_ENTRIES)] | None = None
    contact_role: Line200 = None
    source: Line300 = None


class ExampleShape(RowShape):
    """An example without an award (eksempel). Its status is free text, which says where it stands."""

    status: FreeStatus = None

    @model_validator(mode="before")
    @classmethod
    def _status_is_a_note(cls, value: Any) -> Any:  # noqa: ANN401 - whatever was sent
        """Move a status that isn't one of ours to the note, where the row has none."""
        if not isinstance(value, dict) or value.get("phase_note") or not isinstance(value.get("status"), str):
            return value
        if leaves.STATUS.fullmatch(value["status"]):
            return value
        kept = {name: below for name, below in value.items() if name != "status"}
        return kept | {"phase_note": value["status"]}


class FileShape(Shape):
    """The file as a whole. It is read row by row (`forms`); this is what the JSON Schema is written from."""

    about: str | None = None
    projects: list[RowShape] = []
    mentioned_projects: list[RowShape] = []
    home_follow_up_examples: list[ExampleShape] = []
    events: Any = None
    annual_report_2022: Any = None
    resources_2022: Any = None
    implementation_guide: Any = None
    project_experiences: Any = None
    guides_and_models: Any = None
    podcast: Any = None
