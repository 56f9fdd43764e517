"""The catalogues: find new strings, compile, and check that nothing lacks its translation.

`update` finds strings in code and templates and puts new ones, empty, in locale/nb and locale/nn.
`check` fails on a missing, fuzzy or outdated translation, and on one that loses a named place.
`compile` writes the .mo files that the running product reads. No system gettext is needed.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import catalog, extract, mofile, pofile
from django.conf import settings

if not settings.configured:
    settings.configure(USE_I18N=True)
from django.utils.translation.template import templatize

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


def path_of(language: str) -> Path:
    """Where a language's catalogue lies."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


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


def template() -> catalog.Catalog:
    """All strings, without translations."""
    found = catalog.Catalog(project="Helsevev", charset="utf-8")
    for message, context, comments in strings():
        if message and message != ("", ""):
            found.add(message, context=context, auto_comments=comments)
    return found


def read(language: str) -> catalog.Catalog:
    """A language's catalogue as it lies in the repository."""
    path = path_of(language)
    if not path.exists():
        return catalog.Catalog(locale=language, project="Helsevev", charset="utf-8")
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def write(language: str, words: catalog.Catalog) -> None:
    """Put a catalogue back, sorted, without dates or places that change by themselves."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        pofile.write_po(file, words, omit_header=False, no_location=True, sort_output=True, width=120)
    text = path.read_text(encoding="utf-8")
    body = text[text.index('msgid ""') :].splitlines()
    kept = [line for line in body if not CHANGING.match(line)]
    path.write_text("\n".join([HEADER, *kept]) + "\n", encoding="utf-8")


def update() -> int:
    """Bring both catalogues up to date with the source; strings that are gone go."""
    found = template()
    for language in LANGUAGES:
        words = read(language)
        words.update(found, no_fuzzy_matching=True, update_creation_date=False)
        words.obsolete.clear()
        write(language, words)
        print(f"{language}: {sum(1 for m in words if m.id)} strings, {len(list(empty(words)))} without translation")
    return 0


def parts(message: catalog.Message) -> tuple[str, ...]:
    """A message's translations: one, or one for each number."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def empty(words: catalog.Catalog) -> Iterator[catalog.Message]:
    """Messages without a whole translation."""
    return (message for message in words if message.id and not all(parts(message)))


def faults(language: str, found: catalog.Catalog) -> Iterator[str]:
    """What is wrong with one catalogue, a line each."""
    words = read(language)
    known = {(m.id, m.context) for m in words if m.id}
    wanted = {(m.id, m.context) for m in found if m.id}
    for identity, _context in sorted(wanted - known, key=str):
        yield f"{language}: not in the catalogue (say `make words`): {identity!r}"
    for identity, _context in sorted(known - wanted, key=str):
        yield f"{language}: no longer in the source (say `make words`): {identity!r}"
    for message in words:
        if not message.id:
            continue
        if message.fuzzy or not all(parts(message)):
            yield f"{language}: without translation: {message.id!r}"
            continue
        first = message.id if isinstance(message.id, str) else message.id[-1]
        for part in parts(message)[-1:]:
            if set(PLACE.findall(first)) != set(PLACE.findall(part)):
                yield f"{language}: a named place is lost or invented: {message.id!r} -> {part!r}"


def check() -> int:
    """Fail on anything missing."""
    found = template()
    wrong = [fault for language in LANGUAGES for fault in faults(language, found)]
    print("\n".join([*wrong[:200], f"{len(wrong)} faults in the translations"]))
    return 1 if wrong else 0


def compile_all() -> int:
    """Write the compiled catalogues."""
    for language in LANGUAGES:
        target = path_of(language).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            mofile.write_mo(file, read(language))
    return 0


if __name__ == "__main__":
    sys.exit({"update": update, "check": check, "compile": compile_all}[sys.argv[1]]())
