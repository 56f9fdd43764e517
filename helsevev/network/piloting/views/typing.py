"""Forms whose text is kept while it is typed, in the workspace's own drafts, and stands there when one comes back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest, QueryDict

from helsevev.network.guidance.views.door import Inside
from helsevev.network.workspace.actions import drafts
from helsevev.network.workspace.queries import drafts as asking
from helsevev.network.workspace.views.door import THROW


@dataclass(frozen=True)
class Kept:
    """What someone has typed in one place and not saved (påbegynt); `data` is that as a page would send it."""

    inside: Inside
    place: str
    data: QueryDict | None = None
    saved_at: datetime | None = None
    is_thrown: bool = False

    @classmethod
    def at(cls, request: HttpRequest, inside: Inside, place: str) -> "Kept":
        """What is left there from before. What is sent now takes its place; it may be that it is thrown away."""
        if request.method == "POST":
            thrown = request.POST.get("do") == THROW
            if thrown:
                drafts.forget(inside.user, inside.initiative, place)
            return cls(inside, place, is_thrown=thrown)
        left = asking.draft(inside.user, inside.initiative, place)
        if left is None:
            return cls(inside, place)
        data = QueryDict(mutable=True)
        for name, value in left.fields.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        return cls(inside, place, data, left.saved_at)

    def done(self) -> None:
        """What was typed is saved."""
        drafts.forget(self.inside.user, self.inside.initiative, self.place)

    @property
    def context(self) -> dict[str, object]:
        """What the template needs."""
        return {"key": self.inside.initiative.key, "place": self.place, "saved_at": self.saved_at}


def unjudged(every: Iterable[forms.BaseForm]) -> None:
    """What isn't sent yet isn't wrong yet: show it as it was left, without its faults."""
    for form in every:
        form.errors.clear()
