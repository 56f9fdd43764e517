"""The kinds of page (sideslag): what each is called, which fields of its own it has, and what machines call it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from helsevev.core.words import gettext_noop

LANGUAGES: tuple[str, ...] = ("nb", "nn", "en")
# In which order a text is looked for when there is none in the reader's own language.
INSTEAD: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"nb": ("nb", "nn", "en"), "nn": ("nn", "nb", "en"), "en": ("en", "nb", "nn")}
)
# Taxonomies that a page carries, by its field, and the facet that readers choose by.
VOCABULARIES: Mapping[str, str] = MappingProxyType(
    {"phases": "phase", "themes": "theme", "patient_groups": "patient_group", "regions": "health_region"}
)
FACETS: Mapping[str, str] = MappingProxyType(
    {"phases": "phase", "themes": "theme", "patient_groups": "patient_group", "regions": "region"}
)


class Sort(StrEnum):
    """What a kind's own field holds."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    WHOLE = "whole"
    ADDRESS = "address"


@dataclass(frozen=True)
class Field:
    """A field that only some kinds have: its name in the code, its label, and what it holds."""

    name: str
    label: str
    sort: Sort = Sort.TEXT


@dataclass(frozen=True)
class Kind:
    """A kind of page."""

    name: str
    one: str
    many: str
    says: str
    fields: tuple[Field, ...] = ()
    schema: str = "Article"
    has_files: bool = False


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind(
                "tool",
                gettext_noop("Tool"),
                gettext_noop("Tools"),
                gettext_noop("Templates and checklists to fill in, for each phase of the Roadmap."),
                (
                    Field("takes", gettext_noop("Time it takes")),
                    Field("version", gettext_noop("Version")),
                    Field("licence", gettext_noop("Licence")),
                ),
                "CreativeWork",
                has_files=True,
            ),
            Kind(
                "guide",
                gettext_noop("Guide"),
                gettext_noop("Guides"),
                gettext_noop("The way through a whole task, phase by phase and step by step."),
                has_files=True,
                schema="HowTo",
            ),
            Kind(
                "experience",
                gettext_noop("Project experience"),
                gettext_noop("Project experiences"),
                gettext_noop("What finished and running projects found out, told so that others can use it."),
                (
                    Field("result", gettext_noop("What came of it"), Sort.LONG),
                    Field("learned", gettext_noop("What they learnt"), Sort.LONG),
                    Field("status", gettext_noop("Status")),
                ),
            ),
            Kind(
                "example",
                gettext_noop("Digital home follow-up"),
                gettext_noop("Examples of digital home follow-up"),
                gettext_noop("Services that follow patients at home: for whom, with what, and who does what."),
                (
                    Field("service", gettext_noop("Service")),
                    Field("equipment", gettext_noop("Equipment"), Sort.LONG),
                    Field("who_does_what", gettext_noop("Who does what"), Sort.LONG),
                    Field("benefits_expected", gettext_noop("Benefits expected"), Sort.LONG),
                    Field("benefits_shown", gettext_noop("Benefits shown"), Sort.LONG),
                    Field("started", gettext_noop("Begun")),
                    Field("status", gettext_noop("Status")),
                ),
            ),
            Kind(
                "question",
                gettext_noop("Question"),
                gettext_noop("Questions and answers"),
                gettext_noop("Short answers to what project leaders ask most."),
                (Field("answered_by", gettext_noop("Answered by")),),
                "QAPage",
            ),
            Kind(
                "webinar",
                gettext_noop("Webinar"),
                gettext_noop("Webinars and seminars"),
                gettext_noop("What was said at meetings: recordings, slides and what to take away."),
                (
                    Field("held_on", gettext_noop("Held"), Sort.DATE),
                    Field("speakers", gettext_noop("Speakers"), Sort.LONG),
                    Field("recording", gettext_noop("Recording"), Sort.ADDRESS),
                    Field("meeting", gettext_noop("Meeting")),
                ),
                has_files=True,
            ),
            Kind(
                "podcast",
                gettext_noop("Podcast"),
                gettext_noop("Podcasts"),
                gettext_noop("Conversations about innovation in the services, with the text beside."),
                (
                    Field("episode", gettext_noop("Episode")),
                    Field("duration", gettext_noop("Length")),
                    Field("guests", gettext_noop("Guests")),
                    Field("sound", gettext_noop("Sound"), Sort.ADDRESS),
                ),
                "PodcastEpisode",
            ),
            Kind(
                "report",
                gettext_noop("Report"),
                gettext_noop("Reports"),
                gettext_noop("Reports and evaluations, each with a summary."),
                (
                    Field("authors", gettext_noop("Authors")),
                    Field("year", gettext_noop("Year"), Sort.WHOLE),
                    Field("publisher", gettext_noop("Publisher")),
                    Field("address", gettext_noop("Address"), Sort.ADDRESS),
                ),
                "Report",
                has_files=True,
            ),
            Kind(
                "news",
                gettext_noop("News"),
                gettext_noop("News"),
                gettext_noop("What is new in the network."),
                schema="NewsArticle",
            ),
            Kind(
                "about",
                gettext_noop("About the network"),
                gettext_noop("About the network"),
                gettext_noop("What the network is, what guidance means, and who decides."),
                schema="AboutPage",
            ),
        )
    }
)
