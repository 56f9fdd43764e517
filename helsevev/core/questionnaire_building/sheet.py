"""One question's settings as a page has them (innstillingsark): flat fields of text, read from it and written to it.

Two may have the same page open. Each field that a person changed is put in; each that she left is left as it stands
now; only where both changed the same field to different things must somebody choose.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from helsevev.core.faults import Fault, Faulty
from helsevev.core.questionnaire_building import settings, showing, texts, tree, wording
from helsevev.core.questionnaire_building.settings import CHOICES, LIMIT_KEYS, NUMBERS, WRITTEN, Option
from helsevev.core.questionnaire_building.tree import JSON, Item, Questionnaire
from helsevev.core.words import Refusal, Refused, gettext_noop

Fields = Mapping[str, str]
ON = "on"
LONGEST = 4_000
HAVE_LIMITS = frozenset({"integer", "decimal", "quantity", "date", "time"})
TEXTS = ("text", "help", "placeholder", "wrong")
SWITCHES = ("required", "repeats", "readOnly", "hidden")
LONGEST_PREFIX = 20


class Why(StrEnum):
    """What is wrong with what was typed."""

    NOT_WHOLE = gettext_noop("Write a whole number, such as 3.")
    NOT_NUMBER = gettext_noop("Write a number, such as 3 or 2.5.")
    NOT_DATE = gettext_noop("Write a date, such as 2026-03-24.")
    NOT_TIME = gettext_noop("Write a time, such as 08:30.")
    NEGATIVE = gettext_noop("It can't be less than nought.")
    TOO_LONG = gettext_noop("The text has more than %(most)s characters.")
    NO_TEXT = gettext_noop("An option needs a text in the form's own language.")


@dataclass(frozen=True)
class Merged:
    """What two pages make together (sammenslåing): the fields, and the names of those that both changed."""

    fields: dict[str, str]
    clashes: tuple[str, ...]


def merged(was: Fields, typed: Fields, now: Fields) -> Merged:
    """What was typed on a page that showed `was`, put into what stands `now`."""
    fields, clashes = dict(now), []
    for name, text in typed.items():
        if text == was.get(name, ""):
            continue
        if now.get(name, "") not in (was.get(name, ""), text):
            clashes.append(name)
        fields[name] = text
    return Merged(fields, tuple(clashes))


# --- From the question to the page -----------------------------------------------------------------------------------
def fields(questionnaire: Questionnaire, item: Mapping[str, Any]) -> dict[str, str]:
    """Every field that the page of a question has, with what stands in it."""
    own, kind = texts.own_language(questionnaire), str(item.get("type"))
    found = {"kind": kind}
    for name, by_language in (
        ("text", texts.read(item, "text", own)),
        ("help", wording.help_of(item, own) if kind != "display" else None),
        ("placeholder", wording.placeholder_of(item, own) if kind in WRITTEN | NUMBERS else None),
        ("wrong", wording.validation_of(item, own) if kind in HAVE_LIMITS | WRITTEN else None),
    ):
        if by_language is not None:
            found |= {f"{name}.{language}": by_language.get(language, "") for language in texts.LANGUAGES}
    found["prefix"] = str(item.get("prefix") or "")
    found["hidden"] = ON if settings.value_of(item, settings.HIDDEN) is True else ""
    if kind != "display":
        found["required"] = ON if item.get("required") else ""
    if kind not in ("display", "group"):
        found["readOnly"] = ON if item.get("readOnly") else ""
    if kind in showing.DRAWN and not item.get("repeats"):  # several are always chosen by boxes to tick
        found["drawn"] = showing.drawn(item)
    if kind in showing.INITIAL_KEYS:
        found["initial"] = _said(showing.initial(item), kind)
    return found | _of_kind(item, kind, own)


def _of_kind(item: Mapping[str, Any], kind: str, own: str) -> dict[str, str]:
    """The fields that only some types have."""
    found: dict[str, str] = {}
    if kind not in ("display", "boolean"):
        found["repeats"] = ON if item.get("repeats") else ""
        found["times.least"] = _said(settings.value_of(item, settings.MIN_OCCURS))
        found["times.most"] = _said(settings.value_of(item, settings.MAX_OCCURS))
    if kind in HAVE_LIMITS:
        found["least"] = _said(settings.value_of(item, settings.MIN_VALUE), kind)
        found["most"] = _said(settings.value_of(item, settings.MAX_VALUE), kind)
    if kind in ("decimal", "quantity"):
        found["decimals"] = _said(settings.value_of(item, settings.DECIMALS))
    if kind == "quantity":
        unit = settings.value_of(item, settings.UNIT)
        found["unit"] = str(unit.get("display") or unit.get("code") or "") if isinstance(unit, Mapping) else ""
    if kind in WRITTEN:
        found["shortest"] = _said(settings.value_of(item, settings.MIN_LENGTH))
        found["longest"] = _said(item.get("maxLength"))
        found["pattern"] = str(settings.value_of(item, settings.REGEX) or "")
    if kind == "attachment":
        found["megabytes"] = _said(settings.value_of(item, settings.MAX_SIZE))
    return found | (_of_options(item, own) if kind in CHOICES else {})


def _of_options(item: Mapping[str, Any], own: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for option in settings.options(item, own):
        found |= _of_option(option, several=bool(item.get("repeats")))
    return found


def _of_option(option: Option, *, several: bool) -> dict[str, str]:
    """The fields of an option; that it is chosen alone means something only where several can be chosen."""
    code = option.code
    said = {f"option.{code}.{language}": option.texts.get(language, "") for language in texts.LANGUAGES}
    said[f"option.{code}.score"] = "" if option.score is None else f"{option.score:f}"
    return said | ({f"option.{code}.alone": ON if option.alone else ""} if several else {})


def _said(value: JSON, kind: str = "") -> str:
    """A value as a field has it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(str(value)):f}"
    return str(value)[:5] if kind == "time" else str(value)


def codes(found: Iterable[str]) -> list[str]:
    """The codes of the options that a page has fields for, in their order."""
    names = (name.split(".", 1)[1].rpartition(".")[0] for name in found if name.startswith("option."))
    return list(dict.fromkeys(names))


# --- From the page to the question -----------------------------------------------------------------------------------
def applied(questionnaire: Questionnaire, link_id: str, wanted: Fields) -> dict[str, Any]:
    """The questionnaire with a question as the page has it; raises `Faulty` with each field's fault, or `Refused`.

    Only what differs from what stands is written, so that what a file says in its own way stays as it came.
    """
    item = tree.require(questionnaire, link_id).item
    typed = _Typed(wanted, fields(questionnaire, item))
    own, kind = texts.own_language(questionnaire), str(item.get("type"))
    made = texts.written(item, "text", typed.by_language("text"), own)
    if typed.touches("wrong."):
        made = wording.set_validation(made, typed.by_language("wrong"), own)
    if typed.touches("placeholder."):
        made = wording.set_placeholder(made, typed.by_language("placeholder"), own)
    made = _flagged(_shown(_limited(made, kind, typed), kind, typed), typed)
    standing = {one.code: one for one in settings.options(item, own)}
    options = _options(wanted, typed, own, standing) if typed.touches("option.") else None
    if typed.faults:
        raise Faulty(typed.faults)
    changed = tree.changed(questionnaire, link_id, lambda _item: made)
    if typed.touches("help."):
        changed = wording.set_help(changed, link_id, typed.by_language("help"))
    if options is not None:
        changed = settings.set_options(changed, link_id, options)
    return settings.set_kind(changed, link_id, wanted.get("kind") or kind)


class _Typed:
    """The fields while they are read; what is wrong with them is gathered."""

    def __init__(self, wanted: Fields, standing: Fields) -> None:
        self.wanted = wanted
        self.touched = {name for name, text in wanted.items() if text != standing.get(name, "")}
        self.faults: list[Fault] = []

    def touches(self, *names: str) -> bool:
        """Whether one of these fields was changed; a name with a dot at its end is all that begins with it."""
        return any(
            one == name or (name.endswith(".") and one.startswith(name)) for one in self.touched for name in names
        )

    def by_language(self, name: str, *, all_of_it: bool = False) -> dict[str, str]:
        """A text in the languages in which it was changed, or in all."""
        found = {}
        for language in texts.LANGUAGES:
            field = f"{name}.{language}"
            if field in self.wanted and (all_of_it or field in self.touched):
                found[language] = self.wanted[field].replace("\r\n", "\n").strip()
                if len(found[language]) > LONGEST:
                    self.fault(field, Why.TOO_LONG, most=LONGEST)
        return found

    def fault(self, name: str, why: Why, **values: object) -> None:
        self.faults.append(Fault(name, Refusal(why, values)))

    def whole(self, name: str) -> int | None:
        text = self.wanted.get(name, "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            self.fault(name, Why.NEGATIVE if text.startswith("-") else Why.NOT_WHOLE)
            return None
        return int(text)

    def number(self, name: str, why: Why = Why.NOT_NUMBER) -> Decimal | None:
        text = self.wanted.get(name, "").strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or len(found.as_tuple().digits) > 15 or abs(found.adjusted()) > 15:
            self.fault(name, why)
            return None
        return found

    def limit(self, name: str, kind: str) -> JSON:
        """A limit as the standard writes it for a type."""
        text = self.wanted.get(name, "").strip()
        if kind in WRITTEN:
            return text or None
        if kind in NUMBERS:
            found = self.number(name, Why.NOT_WHOLE if kind == "integer" else Why.NOT_NUMBER)
            if found is not None and kind == "integer" and found != found.to_integral_value():
                self.fault(name, Why.NOT_WHOLE)
                return None
            return None if found is None else settings.plain(found)
        try:
            if not text:
                return None
            return date.fromisoformat(text).isoformat() if kind == "date" else time.fromisoformat(text).isoformat()
        except ValueError:
            self.fault(name, Why.NOT_DATE if kind == "date" else Why.NOT_TIME)
            return None


def _flagged(item: Item, typed: _Typed) -> Item:
    """The item with what must be answered, and how often."""
    made = item
    for name in ("required", "repeats", "readOnly"):
        if typed.touches(name):
            made = settings.set_flag(made, name, on=typed.wanted[name] == ON)
    if typed.touches("hidden"):
        on = True if typed.wanted["hidden"] == ON else None
        made = settings.with_extension(made, settings.HIDDEN, "valueBoolean", on)
    if not typed.touches("repeats", "times."):
        return made
    repeats = typed.wanted.get("repeats") == ON
    least, most = typed.whole("times.least"), typed.whole("times.most")
    try:
        return settings.set_times(made, least if repeats else None, most if repeats else None)
    except Refused as refused:
        typed.faults += [Fault("times.most", refusal) for refusal in refused.refusals]
        return made


def _patterned(item: Item, typed: _Typed) -> Item:
    """The item with the pattern of its words."""
    try:
        return showing.set_pattern(item, typed.wanted["pattern"].strip())
    except Refused as refused:
        typed.faults += [Fault("pattern", refusal) for refusal in refused.refusals]
        return item


def _sized(item: Item, typed: _Typed) -> Item:
    """The item with the largest file that it takes."""
    most = typed.number("megabytes")
    if most is not None and most <= 0:
        typed.fault("megabytes", Why.NEGATIVE)
    size = None if most is None else settings.plain(most)
    return settings.with_extension(item, settings.MAX_SIZE, "valueDecimal", size)


def _shown(item: Item, kind: str, typed: _Typed) -> Item:
    """The item with its number before it, how it is drawn, and what stands in it from the beginning."""
    made = item
    if typed.touches("prefix"):
        prefix = typed.wanted["prefix"].strip()
        if len(prefix) > LONGEST_PREFIX:
            typed.fault("prefix", Why.TOO_LONG, most=LONGEST_PREFIX)
        made = {key: value for key, value in made.items() if key != "prefix"} | ({"prefix": prefix} if prefix else {})
    if typed.touches("pattern"):
        made = _patterned(made, typed)
    if typed.touches("megabytes"):
        made = _sized(made, typed)
    if typed.touches("drawn"):
        made = showing.set_drawn(made, typed.wanted["drawn"])
    if typed.touches("initial") and kind in showing.INITIAL_KEYS:
        made = showing.set_initial(made, typed.limit("initial", kind))
    return made


def _limited(item: Item, kind: str, typed: _Typed) -> Item:
    """The item with the limits that its type can have."""
    made = item
    try:
        if typed.touches("least", "most") and kind in LIMIT_KEYS:
            made = settings.set_limits(made, typed.limit("least", kind), typed.limit("most", kind))
        if typed.touches("shortest", "longest"):
            made = settings.set_lengths(made, typed.whole("shortest"), typed.whole("longest"))
    except Refused as refused:
        name = "most" if kind in HAVE_LIMITS else "longest"
        typed.faults += [Fault(name, refusal) for refusal in refused.refusals]
    if typed.touches("decimals"):
        made = settings.with_extension(made, settings.DECIMALS, "valueInteger", typed.whole("decimals"))
    if typed.touches("unit"):
        made = _with_unit(made, typed.wanted["unit"].strip()[:60])
    return made


# Units that people write, by the standard's codes (UCUM).
UNITS = {
    "min": "min", "h": "h", "d": "d", "mo": "mo", "kg": "kg", "g": "g", "cm": "cm", "m": "m", "%": "%",
    "dager": "d", "dagar": "d", "days": "d", "timer": "h", "timar": "h", "hours": "h", "uker": "wk", "veker": "wk",
    "weeks": "wk", "måneder": "mo", "månader": "mo", "months": "mo", "år": "a", "years": "a", "minutter": "min",
    "minutes": "min",
}  # fmt: skip


def _with_unit(item: Item, text: str) -> Item:
    held = settings.value_of(item, settings.UNIT)
    if isinstance(held, Mapping) and text == str(held.get("display") or held.get("code") or ""):
        return item
    code = UNITS.get(text.casefold())
    coded = {"system": "http://unitsofmeasure.org", "code": code} if code else {}
    return settings.with_extension(item, settings.UNIT, "valueCoding", {**coded, "display": text} if text else None)


def _options(wanted: Fields, typed: _Typed, own: str, standing: Mapping[str, Option]) -> list[Option]:
    """The options of a page: those that stand, and new ones where somebody has written them."""
    found = []
    for code in codes(wanted):
        held = standing.get(code)
        option = Option(
            code,
            typed.by_language(f"option.{code}", all_of_it=True),
            typed.number(f"option.{code}.score"),
            typed.wanted.get(f"option.{code}.alone", ON if held and held.alone else "") == ON,
        )
        if code not in standing and not any(option.texts.values()):
            continue
        if not option.texts.get(own):
            typed.fault(f"option.{code}.{own}", Why.NO_TEXT)
        found.append(option)
    return found
