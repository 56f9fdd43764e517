"""Fields that several forms share: an amount of time, a day, and a choice of people."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy

from helsevev.commons.people.models import User
from helsevev.commons.ui.forms.saying import said
from helsevev.core.ledger import clock, read_minutes
from helsevev.core.words import Refused

SMALL = {"rows": 2}


class MinutesField(forms.CharField):
    """An amount of time as people write it (2:30 or 2,5); what comes out is whole minutes."""

    def __init__(self, *, least: int = 1, **kwargs: object) -> None:
        """Say how to write it."""
        kwargs.setdefault("help_text", gettext_lazy("Hours and minutes such as 2:30, or hours as 2,5."))
        kwargs.setdefault("max_length", 20)
        self.least = least
        super().__init__(**kwargs)  # type: ignore[arg-type]

    def clean(self, value: object) -> int | None:
        """Whole minutes, or what is wrong."""
        text = str(super().clean(value) or "")
        if not text:
            return None
        try:
            minutes = read_minutes(text)
        except Refused as refused:
            raise forms.ValidationError([said(one) for one in refused.refusals]) from refused
        if minutes < self.least:
            raise forms.ValidationError(gettext_lazy("A line needs some time, at least one minute."))
        return minutes

    def prepare_value(self, value: object) -> object:
        """Minutes as hours and minutes."""
        return clock(value) if isinstance(value, int) else value


def day_input() -> forms.DateInput:
    """The browser's own field for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def people_choices(people: Iterable[User]) -> list[tuple[str, str]]:
    """People by their keys."""
    return [(str(one.key), str(one)) for one in people]


def split_lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
