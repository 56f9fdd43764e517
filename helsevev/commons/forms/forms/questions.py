"""Questions of a form as fields of a page: what each is asked with."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helsevev.core.questionnaire.evaluating import Spot
from helsevev.core.questionnaire.model import CHOICES, NUMBERS, Item, Kind, Value
from helsevev.core.questionnaire.values import LONGEST_LINE, LONGEST_TEXT, clock_time, day, moment

# A "!" never stands in a path, so these names meet no question's.
BASE, OTHER, UNIT, SEAL, WINDOW, DO = "!base/", "!other/", "!unit/", "!seal", "!window", "!do"
SOMETHING_ELSE = "!other"
MOST_RADIOS = 8
YES, NO = "yes", "no"


class PageForm(forms.Form):
    """The questions of one page; what is wrong with them is worked out elsewhere and given to it."""

    use_required_attribute = False

    def __init__(
        self, fields: Mapping[str, forms.Field], shown: dict[str, Any], wrong: Mapping[str, list[str]]
    ) -> None:
        """Fields by path, what stands in them, and what is wrong with each."""
        super().__init__(initial=shown, auto_id="q-%s")
        self.fields.update(fields)
        self.wrong = wrong

    @property
    def errors(self) -> ErrorDict:
        """What was found wrong."""
        return ErrorDict({path: ErrorList(said) for path, said in self.wrong.items() if path in self.fields})


def language() -> str:
    """The language of the page."""
    return (get_language() or "nb")[:2]


def label(item: Item, row: str = "") -> str | SafeString:
    """What a question is called; said to be in another language where it is."""
    own = language()
    text = f"{item.label(own)} {row}".strip()
    written = item.text.language_of(own)
    return text if written == own or not item.text else format_html('<span lang="{}">{}</span>', written, text)


def fields_of(spot: Spot) -> Mapping[str, forms.Field]:
    """The fields that a place is asked with: one, or with what else was meant, or the unit."""
    item = spot.item
    path = spot.path
    row = str(1 + _number(spot)) if spot.is_row else ""
    main = _main(item, spot.raw)
    main.label, main.required = label(item, row), item.required
    main.help_text = item.help.in_language(language())
    found: dict[str, forms.Field] = {path: main}
    if item.kind is Kind.OPEN_CHOICE:
        found[OTHER + path] = forms.CharField(label=_("Something else: what?"), required=False, max_length=LONGEST_LINE)
    elif item.kind is Kind.QUANTITY and len(item.units) > 1:
        units = [(unit.code, unit.text.in_language(language())) for unit in item.units]
        found[UNIT + path] = forms.ChoiceField(label=_("Unit"), choices=units, required=False)
    elif item.kind is Kind.QUANTITY and item.units:
        main.label = format_html("{} ({})", main.label, item.units[0].text.in_language(language()))
    return found


def _number(spot: Spot) -> int:
    return spot.parent.spots.index(spot) if spot.parent else 0


def _main(item: Item, raw: Value) -> forms.Field:
    """The field itself; its widget says what can be typed."""
    if item.kind is Kind.BOOLEAN:
        return _yes_or_no(item)
    if item.kind in CHOICES:
        return _choices(item)
    if item.kind is Kind.ATTACHMENT:
        return forms.FileField(widget=forms.FileInput(attrs={"accept": "application/pdf"}))
    attrs: dict[str, Any] = {"placeholder": item.placeholder.in_language(language())} if item.placeholder else {}
    if item.kind is Kind.TEXT:
        longest = min(item.limits.longest or LONGEST_TEXT, LONGEST_TEXT)
        return forms.CharField(widget=forms.Textarea(attrs={**attrs, "rows": 3 if longest <= 300 else 6}))
    return forms.CharField(widget=forms.TextInput(attrs={**attrs, **_typing(item, raw)}))


def _typing(item: Item, raw: Value) -> dict[str, Any]:
    """What helps while one types: the keyboard, the calendar. What can't be shown in those stays a plain text."""
    text = raw if isinstance(raw, str) else ""
    if item.kind in NUMBERS:
        return {"inputmode": "numeric" if item.kind is Kind.INTEGER else "decimal", "class": "narrow"}
    if item.kind is Kind.DATE and (not text or ((found := day(text)) and found.is_day and str(found) == text)):
        return {"type": "date"}
    if item.kind is Kind.TIME and (not text or (clock_time(text) and len(text) == 5)):
        return {"type": "time"}
    if item.kind is Kind.DATE_TIME and (not text or (moment(text) and len(text) == 16 and text[10] == "T")):
        return {"type": "datetime-local"}
    return {"type": "url"} if item.kind is Kind.URL else {}


def _yes_or_no(item: Item) -> forms.Field:
    if item.control == "check-box":
        return forms.BooleanField(widget=forms.CheckboxInput(attrs={"value": YES}))
    choices = [(YES, _("Yes")), (NO, _("No"))]
    return forms.ChoiceField(choices=[*choices, *_none(item)], widget=forms.RadioSelect)


def _none(item: Item) -> list[tuple[str, str]]:
    """A way to take an answer back that needn't be given."""
    return [] if item.required else [("", _("Not stated"))]


def _choices(item: Item) -> forms.Field:
    choices: list[tuple[str, Any]] = [(option.key, option.text.in_language(language())) for option in item.options]
    if item.kind is Kind.OPEN_CHOICE:
        choices.append((SOMETHING_ELSE, _("Something else")))
    if item.repeats:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
    if item.control in ("drop-down", "autocomplete") or (len(choices) > MOST_RADIOS and item.control != "radio-button"):
        return forms.ChoiceField(choices=[("", ""), *choices], widget=forms.Select)
    return forms.ChoiceField(choices=[*choices, *_none(item)], widget=forms.RadioSelect)


def shown(spot: Spot) -> Mapping[str, Any]:
    """What stands in the fields of a place."""
    item, raw, path = spot.item, spot.raw, spot.path
    if item.kind is Kind.BOOLEAN:
        if item.control == "check-box":
            return {path: raw is True}
        return {path: YES if raw is True else NO if raw is False else ""}
    if item.kind in CHOICES:
        return _shown_choices(item, raw, path)
    if isinstance(raw, dict) and item.kind is Kind.QUANTITY:
        return {path: raw.get("number", ""), UNIT + path: raw.get("unit", "")}
    return {path: raw if isinstance(raw, str) else ""}


def _shown_choices(item: Item, raw: Value, path: str) -> Mapping[str, Any]:
    given = raw if isinstance(raw, list) else [] if raw is None else [raw]
    others = [one["other"] for one in given if isinstance(one, dict) and isinstance(one.get("other"), str)]
    keys = [one for one in given if isinstance(one, str)] + ([SOMETHING_ELSE] if others else [])
    found: dict[str, Any] = {path: keys if item.repeats else (keys[0] if keys else "")}
    return {**found, OTHER + path: others[0]} if others else found


def form_of(spots: Iterable[Spot], wrong: Mapping[str, list[str]]) -> PageForm:
    """The fields of these places."""
    fields: dict[str, forms.Field] = {}
    standing: dict[str, Any] = {}
    for spot in spots:
        fields |= fields_of(spot)
        standing |= shown(spot)
    return PageForm(fields, standing, wrong)
