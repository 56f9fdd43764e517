"""The protocol's form: its texts, its numbers, and its lists."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.core.piloting.planning import MOST as MOST_PEOPLE
from helsevev.network.piloting.forms.rows import Day, Row, Rows, area, line, whole
from helsevev.network.piloting.rules import protocol
from helsevev.network.piloting.rules.protocol import ACT_NAMES, SORT_NAMES, TEXTS, Act, Sort, Term


class TextForm(forms.Form):
    """What is asked, of whom, how many, when, and why so many."""

    question = area(gettext_lazy(TEXTS["question"][0]), help_text=gettext_lazy(TEXTS["question"][1]))
    population = area(gettext_lazy(TEXTS["population"][0]), help_text=gettext_lazy(TEXTS["population"][1]))
    first = Day(label=gettext_lazy("First day"), required=False)
    last = Day(label=gettext_lazy("Last day"), required=False)
    planned = whole(gettext_lazy("Planned number included"), most=100_000, least=1)
    least = whole(
        gettext_lazy("Least number included"),
        most=100_000,
        least=1,
        help_text=gettext_lazy("Fewer than this, and the pilot can't answer its question."),
    )
    expected = whole(
        gettext_lazy("Expected share, per cent"),
        most=99,
        least=1,
        help_text=gettext_lazy("For the calculator alone: how many of a hundred you expect to answer yes."),
    )
    reasoning = area(gettext_lazy(TEXTS["reasoning"][0]), help_text=gettext_lazy(TEXTS["reasoning"][1]))


class AmendForm(forms.Form):
    """What an amendment says of itself."""

    counts_from = Day(label=gettext_lazy("The amendment counts from"), required=False)
    why = area(gettext_lazy("Why the protocol is amended"))
    anew = forms.BooleanField(
        label=gettext_lazy("Look at the rate anew from that day"),
        required=False,
        help_text=gettext_lazy("Choose this when others can be included than before."),
    )


class DeciderForm(forms.Form):
    """Who decides at reviews."""

    deciders = forms.MultipleChoiceField(
        label=gettext_lazy("Who decides at reviews"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 Django's own signature
        """`people`: key and name of those who may be named."""
        super().__init__(*args, **kwargs)
        self.fields["deciders"].choices = list(people)  # type: ignore[attr-defined]


class CriterionRow(Row):
    """A criterion, tied to an agreed word."""

    telling = ("text",)
    heading = gettext_lazy("Criterion")
    sort = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(one.value, gettext_lazy(SORT_NAMES[one])) for one in Sort]
    )
    text = line(gettext_lazy("Criterion"))
    concept = forms.ChoiceField(label=gettext_lazy("Agreed word"), required=False)
    id = forms.RegexField(r"^c\d{1,4}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, terms: Mapping[str, Term], **kwargs: Any) -> None:  # noqa: ANN401 Django's own signature
        """`terms`: words that all have signed, by key."""
        super().__init__(*args, **kwargs)
        self.terms = terms
        choices = [("", _("None yet")), *((key, term.name) for key, term in terms.items())]
        self.fields["concept"].choices = choices  # type: ignore[attr-defined]

    def row(self) -> dict[str, Any] | None:
        """With the word's text as it stands now."""
        found = super().row()
        if found:
            term = self.terms.get(found.pop("concept"))
            found["term"] = term.as_dict() if term else None
        return found


class MeasureRow(Row):
    """A measure with its benefit indicator."""

    telling = ("name", "indicator")
    heading = gettext_lazy("Measure")
    name = line(gettext_lazy("What is to become better"))
    indicator = line(gettext_lazy("Indicator: what is counted or measured, and in whom"))
    baseline = line(gettext_lazy("Before"), most=120)
    target = line(gettext_lazy("Target"), most=120)
    source = line(gettext_lazy("Source"), most=200)


class ResourceRow(Row):
    """What one party puts in."""

    telling = ("what", "hours")
    heading = gettext_lazy("Party")
    party = forms.CharField(widget=forms.HiddenInput, max_length=100)
    name = forms.CharField(widget=forms.HiddenInput, max_length=200)
    what = line(gettext_lazy("People, rooms and equipment"))
    hours = whole(gettext_lazy("Hours in the whole period"), most=1_000_000)


class RuleRow(Row):
    """A rule for when to adjust or stop."""

    telling = ("when",)
    heading = gettext_lazy("Rule")
    sort = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(one.value, gettext_lazy(ACT_NAMES[one])) for one in Act]
    )
    when = line(gettext_lazy("When this happens"))
    then = line(gettext_lazy("This is done"))


class ReviewRow(Row):
    """A day on which the pilot is looked at."""

    telling = ("on",)
    heading = gettext_lazy("Review")
    on = Day(label=gettext_lazy("Date"), required=False)
    what = line(gettext_lazy("What is looked at"))


class ProtocolForm:
    """The whole protocol (pilotprotokoll) as a page of forms."""

    LISTS: ClassVar = ("criteria", "measures", "rules", "reviews", "resources")

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        content: Mapping[str, Any],
        *,
        terms: Mapping[str, Term],
        parties: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        amends: bool,
    ) -> None:
        """`data` is what was sent, `content` what stands."""
        self.standing, self.people, self.terms = content, dict(people), terms
        initial = {**content, "deciders": protocol.deciders(content)}
        self.text = TextForm(data, initial=initial)
        self.amend = AmendForm(data, initial=initial) if amends else None
        self.who = DeciderForm(data, initial=initial, people=people)
        criteria = [
            {**row, "concept": (row.get("term") or {}).get("concept", "")} for row in protocol.rows(content, "criteria")
        ]
        given = {str(row.get("party")): row for row in protocol.rows(content, "resources")}
        resources = [{**given.get(key, {}), "party": key, "name": name} for key, name in parties]
        self.parties = dict(parties)
        self.criteria = Rows(CriterionRow, "criteria", data, criteria, terms=terms)
        self.measures = Rows(MeasureRow, "measures", data, protocol.rows(content, "measures"), extra=1)
        self.rules = Rows(RuleRow, "rules", data, protocol.rows(content, "rules"), extra=2)
        self.reviews = Rows(ReviewRow, "reviews", data, protocol.rows(content, "reviews"), extra=2)
        self.resources = Rows(ResourceRow, "resources", data, resources, extra=0)

    @property
    def forms(self) -> list[forms.BaseForm]:
        """Every form there is, for the summary of faults."""
        found: list[forms.BaseForm] = [self.text, *([self.amend] if self.amend else []), self.who]
        return found + [form for name in self.LISTS for form in getattr(self, name).forms]

    def is_valid(self) -> bool:
        """Whether everything can be read; what is missing is asked about first when it is laid forward."""
        lists = [getattr(self, name).is_valid() for name in self.LISTS]
        single = [self.text.is_valid(), self.who.is_valid(), self.amend is None or self.amend.is_valid()]
        return all(lists) and all(single)

    def content(self) -> dict[str, Any]:
        """The protocol as it is kept."""
        found: dict[str, Any] = {**self.text.cleaned_data}
        if self.amend:
            found |= self.amend.cleaned_data
        found = {name: one.isoformat() if hasattr(one, "isoformat") else one for name, one in found.items()}
        found["criteria"] = _numbered(self.criteria.rows())
        for name in ("measures", "rules", "reviews"):
            found[name] = getattr(self, name).rows()
        found["resources"] = [
            {**row, "name": self.parties[row["party"]]} for row in self.resources.rows() if row["party"] in self.parties
        ]
        chosen = self.who.cleaned_data["deciders"]
        found["deciders"] = [{"key": key, "name": self.people[key]} for key in chosen]
        return found

    def numbers(self) -> tuple[int | None, int | None, int]:
        """Planned, least and expected share, as far as they can be read; for the calculator."""
        self.text.is_valid()
        given = self.text.cleaned_data if self.text.is_bound else self.standing
        sizes = [given.get(name) for name in ("planned", "least")]
        planned, least = (one if isinstance(one, int) and 2 <= one <= MOST_PEOPLE else None for one in sizes)
        expected = given.get("expected")
        return planned, least, expected if isinstance(expected, int) else 50


def _numbered(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each criterion with an id that stays, for what is counted by it."""
    taken = {row["id"] for row in rows if row.get("id")}
    free = (f"c{number}" for number in range(1, 10_000) if f"c{number}" not in taken)
    seen: set[str] = set()
    made = []
    for row in rows:
        own = row.get("id") if row.get("id") and row["id"] not in seen else next(free)
        seen.add(str(own))
        made.append({**row, "id": own})
    return made
