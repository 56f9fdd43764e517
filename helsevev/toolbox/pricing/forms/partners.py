"""Municipalities that are to take part, written by number or name; and what a new case asks for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.people.models import Organisation
from helsevev.toolbox.pricing.forms.filling import with_all_groups
from helsevev.toolbox.pricing.queries.people import adults_of, named
from helsevev.toolbox.pricing.rules import beginning
from helsevev.toolbox.pricing.rules.reasons import Why


class PartnersField(forms.CharField):
    """Municipalities of the register, one on each line."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 Django's own
        """A box of several lines."""
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000, **kwargs)

    def clean(self, value: str) -> list[Organisation]:
        """The municipalities meant, each once; every unknown one is told of."""
        lines = [line.strip() for part in super().clean(value).split("\n") for line in part.split(",") if line.strip()]
        known = named(lines)
        unknown = [line for line in lines if line not in known]
        if unknown:
            raise ValidationError([_(Why.NO_SUCH_MUNICIPALITY) % {"value": line} for line in unknown[:10]])
        if self.required and not lines:
            raise ValidationError(_(Why.NO_MUNICIPALITY))
        return list({known[line].pk: known[line] for line in lines}.values())


class NewPartners(forms.Form):
    """More municipalities for a case."""

    new_partners = PartnersField(
        label=gettext_lazy("Add municipalities"),
        help_text=gettext_lazy("Number or name, one on each line. Adults are filled in from the population."),
    )

    def __init__(self, *args: Any, content: Mapping[str, Any], **kwargs: Any) -> None:  # noqa: ANN401 Django's own
        """Remember which content they are added to."""
        self.content = content
        super().__init__(*args, **kwargs)

    def added(self) -> dict[str, Any]:
        """The content with those that weren't in it."""
        held = {str(row.get("number")) for row in self.content["municipalities"]}
        wanted = [one for one in self.cleaned_data["new_partners"] if one.municipality_number not in held]
        adults = adults_of(one.municipality_number for one in wanted)
        groups = [str(row.get("id")) for row in self.content["patient_groups"]]
        rows = [
            beginning.partner(one.municipality_number, plain_name(one), adults.get(one.municipality_number, 0), groups)
            for one in wanted
        ]
        return with_all_groups({**self.content, "municipalities": [*self.content["municipalities"], *rows]})


def plain_name(one: Organisation) -> str:
    """A municipality's name without the word."""
    return one.name.removesuffix(" kommune")


class NewCase(forms.Form):
    """What a new case begins with."""

    title = forms.CharField(label=gettext_lazy("What the service is called"), max_length=200)
    owner = forms.ChoiceField(label=gettext_lazy("Organisation that runs the centre"))
    groups = forms.CharField(
        label=gettext_lazy("Patient groups"),
        help_text=gettext_lazy("A short name for each, with commas between, such as: copd, heart failure"),
        max_length=500,
    )
    partners = PartnersField(
        label=gettext_lazy("Municipalities that take part"),
        help_text=gettext_lazy("Number or name, one on each line. Adults are filled in from the population."),
    )

    def __init__(self, *args: Any, owners: list[Organisation], **kwargs: Any) -> None:  # noqa: ANN401 Django's own
        """The organisations that the person may make a case for."""
        super().__init__(*args, **kwargs)
        self.owners = {one.key: one for one in owners}
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [(one.key, one.name) for one in owners]

    def clean_groups(self) -> list[str]:
        """The groups' short names, each once."""
        found = [part.strip() for part in self.cleaned_data["groups"].split(",") if part.strip()]
        if not found:
            raise ValidationError(_(Why.NO_GROUP))
        return list(dict.fromkeys(found))

    def content(self) -> dict[str, Any]:
        """A whole case, illustrative until somebody says better."""
        given = self.cleaned_data
        adults = adults_of(one.municipality_number for one in given["partners"])
        partners = [
            beginning.partner(
                one.municipality_number, plain_name(one), adults.get(one.municipality_number, 0), given["groups"]
            )
            for one in given["partners"]
        ]
        return beginning.begin(given["title"], given["groups"], partners, _)
