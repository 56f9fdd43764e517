"""A text file as a page to be (utkast): facts between lines of +++, then the text. Pure."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from helsevev.core.words import gettext_noop
from helsevev.knowledge.pages.rules.faults import Fault
from helsevev.knowledge.pages.rules.inline import is_address
from helsevev.knowledge.pages.rules.kinds import KINDS, LANGUAGES, VOCABULARIES, Field, Sort
from helsevev.knowledge.pages.rules.markup import Block, Line, blocks

NAME = re.compile(r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<language>nb|nn|en)\.md")
FENCE = "+++"
TITLE_LIMIT, LEAD_LIMIT = 120, 500
LISTS = (*VOCABULARIES, "used_by")
TEXTS = ("initiative", "contact_role")
DATES = ("published_on", "review_on")


@dataclass(frozen=True)
class OfferedFile:
    """A file that the page gives its readers."""

    file: str
    label: str = ""
    example: bool = False


@dataclass(frozen=True)
class Draft:
    """A page to be, in one language: what a text file says."""

    kind: str
    slug: str
    language: str
    title: str
    lead: str
    body: list[Block]
    lists: Mapping[str, list[str]] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[OfferedFile, ...] = ()
    sources: tuple[Mapping[str, str], ...] = ()
    initiative: str = ""
    contact_role: str = ""
    published_on: date | None = None
    review_on: date | None = None


def read(kind: str, name: str, content: str) -> Draft:
    """What a file says; raises Fault with the reason and, where it is known, the line."""
    if kind not in KINDS:
        raise Fault(gettext_noop("There is no kind of page called '%(kind)s'."), values={"kind": kind})
    found = NAME.fullmatch(name)
    if not found:
        raise Fault(gettext_noop("A file is called like some-words.nb.md, with nb, nn or en."))
    lines = [Line(number, text.rstrip()) for number, text in enumerate(content.split("\n"), 1)]
    facts, body = _parted(lines)
    return _draft(kind, found["slug"], found["language"], facts, body)


def _parted(lines: list[Line]) -> tuple[dict[str, Any], list[Line]]:
    fences = [at for at, line in enumerate(lines) if line.text == FENCE][:2]
    if len(fences) < 2 or fences[0] != 0:
        raise Fault(gettext_noop("The file must begin with facts between two lines of +++."), 1)
    start, end = fences
    try:
        facts = tomllib.loads("\n".join(line.text for line in lines[start + 1 : end]))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        number = int(place[1]) + 1 if place else 1
        raise Fault(gettext_noop("The facts can't be read as TOML: %(why)s"), number, {"why": error}) from error
    return facts, lines[end + 1 :]


def _draft(kind: str, slug: str, language: str, facts: dict[str, Any], body: list[Line]) -> Draft:
    own = {one.name: one for one in KINDS[kind].fields}
    known = {"title", "lead", "files", "sources", *LISTS, *TEXTS, *DATES, *own}
    if strange := sorted(facts.keys() - known):
        raise Fault(gettext_noop("There is no field called '%(name)s'."), values={"name": strange[0]})
    assert language in LANGUAGES
    return Draft(
        kind=kind,
        slug=slug,
        language=language,
        title=_text(facts, "title", TITLE_LIMIT, required=True),
        lead=_text(facts, "lead", LEAD_LIMIT, required=True),
        body=blocks(body),
        lists={name: _texts(facts, name) for name in LISTS},
        own={name: _own(facts, one) for name, one in own.items() if name in facts},
        files=tuple(_file(one) for one in _tables(facts, "files")),
        sources=tuple(_source(one) for one in _tables(facts, "sources")),
        initiative=_text(facts, "initiative", 120),
        contact_role=_text(facts, "contact_role", 120),
        published_on=_date(facts, "published_on"),
        review_on=_date(facts, "review_on"),
    )


def _text(facts: Mapping[str, Any], name: str, most: int, *, required: bool = False) -> str:
    value = facts.get(name, "")
    if not isinstance(value, str) or (required and not value.strip()):
        raise Fault(gettext_noop("'%(name)s' must be a text."), values={"name": name})
    if len(value) > most:
        raise Fault(gettext_noop("'%(name)s' is longer than %(most)s characters."), values={"name": name, "most": most})
    return value.strip()


def _texts(facts: Mapping[str, Any], name: str) -> list[str]:
    value = facts.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Fault(gettext_noop("'%(name)s' must be a list of texts."), values={"name": name})
    return value


def _date(facts: Mapping[str, Any], name: str) -> date | None:
    value = facts.get(name)
    if value is not None and type(value) is not date:
        raise Fault(gettext_noop("'%(name)s' must be a date such as 2026-03-01."), values={"name": name})
    return value


def _own(facts: Mapping[str, Any], one: Field) -> object:
    if one.sort is Sort.DATE:
        return _date(facts, one.name)
    if one.sort is Sort.WHOLE:
        if type(facts[one.name]) is not int:
            raise Fault(gettext_noop("'%(name)s' must be a whole number."), values={"name": one.name})
        return facts[one.name]
    value = _text(facts, one.name, 2_000 if one.sort is Sort.LONG else 500)
    if one.sort is Sort.ADDRESS and value and not (value.startswith("https://") and is_address(value)):
        raise Fault(gettext_noop("'%(name)s' must be an https address."), values={"name": one.name})
    return value


def _tables(facts: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    value = facts.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Fault(gettext_noop("'%(name)s' must be a list of tables."), values={"name": name})
    return value


def _file(one: Mapping[str, Any]) -> OfferedFile:
    name = _text(one, "file", 120, required=True)
    if not re.fullmatch(r"[\w.-]+\.(docx|xlsx|pptx|pdf)", name):
        raise Fault(gettext_noop("A file is named without folders, and is docx, xlsx, pptx or pdf."))
    return OfferedFile(name, _text(one, "label", 120), bool(one.get("example", False)))


def _source(one: Mapping[str, Any]) -> dict[str, str]:
    address = _text(one, "url", 500)
    if address and not is_address(address):
        raise Fault(gettext_noop("'%(name)s' must be an https address."), values={"name": "url"})
    return {"title": _text(one, "title", 300, required=True), "url": address}
