"""The field for a file in every form of the house."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from helsevev.commons.files.actions.incoming import IncomingFile
from helsevev.commons.files.rules import MEDIA_TYPES, Kind, Why, in_words, kinds_in_words, sniff, wrong_kind
from helsevev.commons.ui.forms import UploadInput
from helsevev.commons.ui.forms.saying import said
from helsevev.core.words import Refusal


def _accepted(allowed: Collection[str]) -> str:
    """What the browser offers to choose."""
    return ",".join(MEDIA_TYPES[kind] for kind in Kind if kind.value in allowed)


class UploadField(forms.FileField):
    """A file of the allowed kinds (filfelt), with the limits in words as its help text."""

    def __init__(
        self,
        *,
        allowed: Collection[str] = ("pdf",),
        limit_bytes: int | None = None,
        help_text: object = "",
        **kwargs: Any,  # noqa: ANN401 Django's own
    ) -> None:
        """Say kinds and size after what the form's author says of the file."""
        self.allowed = allowed
        self.most = settings.FILES_LARGEST if limit_bytes is None else limit_bytes
        values = {"kinds": kinds_in_words(allowed), "size": in_words(self.most)}
        limits = format_lazy(gettext_lazy("{kinds}, at most {size}."), **values)
        super().__init__(
            widget=UploadInput(_accepted(allowed), self.most, in_words(self.most)),
            help_text=format_lazy("{} {}", help_text, limits) if help_text else limits,
            allow_empty_file=True,
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 Django's own
        """Refuse at once what needs no looking into."""
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile) and (refusal := self._refusal(upload)):
            raise ValidationError(said(refusal, typed=True), code="refused")
        return upload

    def _refusal(self, upload: UploadedFile[Any]) -> Refusal | None:
        kept = getattr(upload, "refusal", None)
        if isinstance(upload, IncomingFile) and isinstance(kept, Refusal):
            return kept
        if (upload.size or 0) > self.most:
            return Refusal(Why.TOO_BIG, {"limit": in_words(self.most)})
        if not upload.size:
            return Refusal(Why.EMPTY)
        upload.seek(0)
        kind = sniff(upload.read(16), upload.name or "")
        upload.seek(0)
        return None if kind and kind.value in self.allowed else wrong_kind(self.allowed)
