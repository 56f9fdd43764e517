"""Forms of groups and of advisors' capacity."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.people.models import User
from helsevev.core.ledger_sharing import SHARING_NAMES
from helsevev.network.guidance.forms.engaging import Choices, choose
from helsevev.network.guidance.forms.fields import MinutesField, day_input, people_choices


class GroupForm(forms.Form):
    """A group and the rule that shared time falls by."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    sharing = forms.ChoiceField(label=gettext_lazy("How shared time falls"), widget=forms.RadioSelect)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the rules."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choose(self, "sharing", [(one.value, _(name)) for one, name in SHARING_NAMES.items()])


class MemberForm(forms.Form):
    """A project that joins a group."""

    project = forms.ChoiceField(label=gettext_lazy("Project"))

    def __init__(self, *args: object, projects: Choices, **kwargs: object) -> None:
        """Offer the projects that are guided."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choose(self, "project", projects)


class CapacityForm(forms.Form):
    """Hours that an advisor can give in a period."""

    advisor = forms.ChoiceField(label=gettext_lazy("Advisor"))
    starts = forms.DateField(label=gettext_lazy("From"), widget=day_input())
    ends = forms.DateField(label=gettext_lazy("To"), widget=day_input())
    minutes = MinutesField(label=gettext_lazy("Hours"))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)

    def __init__(self, *args: object, advisors: Iterable[User], **kwargs: object) -> None:
        """Offer the advisors."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choose(self, "advisor", people_choices(advisors))
