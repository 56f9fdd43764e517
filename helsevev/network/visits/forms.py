"""What comes in: a month's followers by channel, and the list of channels."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from helsevev.network.visits.models import Channel, Month

MOST = 2_000_000_000
LABELS: Mapping[str, Any] = {
    "followers": _("Followers when the month ends"),
    "new": _("New followers in the month"),
    "reach": _("People reached in the month"),
}


class MonthForm(forms.Form):
    """Three numbers a channel; an empty place means that nobody knows."""

    seen = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        channels: Sequence[Channel],
        standing: Mapping[str, Month],
        seen: str,
    ) -> None:
        """Fields for each channel, filled with what stands."""
        super().__init__(data, initial={"seen": seen})
        self.channels = channels
        for channel in channels:
            for name, label in LABELS.items():
                field = forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST)
                field.widget.attrs["inputmode"] = "numeric"
                field.initial = getattr(standing.get(channel.key), name, None)
                self.fields[f"{channel.key}-{name}"] = field

    def clean(self) -> dict[str, Any]:
        """More can't have come than there are."""
        found: dict[str, Any] = super().clean() or {}
        for channel in self.channels:
            followers, new = (found.get(f"{channel.key}-{name}") for name in ("followers", "new"))
            if followers is not None and new is not None and new > followers:
                self.add_error(f"{channel.key}-new", ValidationError(_("More are new than there are followers")))
        return found

    @property
    def by_channel(self) -> list[tuple[Channel, list[Any]]]:
        """Each channel with its three fields."""
        return [(one, [self[f"{one.key}-{name}"] for name in LABELS]) for one in self.channels]

    @property
    def entered(self) -> dict[str, dict[str, int | None]]:
        """What was entered, by channel."""
        return {one.key: {name: self.cleaned_data.get(f"{one.key}-{name}") for name in LABELS} for one in self.channels}


class ChannelsForm(forms.Form):
    """Names, order and use of the channels, and one more."""

    added = forms.CharField(label=_("One more channel"), required=False, max_length=60)

    def __init__(self, data: Any = None, *, channels: Sequence[Channel]) -> None:  # noqa: ANN401 - Django's own
        """Fields for each channel."""
        super().__init__(data)
        self.channels = channels
        for at, channel in enumerate(channels):
            self.fields[f"{channel.key}-name"] = forms.CharField(label=_("Name"), max_length=60, initial=channel.name)
            place = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=99, initial=at + 1)
            self.fields[f"{channel.key}-place"] = place
            used = forms.BooleanField(label=_("Still used"), required=False, initial=channel.in_use)
            self.fields[f"{channel.key}-in_use"] = used

    def clean(self) -> dict[str, Any]:
        """Two channels have two names."""
        found: dict[str, Any] = super().clean() or {}
        names = [str(found.get(f"{one.key}-name", one.key)).casefold() for one in self.channels]
        for one, name in zip(self.channels, names, strict=True):
            if names.count(name) > 1:
                self.add_error(f"{one.key}-name", ValidationError(_("Two channels can't have the same name")))
        return found

    @property
    def by_channel(self) -> list[tuple[Channel, list[Any]]]:
        """Each channel with its fields."""
        return [(one, [self[f"{one.key}-{name}"] for name in ("name", "place", "in_use")]) for one in self.channels]

    @property
    def wanted(self) -> list[tuple[str, str, bool]]:
        """The channels as they shall be, in order."""
        said = self.cleaned_data
        ordered = sorted(self.channels, key=lambda one: said[f"{one.key}-place"])
        return [(one.key, said[f"{one.key}-name"], said[f"{one.key}-in_use"]) for one in ordered]
