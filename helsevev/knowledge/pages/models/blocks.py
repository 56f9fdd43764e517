"""The building blocks of a page's text (byggeklosser): what an editor may put in, and how each is shown."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from helsevev.core.roadmap import PHASE_NAMES, PHASES

# What text may hold. Anything else that is pasted, from Word or from a web page, is taken out when it is saved.
TEXT = ("h2", "h3", "bold", "italic", "ol", "ul", "link")
PLAIN = ("bold", "italic", "ol", "ul", "link")
PHASE_CHOICES = [(phase.value, _(PHASE_NAMES[phase])) for phase in PHASES]


class Callout(blocks.StructBlock):
    """Something that the reader must not miss (merk)."""

    kind = blocks.ChoiceBlock(
        [("note", _("Note")), ("tip", _("Tip")), ("warning", _("Warning"))], default="note", label=_("Kind")
    )
    title = blocks.CharBlock(max_length=120, required=False, label=_("Title"))
    text = blocks.RichTextBlock(features=PLAIN, label=_("Text"))

    class Meta:
        template = "pages/blocks/callout.html"
        icon = "warning"
        label = _("Callout")


class Quote(blocks.StructBlock):
    """Somebody's own words (sitat)."""

    text = blocks.TextBlock(max_length=2_000, label=_("Text"))
    by = blocks.CharBlock(
        max_length=200, required=False, label=_("Who said it"), help_text=_("A role, not a person's name.")
    )

    class Meta:
        template = "pages/blocks/quote.html"
        icon = "openquote"
        label = _("Quote")


class Figure(blocks.StructBlock):
    """A picture with words for those who don't see it (figur)."""

    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        max_length=300,
        label=_("Alternative text"),
        help_text=_("What the picture shows, for those who don't see it."),
    )
    caption = blocks.CharBlock(max_length=300, required=False, label=_("Caption"))

    class Meta:
        template = "pages/blocks/figure.html"
        icon = "image"
        label = _("Picture")


class Phase(blocks.StructBlock):
    """One phase of a guide: how long it takes, and its steps (fase)."""

    phase = blocks.ChoiceBlock(PHASE_CHOICES, required=False, label=_("Phase"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    takes = blocks.CharBlock(max_length=80, required=False, label=_("Time it takes"))
    text = blocks.RichTextBlock(features=["h3", *PLAIN], label=_("Text"))

    class Meta:
        template = "pages/blocks/phase.html"
        icon = "list-ol"
        label = _("Phase")


class ProjectFigures(blocks.StructBlock):
    """Figures of a project as they stand on the shelf now, never typed in again (prosjekttall)."""

    initiative = blocks.CharBlock(max_length=120, label=_("Project"), help_text=_("The last part of its address."))
    names = blocks.CharBlock(
        max_length=500,
        required=False,
        label=_("Figures"),
        help_text=_("Names with commas between; all figures when this is empty."),
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401
        """The figures now, and what each was before."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        wanted = [name.strip() for name in value["names"].split(",") if name.strip()]
        # Whoever shows the page asks the shelf; a table knows nothing of it.
        asked = (parent_context or {}).get("figures_of")
        return {**context, "figures": asked(value["initiative"], wanted) if asked else []}

    class Meta:
        template = "pages/blocks/figures.html"
        icon = "order"
        label = _("Figures from a project")


class Video(blocks.StructBlock):
    """A film that lies elsewhere, and is asked for only when the reader wants it (video)."""

    address = blocks.URLBlock(max_length=500, label=_("Address"), help_text=_("Begins with https://"))
    title = blocks.CharBlock(max_length=200, label=_("Title"))
    length = blocks.CharBlock(max_length=40, required=False, label=_("Length"))
    transcript = blocks.RichTextBlock(features=PLAIN, required=False, label=_("What is said"))

    class Meta:
        template = "pages/blocks/video.html"
        icon = "media"
        label = _("Video")


class Table(TypedTableBlock):
    """Rows and columns with a head (tabell)."""

    class Meta:
        template = "pages/blocks/table.html"
        icon = "table"
        label = _("Table")


def table() -> Table:
    """A table of plain texts."""
    return Table([("text", blocks.CharBlock(required=False, max_length=2_000))])


class Body(blocks.StreamBlock):
    """A page's text (brødtekst), block by block."""

    text = blocks.RichTextBlock(features=TEXT, label=_("Text"), template="pages/blocks/text.html", icon="pilcrow")
    callout = Callout()
    quote = Quote()
    figure = Figure()
    table = table()
    phase = Phase()
    figures = ProjectFigures()
    video = Video()

    class Meta:
        label = _("Text")
