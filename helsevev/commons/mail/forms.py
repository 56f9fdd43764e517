"""The choices on the page of messages."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helsevev.commons.mail.models import Message

LARGEST = 2**63 - 1
STATES: Mapping[str, Any] = {
    Message.State.QUEUED: _("Waits to be sent"),
    Message.State.SENDING: _("Is being sent"),
    Message.State.SENT: _("Sent"),
    Message.State.FAILED: _("Refused by the mail server"),
    Message.State.UNKNOWN: _("Unknown whether it arrived"),
    Message.State.KEPT: _("Not sent: no mail server is set"),
}


class MailChoice(forms.Form):
    """Which messages to show."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *STATES.items()])
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
