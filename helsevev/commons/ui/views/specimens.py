"""What the gallery shows: each component with its states, in words about invented projects."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _

from helsevev.commons.ui.forms import DisabledForm, SpecimenForm
from helsevev.commons.ui.templatetags import ui

WIDE = {"error_summary", "facts", "figure", "pagination", "steps", "table", "tilemap"}
LEADING_COMMENT = re.compile(r"\{#(.*?)#\}", re.DOTALL)


@dataclass(frozen=True)
class State:
    """One way in which a component can look."""

    title: str
    values: dict[str, Any]
    narrow: bool = False


@dataclass(frozen=True)
class Specimen:
    """A component and its states."""

    template: str
    title: str
    states: tuple[State, ...] = field(default=())

    @property
    def wide(self) -> bool:
        """Whether its states need the whole width."""
        return self.template in WIDE

    @property
    def anchor(self) -> str:
        """Where on the page it stands."""
        return self.template.replace("_", "-")

    @property
    def about(self) -> str:
        """The comment that the template itself begins with, so that it is written once."""
        # The engine's template keeps its source; its stub type doesn't say so.
        source: str = get_template(f"ui/{self.template}.html").template.source  # type: ignore[attr-defined]
        found = LEADING_COMMENT.match(source)
        return found.group(1).strip() if found else ""


def specimens() -> list[Specimen]:
    """Every component, in the order of the page."""
    return [*_actions(), *_form_parts(), *_answers(), *_content(), *_lists(), *_pictures()]


def _long() -> str:
    return _("A name so long that it must break over several lines wherever it stands, also on a small telephone")


def _actions() -> Iterator[Specimen]:
    yield Specimen(
        "button",
        _("Button"),
        (
            State(_("Primary"), {"label": _("Save")}),
            State(_("Secondary, with a drawing"), {"label": _("Add a partner"), "variant": "secondary", "icon": "plus"}),
            State(_("Tertiary"), {"label": _("Cancel"), "variant": "tertiary"}),
            State(_("Dangerous"), {"label": _("Delete the draft"), "color": "danger"}),
            State(
                _("Disabled, with the reason"),
                {"label": _("Send in"), "disabled": True, "id": "send", "why": _("The round closed on 1 October.")},
            ),
            State(_("Long text, narrow"), {"label": _long()}, narrow=True),
        ),
    )
    yield Specimen(
        "link_button",
        _("Link as a button"),
        (
            State(_("Primary"), {"label": _("See the portfolio"), "url": "#link-button"}),
            State(
                _("Secondary, with a drawing"),
                {"label": _("Download"), "url": "#link-button", "variant": "secondary", "icon": "download"},
            ),
        ),
    )
    yield Specimen(
        "copy",
        _("Copy an address"),
        (
            State(_("Normal"), {"id": "copy-wide", "value": "https://helsevev.example/nb/"}),
            State(
                _("Long address, narrow"),
                {"id": "copy-narrow", "value": "https://helsevev.example/nb/portfolio/?region=HN&theme=breathing"},
                narrow=True,
            ),
        ),
    )
    yield Specimen(
        "confirm_box",
        _("Question before something is done"),
        (
            State(
                _("Dangerous"),
                {
                    "title": _("Delete the draft?"),
                    "body": _("The draft was last changed by Invented Person on 3 March."),
                    "consequences": [_("The text can't be brought back."), _("The project itself stays as it is.")],
                    "action": _("Delete the draft"),
                    "danger": True,
                    "cancel_url": "#confirm-box",
                    "level": 4,
                },
            ),
        ),
    )


def _form_parts() -> Iterator[Specimen]:
    fresh = SpecimenForm(prefix="fresh")
    wrong = SpecimenForm({"wrong-title": "", "wrong-beds": "-3", "wrong-starts": "31.02.2026"}, prefix="wrong")
    shut = DisabledForm(
        prefix="shut",
        initial={"title": _("Home visits at Invented Fjord"), "region": "west", "kind": "new", "groups": ["frail"]},
    )
    names = {
        "title": _("One line"),
        "summary": _("Several lines"),
        "region": _("A list to choose from"),
        "groups": _("Check boxes"),
        "kind": _("Radio buttons"),
        "starts": _("Date"),
        "beds": _("Number"),
        "plan": _("File"),
        "agrees": _("One check box"),
    }
    yield Specimen("error_summary", _("Summary of faults"), (State(_("After sending"), ui.error_summary(wrong) | {"still": True}),))
    yield Specimen(
        "field",
        _("Field"),
        (
            *(State(name, ui.field(fresh[key])) for key, name in names.items()),
            *(
                State(_("%(kind)s, with a fault") % {"kind": names[key]}, ui.field(wrong[key]))
                for key in ("title", "region", "kind", "starts", "beds")
            ),
            *(
                State(_("%(kind)s, disabled") % {"kind": names[key]}, ui.field(shut[key]))
                for key in ("title", "region", "groups", "kind")
            ),
            State(_("Long label, narrow"), ui.field(SpecimenForm(prefix="thin")["title"], label=_long()), narrow=True),
        ),
    )


def _answers() -> Iterator[Specimen]:
    yield Specimen(
        "message",
        _("Message"),
        (
            State(_("Information"), {"body": _("The round opens on 15 August.")}),
            State(_("It went well"), {"color": "success", "body": _("The project was saved.")}),
            State(
                _("Warning, with a title"),
                {
                    "color": "warning",
                    "title": _("Somebody else has changed this"),
                    "body": _("Look at both versions before you save."),
                    "level": 4,
                },
            ),
            State(_("It went wrong, narrow"), {"color": "danger", "body": _long()}, narrow=True),
        ),
    )
    yield Specimen(
        "toast",
        _("Done, with a way back"),
        (State(_("With undo"), {"text": _("The milestone was removed."), "undo_url": "#toast"}),),
    )
    yield Specimen(
        "waiting",
        _("Long work"),
        (
            State(_("How far is known"), {"id": "known", "label": _("Reading the file"), "done": 42, "total": 73}),
            State(_("How far isn't known"), {"id": "unknown", "label": _("Drawing the pictures")}),
        ),
    )
    yield Specimen("skeleton", _("What is coming"), (State(_("Three lines"), {}),))
    yield Specimen(
        "empty",
        _("Nothing to show"),
        (
            State(
                _("With a way on"),
                {
                    "title": _("No project fits"),
                    "body": _("Take away one of the choices, or search for fewer words."),
                    "url": "#empty",
                    "action": _("Remove all choices"),
                    "level": 4,
                },
            ),
            State(_("Title alone, narrow"), {"title": _("Nothing waits for you"), "level": 4}, narrow=True),
        ),
    )


def _content() -> Iterator[Specimen]:
    breath = _("Breath: home follow-up at Invented Fjord")
    tags = [_("Chronic illness"), _("Digital home follow-up")]
    text = _("Nurses in hospital and municipality follow forty people with lung disease together, from one screen.")
    yield Specimen(
        "card",
        _("Card"),
        (
            State(
                _("With everything"),
                {
                    "title": breath,
                    "url": "#card",
                    "kicker": _("Invented Hospital Trust, 2024"),
                    "body": text,
                    "tags": tags,
                    "foot": _("Piloting"),
                    "level": 4,
                },
            ),
            State(_("Tinted, without a link"), {"title": breath, "body": text, "variant": "tinted", "level": 4}),
            State(_("Long text, narrow"), {"title": _long(), "url": "#card", "level": 4, "tags": [_long()]}, narrow=True),
        ),
    )
    yield Specimen(
        "tags",
        _("Tags"),
        (
            State(_("Plain"), {"tags": tags}),
            State(_("As links, coloured"), {"tags": [{"label": tags[0], "url": "#tags", "color": "accent"}]}),
        ),
    )
    yield Specimen(
        "details",
        _("Folded text"),
        (
            State(_("Closed"), {"summary": _("Who may apply?"), "body": format_html("<p>{}</p>", text)}),
            State(_("Open"), {"summary": _("What does it cost?"), "open": True, "body": format_html("<p>{}</p>", text)}),
        ),
    )
    people = [{"label": _("Invented Municipality"), "url": "#facts"}, {"label": _("Invented Hospital Trust"), "url": ""}]
    yield Specimen(
        "facts",
        _("Facts"),
        (
            State(
                _("With one not stated"),
                {
                    "facts": [
                        {"term": _("Partners"), "many": people},
                        {"term": _("Starts"), "value": None},
                        {"term": _("Places"), "value": 40, "note": _("as of 1 June 2024")},
                    ]
                },
            ),
        ),
    )
    yield Specimen(
        "stat",
        _("Key figure"),
        (
            State(
                _("With unit and note"),
                {"value": 12, "unit": "%", "label": _("fewer admissions"), "note": _("40 people, one year")},
            ),
            State(_("Not stated"), {"value": None, "label": _("saved bed days")}),
        ),
    )
    yield Specimen(
        "person",
        _("Person"),
        (
            State(_("With role"), {"name": "Invented Nurse", "role": _("Project leader")}),
            State(_("Long name, narrow"), {"name": _long(), "role": _("Assessor"), "url": "#person"}, narrow=True),
        ),
    )
    yield Specimen(
        "in_language",
        _("Text in another language"),
        (
            State(_("The page's own or another"), {"text": "Heimeoppfølging ved Oppdikta Fjord", "lang": "nn"}),
            State(_("Without a stated language"), {"text": breath}),
        ),
    )


def _lists() -> Iterator[Specimen]:
    columns = [
        {"label": _("Region"), "key": "region"},
        {"label": _("Phase")},
        {"label": _("Projects"), "key": "projects", "numeric": True},
    ]
    rows = [
        [_("Northern Norway"), _("Piloting"), 9],
        [_("Western Norway"), _("Insight"), 17],
        [_long(), _("Not stated"), 0],
    ]
    yield Specimen(
        "table",
        _("Table"),
        (
            State(
                _("With sorting"), {"id": "wide", "caption": _("Projects by region"), "columns": columns, "rows": rows}
            ),
            State(
                _("Narrow: it scrolls by itself"),
                {"id": "thin", "caption": _("Projects by region, narrow"), "columns": columns, "rows": rows},
                narrow=True,
            ),
        ),
    )
    pages = Paginator(range(200), 10)
    yield Specimen(
        "pagination",
        _("Pages of a list"),
        (
            State(_("First page"), ui.pagination({}, pages.page(1), label=_("Pages, at the first"))),
            State(_("In the middle"), ui.pagination({}, pages.page(9), label=_("Pages, in the middle"))),
            State(_("Last page, narrow"), ui.pagination({}, pages.page(20), label=_("Pages, at the last")), narrow=True),
        ),
    )
    yield Specimen(
        "tabs",
        _("Tabs"),
        (
            State(
                _("With numbers"),
                {
                    "label": _("What is shown"),
                    "tabs": [
                        {"label": _("All"), "url": "#tabs", "current": True, "count": 73},
                        {"label": _("Ongoing"), "url": "#tabs", "count": 40},
                        {"label": _("Closed"), "url": "#tabs", "count": 33},
                    ],
                },
            ),
        ),
    )
    options = [
        {"value": "north", "label": _("Northern Norway"), "count": 9, "checked": True},
        {"value": "west", "label": _long(), "count": 17},
    ]
    facet = {"name": "region", "label": _("Health region"), "options": options}
    searched = {"name": "theme", "label": _("Theme"), "search_name": "theme_has", "search_value": "xyz", "options": []}
    yield Specimen(
        "facet",
        _("Choices to narrow by"),
        (
            State(_("Open"), {"facet": facet, "open": True}, narrow=True),
            State(
                _("With search among many"),
                {"facet": {**facet, "name": "owner", "label": _("Owner"), "search_name": "owner_has", "more": 31}, "open": True},
                narrow=True,
            ),
            State(_("Nothing found"), {"facet": searched, "open": True}, narrow=True),
            State(_("Closed"), {"facet": {**facet, "name": "closed"}}, narrow=True),
        ),
    )
    chips = [{"label": _("Northern Norway"), "url": "#chips"}, {"label": _("Piloting"), "url": "#chips"}]
    yield Specimen("chips", _("Choices made"), (State(_("Two"), {"chips": chips, "clear_url": "#chips"}),))
    moments = [
        {"title": _("The pilot began"), "date": date(2024, 2, 1), "strong": True, "body": _("Ten people the first week.")},
        {"title": _("Money was granted"), "when": _("spring 2023"), "url": "#timeline"},
        {"title": _("The parties signed"), "body": ""},
    ]
    yield Specimen(
        "timeline", _("What happened when"), (State(_("Known and unknown dates"), {"moments": moments, "level": 4}),)
    )


PHASES = ("done", "done", "current", "ahead", "ahead", "ahead")
# Row and column of each county on the tile map; the portfolio keeps its own.
TILES = (
    ("Troms", "Tro", 1, 5), ("Finnmark", "Fin", 1, 6), ("Nordland", "Nor", 2, 4), ("Trøndelag", "Trø", 3, 3),
    ("Møre og Romsdal", "M&R", 4, 2), ("Innlandet", "Inn", 4, 3), ("Vestland", "Vel", 5, 1), ("Buskerud", "Bus", 5, 2),
    ("Oslo", "Osl", 5, 3), ("Akershus", "Ake", 5, 4), ("Rogaland", "Rog", 6, 1), ("Telemark", "Tel", 6, 2),
    ("Vestfold", "Vef", 6, 3), ("Østfold", "Øst", 6, 4), ("Agder", "Agd", 7, 2),
)  # fmt: skip


def _pictures() -> Iterator[Specimen]:
    names = (
        _("Anchoring"), _("Insight"), _("Service development"), _("Piloting"), _("Transition to operation"), _("New practice"),
    )  # fmt: skip
    steps = [{"label": name, "state": state} for name, state in zip(names, PHASES, strict=True)]
    steps[2]["note"] = _("since March 2024")
    unknown = [{"label": name, "state": "unknown"} for name in names]
    label = _("Phases of the Roadmap")
    yield Specimen(
        "steps",
        _("Phases"),
        (
            State(_("Under way"), {"steps": steps, "label": label}),
            State(_("Not stated"), {"steps": unknown, "label": label}),
            State(_("Narrow"), {"steps": steps, "label": label}, narrow=True),
        ),
    )
    tiles = [
        {"label": name, "short": short, "row": row, "column": column, "count": place, "level": min(place // 3, 5)}
        | ({"url": "#tilemap"} if place else {})
        for place, (name, short, row, column) in enumerate(TILES)
    ]
    legend = [{"level": 0, "label": "0–2"}] + [{"level": n, "label": f"{3 * n}–{3 * n + 2}"} for n in range(1, 5)]
    drawing = {"label": _("Projects by county"), "tiles": tiles, "legend": legend}
    yield Specimen("tilemap", _("Tile map"), (State(_("Wide"), drawing), State(_("Narrow"), drawing, narrow=True)))
    table = {"columns": [{"label": _("Year")}, {"label": _("Projects"), "numeric": True}], "rows": [["2023", 12], ["2024", 18]]}
    yield Specimen(
        "figure",
        _("Figure"),
        (
            State(
                _("With table and downloads"),
                {
                    "id": "figure-specimen",
                    "title": _("The number of projects grew by half in one year"),
                    "subtitle": _("Projects awarded per year"),
                    "light": static("ui/specimen-light.svg"),
                    "dark": static("ui/specimen-dark.svg"),
                    "width": 640,
                    "height": 240,
                    "alt": _("Two columns: 12 in 2023, 18 in 2024."),
                    "note": _("Invented numbers. Rests on 30 of 30 projects."),
                    "table": table,
                    "downloads": [{"label": name, "url": "#figure"} for name in ("SVG", "PNG", "CSV")],
                    "level": 4,
                },
            ),
        ),
    )
