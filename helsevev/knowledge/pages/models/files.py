"""Files that pages give their readers: templates to fill in, filled-in examples, slides, reports."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from helsevev.core.keeping import Keeping

OWNER = "knowledge file"


class Attachment(models.Model):
    """A file that pages may offer (vedlegg); its bytes are kept by the files' room."""

    keeping: ClassVar = Keeping(until="an editor deletes it")

    title = models.CharField(_("title"), max_length=160)
    file = models.UUIDField(unique=True, editable=False)
    name = models.CharField(max_length=160, editable=False)
    kind = models.CharField(max_length=10, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    # What the file says; unknown until a page that offers it is shown.
    words = models.TextField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        return f"{self.title} ({self.kind.upper()})"


class PageFile(Orderable):
    """A file on a page (fil på siden)."""

    keeping: ClassVar = Keeping(until="its page is deleted")

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="knowledge_files")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name=_("File"))
    label = models.CharField(_("Label"), max_length=120, blank=True, help_text=_("The file's own title when empty."))
    is_example = models.BooleanField(_("Filled-in example"), default=False)

    class Meta(Orderable.Meta):
        pass

    def __str__(self) -> str:
        return self.label or self.attachment.title
