"""The tree of pages: one bank for each language, and what every page of it has."""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page

from helsevev.commons.initiatives.models import Initiative, Term
from helsevev.core.keeping import Keeping
from helsevev.knowledge.pages.models.blocks import Body
from helsevev.knowledge.pages.rules.kinds import KINDS, VOCABULARIES, Kind

REVIEWED_AFTER = timedelta(days=365)


def next_review() -> Any:  # noqa: ANN401 - a date; migrations name this function
    """When a new page should be looked at again: in a year."""
    return timezone.localdate() + REVIEWED_AFTER


class Codes(models.JSONField):
    """Codes of one vocabulary of the shared taxonomy, chosen from a list (begreper)."""

    def __init__(self, *args: Any, vocabulary: str = "", **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Remember which words can be chosen."""
        self.vocabulary = vocabulary
        options.setdefault("default", list)
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def formfield(self, **options: Any) -> forms.Field:  # noqa: ANN401, ARG002
        """Boxes to tick, or a list to choose several from where the words are many."""
        many = self.vocabulary == "theme"
        return CodesField(
            vocabulary=self.vocabulary,
            label=self.verbose_name,
            required=False,
            help_text=self.help_text,
            widget=forms.SelectMultiple(attrs={"size": 8}) if many else forms.CheckboxSelectMultiple(),
        )


class CodesField(forms.MultipleChoiceField):
    """The words of one vocabulary as choices, in the reader's language."""

    def __init__(self, *, vocabulary: str, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """The words are looked up each time a form is made."""
        language = get_language() or "nb"

        def choices() -> list[tuple[str, str]]:
            rows = Term.objects.filter(vocabulary=vocabulary).order_by("position", "code")
            return [(row.code, getattr(row, language, "") or row.nb) for row in rows]

        super().__init__(choices=choices, **options)

    def has_changed(self, initial: Collection[Any] | None, data: Collection[Any] | None) -> bool:
        """Order says nothing."""
        return super().has_changed(initial or [], data or [])


class Projects(models.JSONField):
    """Keys of projects, written with commas between (prosjekter)."""

    def formfield(self, **options: Any) -> forms.Field:  # noqa: ANN401, ARG002
        """One line."""
        return ProjectsField(label=self.verbose_name, required=False, help_text=self.help_text)


class ProjectsField(forms.CharField):
    """Keys of projects that are in the portfolio, each once."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - a list, or what was typed
        """As it is typed."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's own
        """The keys; one that no project has is named."""
        keys = list(dict.fromkeys(key for part in (value or "").split(",") if (key := part.strip())))
        known = set(Initiative.objects.filter(key__in=keys).values_list("key", flat=True))
        if unknown := [key for key in keys if key not in known]:
            raise ValidationError(_("No project has this key: %(keys)s"), params={"keys": ", ".join(unknown)})
        return keys

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ANN401 - Django's own
        """Whether other projects are named."""
        return bool(self.prepare_value(initial or []) != (data or ""))


class Bank(Page):
    """The knowledge bank in one language (kunnskapsbanken): the parent of its pages."""

    keeping: ClassVar = Keeping(until="the installation is closed")

    parent_page_types: ClassVar[list[str]] = []
    private_page_options: ClassVar[list[str]] = []
    preview_modes: ClassVar[list[tuple[str, str]]] = []
    promote_panels: ClassVar[list[Panel]] = []
    settings_panels: ClassVar[list[Panel]] = []

    class Meta:
        verbose_name = _("bank")

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str]:
        """The front page of the bank."""
        return _address(self.locale.language_code, "pages:front")


def _address(language: str, name: str, **values: str) -> tuple[int, str, str]:
    """Where readers find it: our own addresses, the same whatever the tree looks like."""
    with override(language):
        return 1, "", reverse(name, kwargs=values)


class KnowledgePage(Page):
    """What every page has, whatever its kind (kunnskapsside)."""

    kind_name: ClassVar[str] = ""
    # How a page is shown is known above; the room's start says it here.
    previewed_by: ClassVar[Callable[[HttpRequest, "KnowledgePage"], HttpResponse]]

    lead = models.TextField(
        _("Lead paragraph"), max_length=500, help_text=_("What the page gives, in one to three sentences.")
    )
    body = StreamField(Body(required=False), blank=True, verbose_name=_("Text"))
    phases = Codes(_("Phases of the Roadmap"), vocabulary="phase")
    themes = Codes(_("Themes"), vocabulary="theme")
    patient_groups = Codes(_("Patient groups"), vocabulary="patient_group")
    regions = Codes(_("Health regions"), vocabulary="health_region")
    initiative = models.CharField(
        _("Project"), max_length=120, blank=True, help_text=_("The last part of its address in the portfolio.")
    )
    used_by = Projects(
        _("Used by"),
        default=list,
        blank=True,
        help_text=_("Projects that use it: the last part of each one's address, with commas between."),
    )
    sources = models.JSONField(default=list, blank=True, editable=False)
    contact_role = models.CharField(
        _("Contact"), max_length=120, blank=True, help_text=_("A role, not a person's name.")
    )
    review_on = models.DateField(_("Look at it again"), default=next_review)
    picture = models.ForeignKey(
        get_image_model_string(), models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Picture")
    )
    picture_alt = models.CharField(
        _("Alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for those who don't see it."),
    )

    parent_page_types: ClassVar[list[str]] = ["pages.Bank"]
    subpage_types: ClassVar[list[str]] = []
    # What is published is open to everyone, so the desk offers nothing else.
    private_page_options: ClassVar[list[str]] = []
    is_creatable = False

    class Meta:
        abstract = True

    @classmethod
    def get_verbose_name(cls) -> str:
        """What the desk calls pages of this kind."""
        return gettext(KINDS[cls.kind_name].one)

    @property
    def kind(self) -> Kind:
        """Which kind of page this is."""
        return KINDS[self.kind_name]

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str]:
        """Flat below the bank; the language is the site's prefix."""
        return _address(self.locale.language_code, "pages:page", slug=self.slug)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:  # noqa: ARG002 - Wagtail's own
        """As readers will see it, in the page's own language."""
        return KnowledgePage.previewed_by(request, self)

    def clean(self) -> None:
        """A picture needs words for those who don't see it."""
        super().clean()
        if self.picture_id and not self.picture_alt.strip():
            raise ValidationError({"picture_alt": _("Say what the picture shows, for those who don't see it.")})

    def codes(self) -> dict[str, list[str]]:
        """Words of the taxonomy that it carries, by field."""
        return {name: list(getattr(self, name)) for name in VOCABULARIES}


def panels(kind: str, own: Sequence[Panel] = ()) -> TabbedInterface:
    """What an editor fills in for a page of this kind."""
    content: list[Panel] = [TitleFieldPanel("title"), FieldPanel("lead")]
    if own:
        content.append(MultiFieldPanel(list(own), heading=_("Facts")))
    content.append(FieldPanel("body"))
    if KINDS[kind].has_files:
        content.append(InlinePanel("knowledge_files", label=_("File"), heading=_("Files")))
    filed = [FieldPanel(name) for name in VOCABULARIES]
    about: list[Panel] = [
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("initiative"),
        FieldPanel("used_by"),
        FieldPanel("contact_role"),
        FieldPanel("review_on"),
        FieldPanel("slug"),
    ]
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Content")),
            ObjectList(filed, heading=_("Filed under")),
            ObjectList([*about, *Page.settings_panels], heading=_("About the page")),
        ]
    )
