"""Pictures (bilder): kept by the files' room, like everything that is sent in."""

from typing import IO, Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField

from helsevev.commons.files import actions as files
from helsevev.commons.files import queries as stored
from helsevev.commons.files.models import StoredFile
from helsevev.core.keeping import Keeping

OWNER = "knowledge picture"


@deconstructible
class KeptPictures(Storage):
    """Originals lie with all other files that were sent in: looked into, drawn anew, in every backup."""

    def _save(self, name: str, content: File[Any]) -> str:
        if not isinstance(content, UploadedFile):
            content = UploadedFile(content.file, name=name, size=content.size)
        kept = files.receive(
            content, owner_kind=OWNER, owner_key=uuid4().hex, by="system:pages", allowed=("png", "jpeg")
        )
        return f"{kept.key}.{kept.kind}"

    def _open(self, name: str, mode: str = "rb") -> File[Any]:  # noqa: ARG002 - Django's own
        opened: IO[bytes] = stored.path(self._row(name)).open("rb")
        return File(opened, name=name)

    def _row(self, name: str) -> StoredFile:
        try:
            return StoredFile.objects.get(key=UUID(name.partition(".")[0]), owner_kind=OWNER)
        except (ValueError, StoredFile.DoesNotExist) as error:
            raise FileNotFoundError(name) from error

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002 - Django's own
        """Its key is the name; nothing stands in the way."""
        return name

    def exists(self, name: str) -> bool:  # noqa: ARG002 - Django's own
        """A name is given when the bytes are kept."""
        return False

    def delete(self, name: str) -> None:
        """The picture is let go; its bytes are erased after a while."""
        try:
            files.withdraw(self._row(name), by="system:pages")
        except FileNotFoundError:
            return

    def size(self, name: str) -> int:
        """Bytes."""
        return self._row(name).size

    def url(self, name: str | None) -> str:  # noqa: ARG002 - Django's own
        """Originals have no open address: readers get smaller pictures made of them."""
        return ""


class Picture(AbstractImage):
    """A picture that pages may show (bilde)."""

    keeping: ClassVar = Keeping(until="an editor deletes it", personal=("uploaded_by_user",))

    file = WagtailImageField(
        verbose_name=_("file"),
        upload_to="pictures",
        width_field="width",
        height_field="height",
        storage=KeptPictures(),
        max_length=100,
    )
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who made it, and its licence."))

    admin_form_fields = ("title", "file", "description", "credit", "tags", "focal_point_x", "focal_point_y",
                         "focal_point_width", "focal_point_height", "collection")  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = "picture"
        verbose_name_plural = "pictures"


class PictureRendition(AbstractRendition):
    """A smaller picture made of another (bildeutgave); it can be made again at any time."""

    keeping: ClassVar = Keeping(until="its picture goes")

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
