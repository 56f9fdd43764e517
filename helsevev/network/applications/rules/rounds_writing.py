"""How a criterion's levels are written in a form, one a line: score | bokmål | nynorsk | English. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.applications.rules.rounds_content import LANGUAGES

MOST_LEVELS, HIGHEST = 10, 100
LONGEST = 500


class Why(StrEnum):
    """Why a line is no level."""

    NO_SCORE = gettext_noop("Line %(line)s must begin with a score, a whole number from 0 to 100, and then |.")
    TOO_MANY = gettext_noop("There can be at most %(most)s levels.")
    TOO_LONG = gettext_noop("Line %(line)s is too long.")


def levels(text: str) -> list[dict[str, object]]:
    """The levels that the lines say, as they are kept; all faults are told at once."""
    found: list[dict[str, object]] = []
    refusals: list[Refusal] = []
    written = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(written) > MOST_LEVELS:
        raise Refused(Refusal(Why.TOO_MANY, {"most": MOST_LEVELS}))
    for number, line in written:
        score, *words = (part.strip() for part in line.split("|"))
        if not (score.isascii() and score.isdigit() and int(score[:4]) <= HIGHEST):
            refusals.append(Refusal(Why.NO_SCORE, {"line": number}))
        elif any(len(word) > LONGEST for word in words):
            refusals.append(Refusal(Why.TOO_LONG, {"line": number}))
        else:
            texts = {language: word for language, word in zip(LANGUAGES, words, strict=False) if word}
            found.append({"score": int(score), **texts})
    if refusals:
        raise Refused(*refusals)
    return found


def as_lines(rows: Iterable[Mapping[str, object]]) -> str:
    """The reverse of `levels`."""
    return "\n".join(_line(row) for row in rows)


def _line(row: Mapping[str, object]) -> str:
    parts: Sequence[str] = [str(row["score"]), *(str(row.get(language, "")) for language in LANGUAGES)]
    return " | ".join(parts).rstrip(" |")
