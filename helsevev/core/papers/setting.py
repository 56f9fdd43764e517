"""Setting a paper (sats): data and template in, tagged PDF out, the same bytes for the same data on every machine.

The data goes in as one JSON text that the template reads, never as part of the template, so whatever it holds comes
out as text. The template reads no other file than those beside it, and fetches nothing.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from helsevev.core.papers.glyphs import FONTS, has_squares, on_one_line, shown
from helsevev.core.words import gettext_noop

TEMPLATES = Path(__file__).parent / "templates"
STANDARD = "ua-1"
LANGUAGES = ("nb", "nn", "en")
PAGE = gettext_noop("Page %(number)s of %(count)s")
SQUARES = gettext_noop("A □ stands for a letter that this paper can't show. The text itself is kept whole.")

_one_at_a_time = threading.Lock()
Say = Callable[[str], str]


@dataclass(frozen=True)
class About:
    """What every paper has: its language, the moment it was made, who answers for it, and the words of its language.

    `say` translates a marked sentence into `language`, as gettext does.
    """

    language: str
    made_at: datetime
    issuer: str
    say: Say = str

    def __post_init__(self) -> None:
        """A paper in a language that we don't speak would be read aloud wrongly."""
        if self.language not in LANGUAGES:
            raise ValueError(f"papers are made in {', '.join(LANGUAGES)}, not {self.language!r}")
        if self.made_at.tzinfo is None:
            raise ValueError("a paper's moment needs its time zone")


def pdf(kind: str, title: str, data: Mapping[str, Any], about: About) -> bytes:
    """The paper as PDF/UA."""
    options = {"pdf_standards": [STANDARD], "timestamp": int(about.made_at.timestamp())}
    return bytes(_compiled(kind, _inputs(title, data, about), format="pdf", **options))


def pictures(kind: str, title: str, data: Mapping[str, Any], about: About, *, ppi: float = 72) -> list[bytes]:
    """The same pages as PNG, for those who must look at them."""
    made = _compiled(kind, _inputs(title, data, about), format="png", ppi=ppi)
    return list(made) if isinstance(made, list) else [made]


def _compiled(kind: str, inputs: str, **options: Any) -> Any:  # noqa: ANN401 as many pages as there are
    with _one_at_a_time:
        return _compiler(kind).compile(sys_inputs={"paper": inputs}, **options)


def _inputs(title: str, data: Mapping[str, Any], about: About) -> str:
    heading = on_one_line(title)
    if not heading:
        raise ValueError("a paper needs a title")
    whole = {
        **data,
        "title": heading,
        "language": about.language,
        "issuer": shown(about.issuer),
        "made": list(about.made_at.astimezone(UTC).timetuple()[:6]),
        "page": about.say(PAGE),
    }
    whole["squares"] = about.say(SQUARES) if has_squares(whole) else ""
    return json.dumps(whole, ensure_ascii=False)


@cache
def _compiler(kind: str) -> typst.Compiler:
    """Fonts and templates are read once in each process."""
    return typst.Compiler(
        str(TEMPLATES / f"{kind}.typ"), root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True
    )
