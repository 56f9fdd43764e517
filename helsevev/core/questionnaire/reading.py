"""Reads a FHIR R4 Questionnaire: what it asks, what is wrong with it, and what in it we can't honour."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from helsevev.core.faults import Fault, Step, place, quoted
from helsevev.core.questionnaire import extensions, options, order, texts
from helsevev.core.questionnaire.items import ItemReader, Unhonoured, Why
from helsevev.core.questionnaire.model import Item, Questionnaire
from helsevev.core.words import Refusal

__all__ = ["LARGEST", "Reading", "Unhonoured", "Why", "read"]

LARGEST = 2_000
DEEPEST = 12


@dataclass(frozen=True)
class Reading:
    """What came of reading a form (lesing): the form, unless it has faults; and what of it isn't honoured."""

    questionnaire: Questionnaire | None
    faults: tuple[Fault, ...]
    unhonoured: tuple[Unhonoured, ...]


def read(raw: object) -> Reading:
    """The form that the JSON says."""
    if not isinstance(raw, Mapping):
        return Reading(None, (Fault("", Refusal(Why.NOT_A_FORM)),), ())
    if raw.get("resourceType") != "Questionnaire":
        return Reading(None, (Fault("resourceType", Refusal(Why.NOT_A_FORM)),), ())
    return _Reader(raw).reading()


class _Reader:
    """One form while it is read."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.own = texts.language_code(raw.get("language"))
        self.items = ItemReader(self.own, options.contained(raw))
        self.by_link_id: dict[str, Item] = {}
        self.places: dict[str, tuple[Step, ...]] = {}

    def reading(self) -> Reading:
        """Everything that can be said of it."""
        faults, unhonoured = self.items.faults, self.items.unhonoured
        tree = tuple(self._level(self.raw.get("item"), ("item",), ()))
        if not self.by_link_id:
            faults.append(Fault("item", Refusal(Why.NO_ITEMS)))
        self._hold_references()
        for extension in extensions.of(self.raw):
            if extension["url"] not in extensions.ON_FORM:
                unhonoured.append(Unhonoured("extension", Refusal(Why.EXTENSION, {"url": extension["url"]})))
        if not faults and (circle := order.circle(tree)):
            faults.append(Fault(place(self.places[circle[0]]), Refusal(Why.CIRCLE, {"link_ids": ", ".join(circle)})))
        made = None if faults else self._made(tree)
        return Reading(made, tuple(faults), tuple(unhonoured))

    def _made(self, tree: tuple[Item, ...]) -> Questionnaire:
        return Questionnaire(
            items=tree,
            by_link_id=self.by_link_id,
            order=tuple(order.sequence(tree)[0]),
            title=texts.read(self.raw, "title", self.own),
            description=texts.read(self.raw, "description", self.own),
            language=self.own,
            languages=_languages(self.own, self.by_link_id.values()),
            url=str(self.raw.get("url") or ""),
            version=str(self.raw.get("version") or ""),
            has_scores=any(item.has_weights for item in self.by_link_id.values()),
        )

    def _level(self, raw: object, steps: tuple[Step, ...], above: tuple[str, ...]) -> Iterator[Item]:
        """The items of one list, each with what lies below it."""
        if raw is None:
            return
        if not isinstance(raw, list) or len(steps) > 2 * DEEPEST:
            self.items.fault(steps, Why.NOT_A_LIST)
            return
        for number, one in enumerate(raw):
            here = (*steps, number)
            if not isinstance(one, Mapping):
                self.items.fault(here, Why.NOT_AN_ITEM)
            elif self.items.is_help(one):
                continue
            elif item := self._item(one, here, above):
                yield item

    def _item(self, raw: Mapping[str, Any], steps: tuple[Step, ...], above: tuple[str, ...]) -> Item | None:
        link_id = self.items.link_id(raw, steps, above)
        if link_id is None:
            return None
        if link_id in self.places:
            self.items.fault((*steps, "linkId"), Why.TWICE, link_id=quoted(link_id))
            return None
        if len(self.places) >= LARGEST:
            if len(self.places) == LARGEST:
                self.items.fault(steps, Why.TOO_LARGE, most=LARGEST)
            return None
        self.places[link_id] = steps
        inner = (*above, link_id) if self.items.opens_rows(raw) else above
        below = tuple(self._level(raw.get("item"), (*steps, "item"), inner))
        item = self.items.item(raw, steps, link_id, above, below)
        if item is not None:
            self.by_link_id[link_id] = item
        return item

    def _hold_references(self) -> None:
        """Conditions and calculations may ask only for questions that are there."""
        for link_id, item in self.by_link_id.items():
            asked = {condition.question for condition in item.conditions}
            asked |= item.calculation.links if item.calculation else set()
            for missing in sorted(asked - self.by_link_id.keys()):
                self.items.fault(self.places[link_id], Why.NO_SUCH_QUESTION, link_id=quoted(missing))
            for one in sorted(asked & self.by_link_id.keys()):
                if not self.by_link_id[one].asks:
                    self.items.fault(self.places[link_id], Why.NO_QUESTION, link_id=quoted(one))


def _languages(own: str, items: Any) -> tuple[str, ...]:  # noqa: ANN401 a view of the items
    """The languages that the form speaks: its own, and those that have most of its questions."""
    texts_said = [item.text for item in items if item.text]
    counts = {code: sum(code in text.by_language for text in texts_said) for code in ("nb", "nn", "en")}
    return (own, *(code for code, count in counts.items() if code != own and count * 2 > len(texts_said)))
