"""A letter as it is typed: its subject, and the words of each block."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from helsevev.core.newsletter.content import Kind
from helsevev.network.newsletter.actions.writing import Typed
from helsevev.network.newsletter.models import Item, Letter

LONGEST_TEXT = 5000
SEAL = "seal"


def _text(label: Any) -> forms.CharField:  # noqa: ANN401 - a lazy sentence
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )


class LetterForm(forms.Form):
    """The letter's own fields."""

    subject_nb = forms.CharField(label=_("Subject in bokmål"), required=False, max_length=150)
    subject_nn = forms.CharField(label=_("Subject in nynorsk"), required=False, max_length=150)
    counts_clicks = forms.BooleanField(label=_("Count how many open a link, without knowing who"), required=False)


class ItemForm(forms.Form):
    """A block."""

    position = forms.IntegerField(label=_("Place in the letter"), min_value=1, max_value=999)
    title_nb = forms.CharField(label=_("Title in bokmål"), required=False, max_length=300)
    title_nn = forms.CharField(label=_("Title in nynorsk"), required=False, max_length=300)
    text_nb = _text(_("Text in bokmål"))
    text_nn = _text(_("Text in nynorsk"))
    address = forms.URLField(
        label=_("Link"), required=False, max_length=500, assume_scheme="https", help_text=_("Where the title leads.")
    )

    def __init__(self, data: QueryDict | None, item: Item) -> None:
        """What was published keeps its own address."""
        first = {name: getattr(item, name) for name in ("position", "title_nb", "title_nn", "text_nb", "text_nn")}
        super().__init__(data, prefix=f"i{item.pk}", initial=first | {"address": item.address})
        self.item = item
        if item.kind != Kind.OWN:
            del self.fields["address"]


class Sheet:
    """The page of a draft (ark): the letter's form and those of its blocks, read together."""

    def __init__(self, letter: Letter, data: QueryDict | None = None) -> None:
        """As it stands, or as it was typed."""
        first = {name: getattr(letter, name) for name in LetterForm.base_fields}
        self.letter = LetterForm(data, initial=first)
        rows = list(letter.items.all())
        # A block that was taken out in another window isn't on the page that is sent.
        sent = [one for one in rows if data is None or f"i{one.pk}-position" in data]
        self.items = [ItemForm(data, one) for one in sent]

    @property
    def forms(self) -> list[forms.Form]:
        """All of them."""
        return [self.letter, *self.items]

    def is_valid(self) -> bool:
        """Whether all of it can be kept."""
        wrong = [one for one in self.forms if not one.is_valid()]
        return not wrong

    def typed(self) -> Typed:
        """What is to be kept."""
        return Typed(self.letter.cleaned_data, {one.item.pk: one.cleaned_data for one in self.items})


def seen(data: QueryDict) -> int:
    """The version that the page was made of; -1 where it doesn't say."""
    found = data.get(SEAL, "")
    return int(found) if found.isdecimal() and len(found) < 9 else -1
