"""What a page of a form sends, read as answers: the same whether a script sends one field or the browser all."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import dumps

from django.http import QueryDict

from helsevev.commons.forms.forms.questions import BASE, OTHER, SOMETHING_ELSE, UNIT, YES
from helsevev.commons.forms.rules.filling import Change, same
from helsevev.core.questionnaire import paths
from helsevev.core.questionnaire.model import CHOICES, Item, Kind, Questionnaire, Value


@dataclass(frozen=True)
class Mark:
    """What a page knows of an answer that it shows (merke): its revision, and a digest of its text."""

    revision: int = 0
    digest: str = ""

    def __str__(self) -> str:
        """As it stands on the page."""
        return f"{self.revision}.{self.digest}"


def mark(revision: int, value: Value) -> Mark:
    """The mark of what stands in a place."""
    return Mark(revision, _digest(value))


def _digest(value: Value) -> str:
    return "" if same(value, None) else sha256(dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def read_mark(text: str) -> Mark:
    """A mark that came back; what isn't one knows nothing."""
    number, _dot, digest = text.partition(".")
    return Mark(int(number) if number.isdecimal() and len(number) < 10 else 0, digest)


def changes(form: Questionnaire, data: QueryDict) -> list[Change]:
    """The places of a page where something else stands than what it was shown with."""
    found = []
    for name in data:
        if not name.startswith(BASE):
            continue
        path = name.removeprefix(BASE)
        item = form.by_link_id.get(paths.link_id(path)) if paths.is_path(path) else None
        if item is not None and item.kind is Kind.ATTACHMENT:
            continue
        value = typed(item, path, data)
        known = read_mark(data.get(name, ""))
        if _digest(value) != known.digest:
            found.append(Change(path, value, known.revision))
    return found


def typed(item: Item | None, path: str, data: QueryDict) -> Value:
    """What was typed in one place, as it is kept; of a question that is gone its text."""
    text = data.get(path, "").replace("\r\n", "\n")
    if item is None:
        return text
    if item.kind is Kind.BOOLEAN:
        return True if text == YES else False if text == "no" else None
    if item.kind in CHOICES:
        return _chosen(item, path, data)
    if item.kind is Kind.QUANTITY and len(item.units) > 1:
        return {"number": text, "unit": data.get(UNIT + path, "")} if text.strip() else ""
    return text


def _chosen(item: Item, path: str, data: QueryDict) -> Value:
    """The choices made; words for something else count where that is chosen, and where nothing is."""
    keys = [key for key in dict.fromkeys(data.getlist(path)) if key]
    other = data.get(OTHER + path, "")
    wants_other = SOMETHING_ELSE in keys or (bool(other.strip()) and not keys)
    found: list[Value] = [key for key in keys if key != SOMETHING_ELSE]
    if item.kind is Kind.OPEN_CHOICE and wants_other:
        found.append({"other": other})
    if item.repeats:
        order = {key: number for number, key in enumerate(item.option_by_key)}
        return sorted(found, key=lambda one: order.get(one, len(order)) if isinstance(one, str) else len(order)) or None
    return found[0] if found else None


def kept_texts(data: QueryDict) -> Mapping[str, list[str]]:
    """All that a page sent and people have typed, by name, for a page that can't be taken in now."""
    return {name: data.getlist(name) for name in data if not name.startswith("!") or name.startswith((OTHER, UNIT))}
