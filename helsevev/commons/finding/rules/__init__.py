"""What may be handed in to be found, how words are read, and how selections are counted. Pure."""

from helsevev.commons.finding.rules.documents import (
    EVERY,
    EVERYONE,
    FAMILY,
    MODEL,
    OFFSPRING,
    ORIGIN,
    PARENT,
    STAFF,
    UNCOUNTED,
    WEIGHTS,
    Doc,
    Text,
    audiences,
    findable,
)
from helsevev.commons.finding.rules.pieces import Hit, Piece, mark, snippet
from helsevev.commons.finding.rules.words import Query, fold, query, readable

__all__ = [
    "EVERY",
    "EVERYONE",
    "FAMILY",
    "MODEL",
    "OFFSPRING",
    "ORIGIN",
    "PARENT",
    "STAFF",
    "UNCOUNTED",
    "WEIGHTS",
    "Doc",
    "Hit",
    "Piece",
    "Query",
    "Text",
    "audiences",
    "findable",
    "fold",
    "mark",
    "query",
    "readable",
    "snippet",
]
