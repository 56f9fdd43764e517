"""Files that pages may offer, at the desk: sent in through the files' room, which looks into each."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from helsevev.commons.files import actions as files
from helsevev.commons.files.forms import UploadField
from helsevev.commons.ui.forms.saying import all_said
from helsevev.core.words import Refused
from helsevev.knowledge.pages.models import Attachment
from helsevev.knowledge.pages.models.files import OWNER

ALLOWED = ("pdf", "docx", "xlsx", "pptx")
LARGEST = 12_000_000


class AttachmentForm(forms.ModelForm):  # type: ignore[type-arg] # Django's own
    """A file and what it is called."""

    upload = UploadField(label=gettext_lazy("File"), allowed=ALLOWED, limit_bytes=LARGEST)

    class Meta:
        model = Attachment
        fields = ("title",)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """A file that is there already may stay."""
        options.pop("for_user", None)
        super().__init__(*args, **options)
        self.fields["upload"].required = self.instance.pk is None
        self.fields["upload"].widget = forms.ClearableFileInput()

    def clean(self) -> dict[str, Any]:
        """Have the file looked into; what is wrong with it is said beside the field."""
        cleaned = super().clean() or {}
        upload = cleaned.get("upload")
        if upload and not self.errors:
            try:
                kept = files.receive(
                    upload, owner_kind=OWNER, owner_key="desk", by="system:pages", allowed=ALLOWED, quota_bytes=10**15
                )
            except Refused as refused:
                raise ValidationError({"upload": all_said(refused, typed=True)}) from refused
            if Attachment.objects.filter(file=kept.key).exclude(pk=self.instance.pk).exists():
                raise ValidationError({"upload": _("This file is here already, under another name.")})
            row = self.instance
            row.file, row.name, row.kind, row.size = kept.key, kept.name, kept.kind, kept.size
        return cleaned


class Attachments(ModelViewSet):
    """The list of files, with where each is used."""

    model = Attachment
    form_fields = ("title",)
    icon = "doc-full"
    menu_label = gettext_lazy("Files")
    menu_order = 250
    add_to_admin_menu = True
    url_prefix = "attachments"
    list_display = ("title", "name", "kind", "made_at")
    search_fields = ("title", "name")
    inspect_view_enabled = False
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[AttachmentForm]:  # noqa: ARG002 - Wagtail's
        """The same form for new and old."""
        return AttachmentForm


class AttachmentChooser(ChooserViewSet):
    """Choosing a file while writing a page, or sending in a new one."""

    model = Attachment
    icon = "doc-full"
    choose_one_text = gettext_lazy("Choose a file")
    choose_another_text = gettext_lazy("Choose another file")
    creation_form_class = AttachmentForm
    per_page = 20
