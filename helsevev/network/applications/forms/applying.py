"""What applicants send: a beginning, people, organisations, files, a reason."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.files.forms import UploadField
from helsevev.commons.initiatives.models import Lineage
from helsevev.commons.people.models import Organisation
from helsevev.network.applications.queries import earlier

LARGEST = 25_000_000
KINDS = {
    Lineage.Kind.SPREADS: gettext_lazy("Spreads it: takes up the model as it is"),
    Lineage.Kind.ADAPTS: gettext_lazy("Adapts it: takes up the model and changes it"),
    Lineage.Kind.CONTINUES: gettext_lazy("Continues it: the same project goes on"),
}


class BeginForm(forms.Form):
    """Who owns the application, and what it is called."""

    owner = forms.ModelChoiceField(
        label=gettext_lazy("Organisation that owns the application"),
        queryset=Organisation.objects.none(),
        to_field_name="key",
        help_text=gettext_lazy("The application stays with the organisation when people leave."),
    )
    title = forms.CharField(label=gettext_lazy("What is the project called?"), max_length=120)
    continues = forms.ChoiceField(
        label=gettext_lazy("Does it continue a project that had support?"),
        required=False,
        help_text=gettext_lazy("Then it is filled in from that project, and counted as renewed."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, owners: list[Organisation], **kwargs: Any) -> None:  # noqa: ANN401 Django's own
        """Offer the organisations for which the person may, and their projects."""
        kwargs["initial"] = {"token": uuid4(), "owner": owners[0].key if len(owners) == 1 else None} | kwargs.get(
            "initial", {}
        )
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.filter(pk__in=[one.pk for one in owners])
        self.fields["owner"].queryset = mine  # type: ignore[attr-defined]
        found = {project.key: project for one in owners for project in earlier.of_organisation(one)}
        offered = [("", _("No, it is new")), *((key, str(project)) for key, project in found.items())]
        self.fields["continues"].choices = offered  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """Whom to ask to write along, and for which organisation."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"),
        queryset=Organisation.objects.order_by("name"),
        to_field_name="key",
        help_text=gettext_lazy("The organisation the person writes for. It takes part, and is asked to confirm."),
    )


class PartnerForm(forms.Form):
    """An organisation that takes part."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"),
        queryset=Organisation.objects.order_by("name"),
        to_field_name="key",
        help_text=gettext_lazy("Those who sign for it are asked to confirm."),
    )


class OriginForm(forms.Form):
    """How the application stands to an earlier project."""

    project = forms.SlugField(widget=forms.HiddenInput, max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("How does yours stand to it?"), choices=list(KINDS.items()))


class WhyForm(forms.Form):
    """Why an application is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Stands in the application's history."),
    )


class AttachForm(forms.Form):
    """A PDF that goes with the application."""

    file = UploadField(label=gettext_lazy("PDF to attach"), limit_bytes=LARGEST)


class SendForm(forms.Form):
    """What the page for sending showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    sent = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
