"""The catalogues: find new strings, compile, and check that nothing lacks its translation.

Our own words lie in locale/nb and locale/nn. What the editors' desk says is Wagtail's, which has half of it in bokmål
and nothing in nynorsk; the rest lies in locale/desk, so that a newer Wagtail names here what it has come to lack.

`update` finds strings in code, templates and Wagtail and puts new ones, empty, in the catalogues.
`check` fails on a missing, fuzzy or outdated translation, and on one that loses a named place.
`compile` writes the .mo files that the running product reads. No system gettext is needed.
"""

import io
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from babel.messages import catalog, extract, mofile, pofile
from django.conf import settings

if not settings.configured:
    settings.configure(USE_I18N=True)
from django.utils.translation.template import templatize

from helsevev.config.knowledge import APPS

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("nb", "nn")
KEYWORDS = extract.DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACE = re.compile(r"%\(\w+\)[sd]|%s|%d|\{\w+\}")
CHANGING = re.compile(r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid|Last-Translator|Language-Team)')
HEADER = (
    "# Words of Helsevev. English is the source; `make words` brings in new strings, `make check` finds what lacks."
)


class Book(NamedTuple):
    """A language's catalogue: where it lies, and what should be in it."""

    language: str
    path: Path
    wanted: Callable[[], catalog.Catalog]


def strings() -> Iterator[tuple[str | tuple[str, ...], str | None, list[str]]]:
    """Every marked string in code and templates, with its context and comments."""
    for source in sorted((ROOT / "helsevev").rglob("*")):
        if source.suffix == ".py" and "migrations" not in source.parts:
            chunks = [source.read_text(encoding="utf-8")]
        elif source.suffix in {".html", ".txt", ".xml"} and "templates" in source.parts:
            # A template's strings come a line each, amid blanked-out text that is no Python.
            text = templatize(source.read_text(encoding="utf-8"), origin=str(source))
            chunks = [line.strip() for line in text.splitlines() if "gettext(" in line or "_(" in line]
        else:
            continue
        for chunk in chunks:
            file = io.BytesIO(chunk.encode())
            for _line, message, comments, context in extract.extract("python", file, KEYWORDS, ("Translators:",)):
                yield message, context, comments


@cache
def template() -> catalog.Catalog:
    """All strings of our own, without translations."""
    found = catalog.Catalog(project="Helsevev", charset="utf-8")
    for message, context, comments in strings():
        if message and message != ("", ""):
            found.add(message, context=context, auto_comments=comments)
    return found


def lacking(domain: str, language: str, path: Path) -> catalog.Catalog:
    """What the desk says and Wagtail hasn't in this language, nor we in a catalogue of our own.

    What stands in the desk's catalogue beside that is said better there than in Wagtail's, and stays.
    """
    found = catalog.Catalog(project="Helsevev", charset="utf-8")
    own = {(message.id, message.context) for message in (template() if domain == "django" else ())}
    better = {(message.id, message.context) for message in read(path, language) if message.string}
    for app in (app for app in APPS if app.partition(".")[0] == "wagtail"):
        spec = find_spec(app)
        assert spec is not None, app  # it is among our requirements
        folder = Path(str(spec.origin)).parent / "locale"
        theirs = {(m.id, m.context): m for m in read(folder / language / "LC_MESSAGES" / f"{domain}.po", language)}
        for message in read(folder / "en" / "LC_MESSAGES" / f"{domain}.po", "en"):
            known = theirs.get((message.id, message.context))
            has = known is not None and not known.fuzzy and all(parts(known))
            identity = (message.id, message.context)
            if message.id and (not has or identity in better) and identity not in own:
                found.add(message.id, context=message.context)
    return found


def books() -> list[Book]:
    """Every catalogue that we keep."""
    locale = ROOT / "locale"
    found = [Book(language, locale / language / "LC_MESSAGES" / "django.po", template) for language in LANGUAGES]
    for language in LANGUAGES:
        for domain in ("django", "djangojs"):
            path = locale / "desk" / language / "LC_MESSAGES" / f"{domain}.po"
            found.append(Book(language, path, partial(lacking, domain, language, path)))
    return found


def read(path: Path, language: str) -> catalog.Catalog:
    """A catalogue as it lies on the disk; an empty one where there is none."""
    if not path.exists():
        return catalog.Catalog(locale=language, project="Helsevev", charset="utf-8")
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def write(path: Path, words: catalog.Catalog) -> None:
    """Put a catalogue back, sorted, without dates or places that change by themselves."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        pofile.write_po(file, words, omit_header=False, no_location=True, sort_output=True, width=120)
    text = path.read_text(encoding="utf-8")
    body = text[text.index('msgid ""') :].splitlines()
    kept = [line for line in body if not CHANGING.match(line)]
    path.write_text("\n".join([HEADER, *kept]) + "\n", encoding="utf-8")


def update() -> int:
    """Bring the catalogues up to date with the source; strings that are gone go."""
    for language, path, wanted in books():
        words = read(path, language)
        words.update(wanted(), no_fuzzy_matching=True, update_creation_date=False)
        words.obsolete.clear()
        write(path, words)
        missing = len(list(empty(words)))
        print(f"{path.relative_to(ROOT)}: {sum(1 for m in words if m.id)} strings, {missing} without translation")
    return 0


def parts(message: catalog.Message) -> tuple[str, ...]:
    """A message's translations: one, or one for each number."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def empty(words: catalog.Catalog) -> Iterator[catalog.Message]:
    """Messages without a whole translation."""
    return (message for message in words if message.id and not all(parts(message)))


def faults(book: Book) -> Iterator[str]:
    """What is wrong with one catalogue, a line each."""
    where = str(book.path.relative_to(ROOT))
    words = read(book.path, book.language)
    known = {(m.id, m.context) for m in words if m.id}
    wanted = {(m.id, m.context) for m in book.wanted() if m.id}
    for identity, _context in sorted(wanted - known, key=str):
        yield f"{where}: not in the catalogue (say `make words`): {identity!r}"
    for identity, _context in sorted(known - wanted, key=str):
        yield f"{where}: no longer in the source (say `make words`): {identity!r}"
    for message in words:
        if not message.id:
            continue
        if message.fuzzy or not all(parts(message)):
            yield f"{where}: without translation: {message.id!r}"
            continue
        first = message.id if isinstance(message.id, str) else message.id[-1]
        for part in parts(message)[-1:]:
            if set(PLACE.findall(first)) != set(PLACE.findall(part)):
                yield f"{where}: a named place is lost or invented: {message.id!r} -> {part!r}"


def check() -> int:
    """Fail on anything missing."""
    wrong = [fault for book in books() for fault in faults(book)]
    print("\n".join([*wrong[:200], f"{len(wrong)} faults in the translations"]))
    return 1 if wrong else 0


def compile_all() -> int:
    """Write the compiled catalogues."""
    for book in books():
        with book.path.with_suffix(".mo").open("wb") as file:
            mofile.write_mo(file, read(book.path, book.language))
    return 0


if __name__ == "__main__":
    sys.exit({"update": update, "check": check, "compile": compile_all}[sys.argv[1]]())
