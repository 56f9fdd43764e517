"""The trail's tables: lines that only grow, and the head that hands out numbers.

No database trigger forbids changing a line. A trigger stops slips, which the ORM already refuses here; whoever can
tamper with the table can drop the trigger first. The seal finds what was done either way, and its tests must be able
to do it. On PostgreSQL docs/manual/operations.md takes UPDATE and DELETE away from the product's own role instead.
"""

from typing import Any, ClassVar, NoReturn

from django.db import models

from helsevev.commons.audit.rules import OnlyGrows
from helsevev.core.keeping import Keeping

SENTENCE = "A line of the trail is never changed or deleted; use helsevev.commons.audit.actions.record."


def _refuse(*_args: object, **_kwargs: object) -> NoReturn:
    """Stands in for everything in the ORM that changes or deletes."""
    raise OnlyGrows(SENTENCE)


class Lines(models.QuerySet["Line"]):
    """Lines to read."""

    update = _refuse
    delete = _refuse
    bulk_update = _refuse


class Line(models.Model):
    """One thing that was decided or changed (sporlinje). Never changed, never deleted."""

    keeping: ClassVar = Keeping(
        until="the installation is closed; a deleted person is a key without a name", personal=("actor",)
    )

    number = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    detail = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects: ClassVar = Lines.as_manager()
    delete = _refuse

    class Meta:
        ordering = ("number",)
        indexes: ClassVar = [
            models.Index(fields=["kind", "key", "number"]),
            models.Index(fields=["actor", "number"], name="trail_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.kind} {self.key}"

    def save_base(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's own signature
        """Insert; never update."""
        if not self._state.adding:
            raise OnlyGrows(SENTENCE)
        super().save_base(*args, **{**kwargs, "force_insert": True})


class Head(models.Model):
    """The last line's number and digest; its one row is locked while a line is written."""

    keeping: ClassVar = Keeping(until="the installation is closed")

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return str(self.number)
