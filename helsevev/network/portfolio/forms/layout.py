"""The form's plan (skjemaplan): its sections, and for each field its label, help, and how it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from helsevev.core.words import gettext_noop

DATE_HELP = gettext_noop("A year, month or day: 2024, 2024-10 or 2024-10-28. Leave it empty if it isn't stated.")


class As(StrEnum):
    """How something is asked."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    SELECT = "select"
    RADIO = "radio"
    CHECK = "check"


@dataclass(frozen=True)
class Ask:
    """One question (spørsmål): its label, how it is asked, help, the words to choose among, what can be looked up."""

    label: str
    how: As = As.LINE
    help: str = ""
    vocabulary: str = ""
    lookup: str = ""
    lang: str = ""
    required: bool = False


ASKS: Mapping[str, Ask] = {
    "id": Ask(
        gettext_noop("Id"),
        help=gettext_noop(
            "Stands in the project's address and never changes: small letters a to z, digits and hyphens. "
            "Leave it empty to have one made from the title."
        ),
    ),
    "title": Ask(gettext_noop("Title in Bokmål"), As.TEXT, lang="nb", required=True),
    "title_nn": Ask(gettext_noop("Title in Nynorsk"), As.TEXT, lang="nn"),
    "title_en": Ask(gettext_noop("Title in English"), As.TEXT, lang="en"),
    "summary_nb": Ask(gettext_noop("Summary in Bokmål"), As.TEXT, lang="nb"),
    "summary_nn": Ask(gettext_noop("Summary in Nynorsk"), As.TEXT, lang="nn"),
    "summary_en": Ask(gettext_noop("Summary in English"), As.TEXT, lang="en"),
    "owners": Ask(gettext_noop("Owner"), lookup="organisations"),
    "partners": Ask(gettext_noop("Partner"), lookup="organisations"),
    "contact_role": Ask(
        gettext_noop("Contact's role"),
        help=gettext_noop("A role such as project leader; never a person's name, address or phone number."),
    ),
    "regions": Ask(
        gettext_noop("Health regions"),
        As.CHECK,
        gettext_noop("Choose all that apply. None chosen means: not stated."),
        vocabulary="health_region",
    ),
    "patient_groups": Ask(
        gettext_noop("Patient groups"),
        As.CHECK,
        gettext_noop("Choose all that apply. None chosen means: not stated."),
        vocabulary="patient_group",
    ),
    "themes": Ask(gettext_noop("Theme"), lookup="themes"),
    "focus_area": Ask(gettext_noop("Focus area"), As.SELECT, vocabulary="focus_area"),
    "listing": Ask(gettext_noop("List"), As.SELECT, gettext_noop("Where the project stands in the portfolio.")),
    "support": Ask(gettext_noop("Kind of support"), As.SELECT, vocabulary="support"),
    "award_year": Ask(gettext_noop("Award year"), As.NUMBER, gettext_noop("Leave it empty if it isn't stated.")),
    "award_round": Ask(gettext_noop("Award round"), As.NUMBER, gettext_noop("The round's number within the year.")),
    "kind": Ask(
        gettext_noop("New or spread"),
        As.RADIO,
        gettext_noop("A new innovation, or the spread of somebody else's."),
        vocabulary="kind",
    ),
    "status": Ask(gettext_noop("Status"), As.RADIO, vocabulary="status"),
    "status_as_of": Ask(gettext_noop("Status as of"), As.DATE, DATE_HELP),
    "phase_note": Ask(
        gettext_noop("Where it stands"), help=gettext_noop("A few words, where the phases below don't say enough.")
    ),
    "continues": Ask(
        gettext_noop("Continues"), help=gettext_noop("An earlier project of the same parties."), lookup="projects"
    ),
    "spreads": Ask(
        gettext_noop("Spreads the model of"),
        help=gettext_noop("Takes up another's model as it is."),
        lookup="projects",
    ),
    "adapts": Ask(
        gettext_noop("Adapts the model of"),
        help=gettext_noop("Takes up another's model and changes it."),
        lookup="projects",
    ),
    "same_model_as": Ask(
        gettext_noop("Has the same model as"),
        help=gettext_noop("Same name and model; who took it up from whom isn't stated."),
        lookup="projects",
    ),
    "source": Ask(gettext_noop("Source"), help=gettext_noop("Where these facts stand: a report, a page, a file.")),
}

CELLS: Mapping[str, Mapping[str, Ask]] = {
    "phases": {
        "phase": Ask(gettext_noop("Phase"), As.SELECT, vocabulary="phase"),
        "how": Ask(gettext_noop("Planned or actual"), As.SELECT),
        "on": Ask(gettext_noop("From"), As.DATE),
        "until": Ask(gettext_noop("Until"), As.DATE),
        "as_of": Ask(gettext_noop("What the date tells"), As.SELECT),
        "source": Ask(gettext_noop("Source")),
        "note": Ask(gettext_noop("Note")),
    },
    "figures": {
        "what": Ask(gettext_noop("What it counts"), lookup="figures"),
        "value": Ask(gettext_noop("Value")),
        "unit": Ask(gettext_noop("Unit")),
        "as_of": Ask(gettext_noop("As of"), As.DATE),
        "source": Ask(gettext_noop("Source")),
    },
    "log": {
        "on": Ask(gettext_noop("When"), As.DATE),
        "nb": Ask(gettext_noop("What happened, in Bokmål"), As.TEXT, lang="nb"),
        "nn": Ask(gettext_noop("What happened, in Nynorsk"), As.TEXT, lang="nn"),
        "en": Ask(gettext_noop("What happened, in English"), As.TEXT, lang="en"),
        "source": Ask(gettext_noop("Source")),
    },
    "milestones": {
        "title": Ask(gettext_noop("Milestone")),
        "planned": Ask(gettext_noop("Planned"), As.DATE),
        "reached": Ask(gettext_noop("Reached"), As.DATE),
    },
    "deliverables": {
        "title": Ask(gettext_noop("Deliverable")),
        "url": Ask(gettext_noop("Link")),
        "on": Ask(gettext_noop("When"), As.DATE),
    },
}


@dataclass(frozen=True)
class Rows:
    """A list of rows (rader): what one row is called, and what the button says that adds one."""

    name: str
    title: str
    one: str
    add: str
    help: str = ""


ROWS: Mapping[str, Rows] = {
    rows.name: rows
    for rows in (
        Rows(
            "owners",
            gettext_noop("Owners"),
            gettext_noop("Owner %(number)s"),
            gettext_noop("Add an owner"),
            gettext_noop("Write a name as the source has it. Other names of organisations are known too."),
        ),
        Rows("partners", gettext_noop("Partners"), gettext_noop("Partner %(number)s"), gettext_noop("Add a partner")),
        Rows("themes", gettext_noop("Themes"), gettext_noop("Theme %(number)s"), gettext_noop("Add a theme")),
        Rows(
            "phases",
            gettext_noop("Moves between phases"),
            gettext_noop("Move %(number)s"),
            gettext_noop("Add a move"),
            gettext_noop(
                "Every move is kept. One that is wrong is withdrawn with the reason, and stays in the history. "
                "Dates may be a year, a month or a day: 2024, 2024-10 or 2024-10-28."
            ),
        ),
        Rows(
            "figures",
            gettext_noop("Figures"),
            gettext_noop("Figure %(number)s"),
            gettext_noop("Add a figure"),
            gettext_noop(
                "A number with its unit, its date and its source. A range is written 2; 4, a series by its dates "
                "2025-01: 7; 2025-06: 28. A share of 20 % is 0,2 where the figure is a share."
            ),
        ),
        Rows(
            "log",
            gettext_noop("Log"),
            gettext_noop("Log entry %(number)s"),
            gettext_noop("Add a log entry"),
            gettext_noop(
                "What has happened, with its date: a year, a month or a day. Write it in one language at least."
            ),
        ),
        Rows(
            "milestones",
            gettext_noop("Milestones"),
            gettext_noop("Milestone %(number)s"),
            gettext_noop("Add a milestone"),
            gettext_noop("A point that the project plans to reach. Dates may be a year, a month or a day."),
        ),
        Rows(
            "deliverables",
            gettext_noop("Deliverables"),
            gettext_noop("Deliverable %(number)s"),
            gettext_noop("Add a deliverable"),
            gettext_noop("What others can use. A link begins with https:// or http://."),
        ),
    )
}


@dataclass(frozen=True)
class Section:
    """A part of the form (del) under its own heading: fields, lists of rows, and those that stand side by side."""

    anchor: str
    title: str
    parts: tuple[str | tuple[str, ...], ...]
    help: str = field(default="")


SECTIONS: tuple[Section, ...] = (
    Section(
        "part-texts",
        gettext_noop("Title and summary"),
        ("id", ("title", "title_nn", "title_en"), ("summary_nb", "summary_nn", "summary_en")),
        gettext_noop("Two to four sentences that a neighbour understands. A language left empty shows another's text."),
    ),
    Section("part-parties", gettext_noop("Who takes part"), ("owners", "partners", "contact_role")),
    Section("part-subject", gettext_noop("What it is about"), (("regions", "patient_groups"), "themes", "focus_area")),
    Section("part-support", gettext_noop("Support"), ("listing", "support", ("award_year", "award_round"), "kind")),
    Section("part-phases", gettext_noop("Status and phases"), (("status", "status_as_of"), "phase_note", "phases")),
    Section(
        "part-lineage",
        gettext_noop("Where it comes from"),
        (("continues", "spreads"), ("adapts", "same_model_as")),
        gettext_noop("Other projects in the portfolio, by title or id. Empty means: not stated."),
    ),
    Section("part-figures", gettext_noop("Figures"), ("figures",)),
    Section("part-log", gettext_noop("Log"), ("log",)),
    Section("part-milestones", gettext_noop("Milestones"), ("milestones",)),
    Section("part-deliverables", gettext_noop("Deliverables"), ("deliverables",)),
    Section("part-source", gettext_noop("Source"), ("source",)),
)
