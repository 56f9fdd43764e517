"""Reads one item of a form, and collects what is wrong with it and what of it can't be honoured."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from helsevev.core.faults import Fault, Step, place, quoted
from helsevev.core.questionnaire import conditions, expressions, extensions, fhirvalues, options, paths, patterns, texts
from helsevev.core.questionnaire.model import CHOICES, UNANSWERED, Calculation, Condition, Item, Kind, Limits, Unit
from helsevev.core.questionnaire.texts import NOTHING, Text
from helsevev.core.questionnaire.values import clock_time, day, moment
from helsevev.core.words import Refusal, gettext_noop

LONGEST_STEP = 64
LONGEST_TEXT = 5_000
MARKDOWN = f"{extensions.HL7}rendering-markdown"
FORMULAS = "http://ehelse.no/scoringFormulas"
SUMS = {"TS": "form", "SS": "group"}
HELPS = frozenset({"help", "flyover"})
SAID = frozenset({"highlight", "inline", "header", "footer", "lower", "upper"})
Steps = tuple[Step, ...]


class Why(StrEnum):
    """Why a form can't be used, or what in it isn't honoured."""

    NOT_A_FORM = gettext_noop("This isn't a FHIR Questionnaire.")
    NO_ITEMS = gettext_noop("The form has no questions.")
    NOT_A_LIST = gettext_noop("Here a list is needed, at most twelve deep.")
    NOT_AN_ITEM = gettext_noop("This isn't a question or a group.")
    NO_LINK_ID = gettext_noop("Each question and group needs a linkId of 1 to 64 signs.")
    TOO_DEEP = gettext_noop("Repeating groups lie too deep in one another here.")
    TOO_LARGE = gettext_noop("A form can have at most %(most)s questions and groups.")
    TWICE = gettext_noop("The linkId %(link_id)s stands twice.")
    NO_KIND = gettext_noop("%(kind)s is no kind of question.")
    NO_OPERATOR = gettext_noop("%(operator)s is no way to compare answers.")
    NO_EXPECTED = gettext_noop("The condition doesn't say which answer it expects.")
    NO_SUCH_QUESTION = gettext_noop("There is no question %(link_id)s to ask about.")
    NO_QUESTION = gettext_noop("%(link_id)s has no answer to ask about: it is a group or a text.")
    CIRCLE = gettext_noop("These wait for each other in a circle: %(link_ids)s")
    LIMITS = gettext_noop("The smallest is larger than the largest.")
    TOO_LONG = gettext_noop("The text has %(length)s characters; at most %(longest)s can be kept")
    EXTENSION = gettext_noop("The extension %(url)s isn't honoured.")
    CONTROL = gettext_noop("It isn't shown in the way %(control)s; the usual way is taken.")
    OPTIONS = gettext_noop("The choices lie in %(where)s, which the form doesn't carry; the answer is written instead.")
    EXPRESSION = gettext_noop("The value isn't worked out, because of %(what)s; it is asked for instead.")
    PATTERN = gettext_noop("The pattern %(pattern)s isn't used: it could make an answer slow to check.")
    FORMATTING = gettext_noop("The formatting of the text isn't shown; its words are.")
    SIDEBAR = gettext_noop("Texts for a sidebar aren't shown.")


@dataclass(frozen=True)
class Unhonoured:
    """Something in a form that we can't do as it asks (ikke støttet): where, and what becomes of it."""

    place: str
    what: Refusal

    def __str__(self) -> str:
        """The line that a person reads."""
        return f"{self.place}: {self.what}"


class ItemReader:
    """Reads items of one form."""

    def __init__(self, own: str, sets: options.Codings) -> None:
        """The form's own language, and the value sets that it carries."""
        self.own, self.sets = own, sets
        self.faults: list[Fault] = []
        self.unhonoured: list[Unhonoured] = []

    def fault(self, steps: Steps, why: Why, **values: object) -> None:
        """Note what makes the form unusable."""
        self.faults.append(Fault(place(steps), Refusal(why, values)))

    def leave(self, steps: Steps, why: Why, **values: object) -> None:
        """Note what isn't honoured."""
        self.unhonoured.append(Unhonoured(place(steps), Refusal(why, values)))

    def is_help(self, raw: Mapping[str, Any]) -> bool:
        """Whether an item is the help text of the one it lies in."""
        return bool(HELPS & set(extensions.controls(raw))) and raw.get("type") in ("text", "display", "string")

    def kind(self, raw: Mapping[str, Any]) -> Kind | None:
        """What an item asks for; a text to be read is one whatever its type says."""
        if SAID & set(extensions.controls(raw)) and raw.get("type") in ("text", "string"):
            return Kind.DISPLAY
        try:
            kind = Kind(str(raw.get("type")))
        except ValueError:
            return None
        if kind in CHOICES and not options.read(raw, self.own, self.sets):
            return Kind.STRING
        return kind

    def opens_rows(self, raw: Mapping[str, Any]) -> bool:
        """Whether what lies in the item stands once for each row."""
        kind = self.kind(raw)
        return raw.get("repeats") is True and kind is not Kind.DISPLAY and kind not in CHOICES

    def link_id(self, raw: Mapping[str, Any], steps: Steps, above: tuple[str, ...]) -> str | None:
        """The linkId, if it can be one."""
        found = raw.get("linkId")
        if not isinstance(found, str) or not found.strip() or len(paths.step(found)) > LONGEST_STEP:
            self.fault((*steps, "linkId"), Why.NO_LINK_ID)
            return None
        if sum(len(paths.step(one)) + 22 for one in (*above, found)) > paths.LONGEST:
            self.fault(steps, Why.TOO_DEEP)
            return None
        return found

    def item(
        self, raw: Mapping[str, Any], steps: Steps, link_id: str, above: tuple[str, ...], below: tuple[Item, ...]
    ) -> Item | None:
        """The item, with those that lie in it."""
        kind = self.kind(raw)
        if kind is None:
            self.fault((*steps, "type"), Why.NO_KIND, kind=quoted(raw.get("type")))
            return None
        self._look_over(raw, steps, kind)
        found = options.read(raw, self.own, self.sets) if kind in CHOICES else ()
        made = Item(
            link_id=link_id,
            kind=kind,
            text=self._text(raw, "text", steps),
            prefix=raw["prefix"] if isinstance(raw.get("prefix"), str) else "",
            help=self._help(raw, steps),
            placeholder=self._placeholder(raw),
            control=next((one for one in extensions.controls(raw) if one in extensions.CONTROLS), ""),
            required=raw.get("required") is True and kind is not Kind.DISPLAY,
            repeats=raw.get("repeats") is True and kind is not Kind.DISPLAY,
            read_only=raw.get("readOnly") is True,
            hidden=extensions.value(extensions.named(raw, extensions.HIDDEN)) is True or _is_aside(raw),
            conditions=tuple(self._conditions(raw, steps)),
            needs_all=raw.get("enableBehavior") == "all",
            options=found or (),
            units=self._units(raw) if kind is Kind.QUANTITY else (),
            limits=self._limits(raw, steps),
            calculation=self._calculation(raw, steps) if kind not in UNANSWERED else None,
            sums=self._sums(raw) if kind not in UNANSWERED | CHOICES else "",
            items=below,
            step=paths.step(link_id),
            above=above,
            option_by_key={option.key: option for option in found or ()},
            asks=kind not in UNANSWERED,
            has_rows=self.opens_rows(raw),
            has_weights=any(option.weight is not None for option in found or ()),
        )
        return replace(made, initial=tuple(self._initial(raw, made)))

    def _look_over(self, raw: Mapping[str, Any], steps: Steps, kind: Kind) -> None:
        """Name what isn't honoured."""
        for extension in extensions.of(raw):
            if extension["url"] not in extensions.ON_ITEM:
                self.leave(steps, Why.EXTENSION, url=extension["url"])
        for extension in extensions.of({"extension": raw.get("modifierExtension")}):
            self.leave(steps, Why.EXTENSION, url=extension["url"])
        for control in extensions.controls(raw):
            if control == "sidebar":
                self.leave(steps, Why.SIDEBAR)
            elif control not in extensions.CONTROLS:
                self.leave(steps, Why.CONTROL, control=quoted(control))
        if raw.get("type") in CHOICES and kind not in CHOICES:
            self.leave(steps, Why.OPTIONS, where=quoted(raw.get("answerValueSet") or "answerOption"))

    def _text(self, raw: Mapping[str, Any], name: str, steps: Steps) -> Text:
        """A text, and a word if it has a formatting that is more than its words."""
        found = texts.read(raw, name, self.own)
        beside = raw.get(f"_{name}")
        formatted = extensions.value(extensions.named(beside, MARKDOWN)) if isinstance(beside, Mapping) else None
        if isinstance(formatted, str) and formatted.strip() != str(found).strip():
            if not found:
                found = Text({self.own: formatted.strip()}, self.own)
            self.leave((*steps, name), Why.FORMATTING)
        for text in found.by_language.values():
            if len(text) > LONGEST_TEXT:
                self.fault((*steps, name), Why.TOO_LONG, length=len(text), longest=LONGEST_TEXT)
        return found

    def _help(self, raw: Mapping[str, Any], steps: Steps) -> Text:
        """The help text: an item of that kind within, or the portal's line below the question."""
        below = raw.get("item")
        for number, one in enumerate(below if isinstance(below, list) else ()):
            if isinstance(one, Mapping) and self.is_help(one):
                return self._text(one, "text", (*steps, "item", number))
        extension = extensions.named(raw, *extensions.SUBLABELS)
        for name in ("valueString", "valueMarkdown"):
            if found := texts.read(extension, name, self.own):
                return found
        return NOTHING

    def _placeholder(self, raw: Mapping[str, Any]) -> Text:
        return texts.read(extensions.named(raw, extensions.PLACEHOLDER), "valueString", self.own)

    def _conditions(self, raw: Mapping[str, Any], steps: Steps) -> list[Condition]:
        """When it is asked."""
        found = []
        given = raw.get("enableWhen")
        for number, one in enumerate(given if isinstance(given, list) else ()):
            here = (*steps, "enableWhen", number)
            if not isinstance(one, Mapping) or not isinstance(one.get("question"), str):
                self.fault(here, Why.NO_SUCH_QUESTION, link_id=quoted(""))
                continue
            if one.get("operator") not in conditions.OPERATORS:
                self.fault((*here, "operator"), Why.NO_OPERATOR, operator=quoted(one.get("operator")))
                continue
            expected = conditions.expected(one)
            if expected is None or (one["operator"] == "exists" and not isinstance(expected, bool)):
                self.fault(here, Why.NO_EXPECTED)
                continue
            found.append(Condition(one["question"], one["operator"], expected))
        return found

    def _units(self, raw: Mapping[str, Any]) -> tuple[Unit, ...]:
        """The units to choose from, or the only one."""
        offered = extensions.all_named(raw, extensions.UNIT_OPTION) or extensions.all_named(raw, extensions.UNIT)
        found = []
        for extension in offered:
            coding = extension.get("valueCoding")
            if isinstance(coding, Mapping):
                text = texts.read(coding, "display", self.own)
                code = str(coding.get("code") or text)
                if code:
                    found.append(Unit(code, text or Text({self.own: code}, self.own), dict(coding)))
        return tuple(found)

    def _limits(self, raw: Mapping[str, Any], steps: Steps) -> Limits:
        """What an answer must keep within."""
        least, most = (_bound(extensions.named(raw, url)) for url in (extensions.LEAST, extensions.MOST))
        if isinstance(least, Decimal) and isinstance(most, Decimal) and least > most:
            self.fault(steps, Why.LIMITS)
        longest = raw.get("maxLength")
        longest = longest if isinstance(longest, int) and not isinstance(longest, bool) and longest > 0 else None
        pattern: re.Pattern[str] | None = None
        said = extensions.value(extensions.named(raw, extensions.REGEX))
        if isinstance(said, str) and said:
            if safe := patterns.safe(said):
                pattern, longest = safe.pattern, min(longest or safe.longest, safe.longest)
            else:
                self.leave(steps, Why.PATTERN, pattern=quoted(said))
        size = extensions.decimal(extensions.value(extensions.named(raw, extensions.BYTES)))
        return Limits(
            least=least,
            most=most,
            shortest=extensions.whole(raw, extensions.SHORTEST),
            longest=longest,
            decimals=extensions.whole(raw, extensions.DECIMALS),
            pattern=pattern,
            pattern_text=texts.read(extensions.named(raw, extensions.PATTERN_TEXT), "valueString", self.own),
            fewest=extensions.whole(raw, extensions.FEWEST),
            many=extensions.whole(raw, extensions.MANY) or None,
            bytes=int(size * 1_000_000) if size is not None and 0 < size < 1_000_000 else None,
        )

    def _calculation(self, raw: Mapping[str, Any], steps: Steps) -> Calculation | None:
        """How the value is worked out, where we can."""
        given = extensions.value(extensions.named(raw, *extensions.CALCULATED))
        source = given.get("expression") if isinstance(given, Mapping) else given
        if not isinstance(source, str) or not source.strip():
            return None
        try:
            return expressions.compile_expression(source)
        except expressions.Unhonoured as beyond:
            self.leave(steps, Why.EXPRESSION, what=quoted(str(beyond)))
            return None

    def _sums(self, raw: Mapping[str, Any]) -> str:
        """Whether the Norwegian portal's form builder makes it a sum of scores, and of which."""
        codes = raw.get("code")
        for one in codes if isinstance(codes, list) else ():
            if isinstance(one, Mapping) and one.get("system") == FORMULAS and one.get("code") in SUMS:
                return SUMS[one["code"]]
        return ""

    def _initial(self, raw: Mapping[str, Any], item: Item) -> list[Any]:
        """What stands there from the beginning."""
        if chosen := [option.key for option in item.options if option.is_initial]:
            return [chosen] if item.takes_many else chosen[:1]
        given = raw.get("initial")
        found = (
            [fhirvalues.undress(item, one) for one in given if isinstance(one, Mapping)]
            if isinstance(given, list)
            else []
        )
        found = [one for one in found if one is not None]
        return [found] if item.takes_many and found else found


def _is_aside(raw: Mapping[str, Any]) -> bool:
    return "sidebar" in extensions.controls(raw)


def _bound(extension: Mapping[str, Any]) -> Decimal | datetime | Any:  # noqa: ANN401 whatever kind of limit
    """A limit, typed as the answers are."""
    given = extensions.value(extension)
    if isinstance(given, Mapping):
        return extensions.decimal(given.get("value"))
    if isinstance(given, str):
        readers = {"valueTime": clock_time, "valueDateTime": moment}
        name = next(name for name in extension if name.startswith("value"))
        return readers.get(name, day)(given)
    return extensions.decimal(given)
