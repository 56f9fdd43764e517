"""The kinds of page, each with the fields that only it has."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from helsevev.core.keeping import Keeping
from helsevev.knowledge.pages.models.tree import KnowledgePage, panels
from helsevev.knowledge.pages.rules.kinds import KINDS

UNTIL_DELETED = Keeping(until="an editor deletes the page")


def text(label: Any, most: int = 200) -> "models.CharField[str, str]":  # noqa: ANN401 - a lazy sentence
    """A short field that may be empty."""
    return models.CharField(label, max_length=most, blank=True)


def long_text(label: Any) -> "models.TextField[str, str]":  # noqa: ANN401 - a lazy sentence
    """A field of some sentences that may be empty."""
    return models.TextField(label, max_length=2_000, blank=True)


def own_panels(kind: str) -> list[Panel]:
    """The fields that only this kind has, in the order in which readers see them."""
    return [FieldPanel(field.name) for field in KINDS[kind].fields]


class NewsPage(KnowledgePage):
    """News (nyhet)."""

    keeping: ClassVar = UNTIL_DELETED
    kind_name = "news"
    edit_handler = panels("news")

    class Meta:
        verbose_name = _("news page")


class ExperiencePage(KnowledgePage):
    """What a project found out (prosjekterfaring)."""

    keeping: ClassVar = UNTIL_DELETED
    kind_name = "experience"
    result = long_text(_("What came of it"))
    learned = long_text(_("What they learnt"))
    status = text(_("Status"))
    edit_handler = panels("experience", own_panels("experience"))

    class Meta:
        verbose_name = _("experience page")


class ExamplePage(KnowledgePage):
    """An example of digital home follow-up (eksempel på digital hjemmeoppfølging)."""

    keeping: ClassVar = UNTIL_DELETED
    kind_name = "example"
    service = text(_("Service"))
    equipment = long_text(_("Equipment"))
    who_does_what = long_text(_("Who does what"))
    benefits_expected = long_text(_("Benefits expected"))
    benefits_shown = long_text(_("Benefits shown"))
    started = text(_("Begun"), 40)
    status = text(_("Status"))
    edit_handler = panels("example", own_panels("example"))

    class Meta:
        verbose_name = _("example page")


class ToolPage(KnowledgePage):
    """A tool or template (verktøy, mal)."""

    keeping: ClassVar = UNTIL_DELETED
    kind_name = "tool"
    takes = text(_("Time it takes"))
    version = text(_("Version"), 40)
    licence = text(_("Licence"), 80)
    edit_handler = panels("tool", own_panels("tool"))

    class Meta:
        verbose_name = _("tool page")


class GuidePage(KnowledgePage):
    """A guide with phases and steps (veileder)."""

    keeping: ClassVar = UNTIL_DELETED
    kind_name = "guide"
    edit_handler = panels("guide")

    class Meta:
        verbose_name = _("guide page")


class WebinarPage(KnowledgePage):
    """What remains of a webinar or seminar (webinar)."""

    keeping: ClassVar = UNTIL_DELETED
    kind_name = "webinar"
    held_on = models.DateField(_("Held"), null=True, blank=True)
    speakers = long_text(_("Speakers"))
    recording = models.URLField(_("Recording"), max_length=500, blank=True)
    meeting = text(_("Meeting"), 120)
    edit_handler = panels("webinar", own_panels("webinar"))

    class Meta:
        verbose_name = _("webinar page")


class PodcastPage(KnowledgePage):
    """An episode of a podcast (podkast)."""

    keeping: ClassVar = UNTIL_DELETED
    kind_name = "podcast"
    episode = text(_("Episode"), 40)
    duration = text(_("Length"), 40)
    guests = text(_("Guests"), 500)
    sound = models.URLField(_("Sound"), max_length=500, blank=True)
    edit_handler = panels("podcast", own_panels("podcast"))

    class Meta:
        verbose_name = _("podcast page")


class ReportPage(KnowledgePage):
    """A report with a summary (rapport)."""

    keeping: ClassVar = UNTIL_DELETED
    kind_name = "report"
    authors = text(_("Authors"), 500)
    year = models.PositiveSmallIntegerField(_("Year"), null=True, blank=True)
    publisher = text(_("Publisher"))
    address = models.URLField(_("Address"), max_length=500, blank=True)
    edit_handler = panels("report", own_panels("report"))

    class Meta:
        verbose_name = _("report page")


class QuestionPage(KnowledgePage):
    """A question and its answer (spørsmål og svar)."""

    keeping: ClassVar = UNTIL_DELETED
    kind_name = "question"
    answered_by = text(_("Answered by"))
    edit_handler = panels("question", own_panels("question"))

    class Meta:
        verbose_name = _("question page")


class AboutPage(KnowledgePage):
    """About the network itself (om nettverket)."""

    keeping: ClassVar = UNTIL_DELETED
    kind_name = "about"
    edit_handler = panels("about")

    class Meta:
        verbose_name = _("about page")


MODELS: Mapping[str, type[KnowledgePage]] = MappingProxyType(
    {
        model.kind_name: model
        for model in (
            ToolPage,
            GuidePage,
            ExperiencePage,
            ExamplePage,
            QuestionPage,
            WebinarPage,
            PodcastPage,
            ReportPage,
            NewsPage,
            AboutPage,
        )
    }
)
assert list(MODELS) == list(KINDS)
