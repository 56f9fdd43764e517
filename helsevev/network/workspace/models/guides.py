"""Tables of implementation guides: templates with versions, and a project's own edition of one."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.commons.forms.models import WrittenOnce
from helsevev.commons.initiatives.models import Initiative
from helsevev.core.keeping import Keeping


class Guide(models.Model):
    """A way of working that projects can adopt (implementeringsguide), through all its versions."""

    keeping: ClassVar = Keeping(until="no project uses it and staff delete it")

    key = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key


class GuideVersion(WrittenOnce):
    """A published version of a guide (guideversjon), which never changes."""

    keeping: ClassVar = Keeping(until="its guide goes")

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("guide", "-number")
        constraints: ClassVar = [models.UniqueConstraint(fields=["guide", "number"], name="guide_version_once")]

    def __str__(self) -> str:
        return f"{self.guide_id} v{self.number}"


class AdoptedGuide(models.Model):
    """A guide that a project works by (tatt i bruk guide): the template's version, and what is different here."""

    keeping: ClassVar = Keeping(until="its initiative goes", personal=("adopted_by",))

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="adopted_guide")
    template = models.ForeignKey(GuideVersion, models.PROTECT, related_name="adoptions")
    local = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    adopted_at = models.DateTimeField(default=timezone.now)
    adopted_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.template_id} in {self.initiative_id}"
