"""Files with pages of another site: WordPress (XML), Drupal (JSON), or one page of HTML."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from defusedxml import ElementTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.knowledge.pages.rules.importing import Page
from helsevev.knowledge.pages.rules.kinds import LANGUAGES

LARGEST = 200_000_000
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
EXCERPT = re.compile(r"\{http://wordpress.org/export/[\d.]+/excerpt/\}encoded")
POST = re.compile(r"\{http://wordpress.org/export/[\d.]+/\}(post_name|post_type|status)")
LANGUAGE = {"no": "nb", "nb": "nb", "nb-no": "nb", "nn": "nn", "nn-no": "nn", "en": "en"}


def pages(path: Path) -> list[Page]:
    """Every page in the file; Refused where it is none of the three."""
    if not path.is_file():
        raise Refused(Refusal(gettext_noop("There is no file %(path)s."), {"path": path}))
    if path.stat().st_size > LARGEST:
        raise Refused(Refusal(gettext_noop("The file is larger than 200 MB. Export fewer pages at a time.")))
    text = path.read_text(encoding="utf-8-sig", errors="replace").replace("\x00", "")
    start = text.lstrip()[:200].lower()
    if path.suffix == ".json":
        return list(_drupal(text))
    if path.suffix == ".xml" and "<rss" in text[:5_000]:
        return list(_wordpress(text))
    if path.suffix in (".html", ".htm") or start.startswith(("<!doctype html", "<html")):
        return [_html(text, path.stem)]
    why = gettext_noop("%(path)s is no WordPress export (.xml), Drupal export (.json) or page of HTML (.html).")
    raise Refused(Refusal(why, {"path": path.name}))


def _wordpress(text: str) -> Iterator[Page]:
    try:
        root = ElementTree.fromstring(text, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise Refused(Refusal(gettext_noop("The file can't be read as XML: %(why)s"), {"why": error})) from error
    channel = LANGUAGE.get((root.findtext("channel/language") or "nb").lower(), "nb")
    for item in root.iter("item"):
        about = {found[1]: child.text or "" for child in item if (found := POST.fullmatch(child.tag))}
        if about.get("post_type", "post") not in ("post", "page") or about.get("status") == "trash":
            continue
        excerpt = next((child.text or "" for child in item if EXCERPT.fullmatch(child.tag)), "")
        yield Page(
            title=(item.findtext("title") or "").strip(),
            html=_paragraphs(item.findtext(CONTENT) or ""),
            slug=about.get("post_name", ""),
            language=channel,
            address=item.findtext("link") or "",
            lead=_plain(excerpt)[:500],
        )


def _paragraphs(html: str) -> str:
    """WordPress keeps paragraphs as empty lines."""
    if "<p" in html:
        return html
    return "".join(
        f"<p>{part}</p>" if not part.lstrip().startswith("<") else part for part in re.split(r"\n\s*\n", html)
    )


def _drupal(text: str) -> Iterator[Page]:
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Refused(Refusal(gettext_noop("The file can't be read as JSON: %(why)s"), {"why": error})) from error
    nodes = found.get("data", []) if isinstance(found, Mapping) else found
    if not isinstance(nodes, list):
        raise Refused(Refusal(gettext_noop("The JSON is neither a list of nodes nor an answer of JSON:API.")))
    for node in nodes:
        if not isinstance(node, Mapping):
            continue
        about = node.get("attributes", node)
        if isinstance(about, Mapping) and (title := _value(about.get("title"))):
            alias = _value(about.get("path"), "alias")
            yield Page(
                title=title.strip(),
                html=_value(about.get("body"), "processed") or _value(about.get("body")),
                slug=alias.rstrip("/").rsplit("/", 1)[-1],
                language=LANGUAGE.get(_value(about.get("langcode")).lower(), "nb"),
                address=alias,
                lead=_plain(_value(about.get("body"), "summary"))[:500],
            )


def _value(found: Any, name: str = "value") -> str:  # noqa: ANN401 - what JSON holds
    """A field's text, however the export wraps it."""
    if isinstance(found, list):
        found = found[0] if found else ""
    if isinstance(found, Mapping):
        found = found.get(name) or ""
    return found if isinstance(found, str) else ""


def _html(text: str, stem: str) -> Page:
    soup = BeautifulSoup(text, "html.parser")
    heading = soup.find("h1")
    title = (heading or soup.title or soup).get_text(" ", strip=True)[:200] if (heading or soup.title) else stem
    description = soup.find("meta", attrs={"name": "description"})
    lead = str(description.get("content") or "") if description else ""
    language = LANGUAGE.get(str(soup.html.get("lang") or "nb").lower(), "nb") if soup.html else "nb"
    main = soup.find("main") or soup.find("article") or soup.body or soup
    if heading:
        heading.decompose()
    for chrome in main.find_all(["nav", "aside"]):
        chrome.decompose()
    return Page(title, str(main), stem, language if language in LANGUAGES else "nb", "", lead[:500])


def _plain(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text(" ", strip=True)
