"""What may be handed in to be found, how words are read, and how selections are counted. Pure."""

from collections.abc import Mapping

from helsevev.commons.finding.rules.documents import (
    EVERY,
    EVERYONE,
    FAMILY,
    MODEL,
    OFFSPRING,
    ORIGIN,
    PARENT,
    STAFF,
    TEXTS_EACH,
    WEIGHTS,
    WORDS,
    Doc,
    Text,
    audiences,
    findable,
    is_counted,
    text_id,
)
from helsevev.commons.finding.rules.grouping import word_group
from helsevev.commons.finding.rules.pieces import Hit, Piece, holds, mark, snippet
from helsevev.commons.finding.rules.reading import packed_tags, terms, unpacked
from helsevev.commons.finding.rules.words import QUERY_LIMIT, Query, fold, query, readable
from helsevev.core.keeping import Keeping

# The tables that SQLite makes for its text index; the database keeps them in step with the texts themselves.
KEEPS: Mapping[str, Keeping] = {"finding_text_index*": Keeping(until="its text goes")}

__all__ = [
    "EVERY",
    "EVERYONE",
    "FAMILY",
    "KEEPS",
    "MODEL",
    "OFFSPRING",
    "ORIGIN",
    "PARENT",
    "QUERY_LIMIT",
    "STAFF",
    "TEXTS_EACH",
    "WEIGHTS",
    "WORDS",
    "Doc",
    "Hit",
    "Piece",
    "Query",
    "Text",
    "audiences",
    "findable",
    "fold",
    "holds",
    "is_counted",
    "mark",
    "packed_tags",
    "query",
    "readable",
    "snippet",
    "terms",
    "text_id",
    "unpacked",
    "word_group",
]
