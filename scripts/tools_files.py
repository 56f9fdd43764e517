"""Writes the files of the knowledge bank's tools to data/knowledge/files, from the texts in data/tools.

Documents come from <tool>.<language>.md, workbooks from <tool>.<language>.toml. The same texts give the same bytes.
"""

import sys
import tomllib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import tools_layouts
import tools_sheets
import tools_words

TEXTS, FILES = Path("data/tools"), Path("data/knowledge/files")
WHEN = datetime(2026, 3, 2, 8, 0, 0)  # noqa: DTZ001 - office files keep no zone
LARGEST = 40_000
LEFT_OUT = {"docProps/thumbnail.jpeg", "word/stylesWithEffects.xml"}
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
LICENCES = {
    "nb": "Versjon {version}. Lisens: CC BY 4.0. Dere kan bruke, endre og dele malen fritt når dere oppgir kilden: "
    "kunnskapsbanken i Helsevev.",
    "nn": "Versjon {version}. Lisens: CC BY 4.0. De kan bruke, endre og dele malen fritt når de oppgir kjelda: "
    "kunnskapsbanken i Helsevev.",
    "en": "Version {version}. Licence: CC BY 4.0. You may use, change and share this template freely if you name the "
    "source: the knowledge bank of Helsevev.",
}


def facts(front: dict[str, str], language: str) -> tools_words.Facts:
    """What the file says of itself."""
    version = front.get("version", "1.0")
    footer = f"{front['title']} · Helsevev {version} · CC BY 4.0"
    licence = LICENCES[language].format(version=version)
    return tools_words.Facts(front["title"], front["lead"], LANGUAGES[language], version, licence, footer)


def packed(content: bytes, language: str) -> bytes:
    """The same package with fixed times, the language stated, and without the parts that nobody reads."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as new:
        for name in old.namelist():
            if name not in LEFT_OUT:
                entry = ZipInfo(name, (2026, 3, 2, 8, 0, 0))
                entry.compress_type = ZIP_DEFLATED
                new.writestr(entry, _part(name, old.read(name), language))
    return out.getvalue()


def _part(name: str, content: bytes, language: str) -> bytes:
    text = content.decode("utf-8") if name.endswith((".rels", ".xml")) else ""
    if name.endswith(".rels") or name == "[Content_Types].xml":
        for gone in LEFT_OUT:
            text = _without(text, gone.rpartition("/")[2])
        return text.encode()
    if name == "docProps/core.xml" and "dc:language" not in text:
        end = "</cp:coreProperties>"
        return text.replace(end, f"<dc:language>{language}</dc:language>{end}").encode()
    return content


def _without(text: str, name: str) -> str:
    """The list of parts without the one that is left out."""
    place = text.find(name)
    if place < 0:
        return text
    start, end = text.rfind("<", 0, place), text.find("/>", place) + 2
    return text[:start] + text[end:]


def made(only: str) -> Iterator[tuple[str, bytes]]:
    """Each file's name and bytes."""
    for source in sorted(TEXTS.glob(f"{only}.*")):
        slug, language, kind = source.name.split(".")
        text = source.read_text("utf-8")
        if kind == "md":
            _, front, body = text.split("+++\n", 2)
            about = facts(tomllib.loads(front), language)
            yield f"{slug}.{language}.docx", packed(tools_words.document(about, body, WHEN), about.language)
        else:
            told = tomllib.loads(text)
            about = facts(told, language)
            yield (
                f"{slug}.{language}.xlsx",
                packed(tools_sheets.workbook(tools_layouts.LAYOUTS[slug], told, about, WHEN), about.language),
            )


def main() -> int:
    """Write them all, or those of one tool; a file that is too large is a fault."""
    FILES.mkdir(parents=True, exist_ok=True)
    large = []
    for name, content in made(sys.argv[1] if len(sys.argv) > 1 else "*"):
        (FILES / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")
        large += [name] if len(content) > LARGEST else []
    for name in large:
        print(f"{name} is larger than {LARGEST} bytes.", file=sys.stderr)
    return 1 if large else 0


if __name__ == "__main__":
    raise SystemExit(main())
