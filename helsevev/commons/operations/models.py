"""The table of signs of life."""

from typing import ClassVar

from django.db import models

from helsevev.core.keeping import Keeping


class Beat(models.Model):
    """When a worker was last seen, or a rare duty last done (livstegn)."""

    keeping: ClassVar = Keeping(until="seven days after it was last seen", days=7, counted_from="at")

    name = models.CharField(max_length=150, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
