"""The shared taxonomy for programs: what the codes of other answers mean."""

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from helsevev.commons.initiatives import queries

router = Router(tags=["Terms"])
Vocabulary = Literal[
    "health_region",
    "patient_group",
    "theme",
    "support",
    "phase",
    "kind",
    "status",
    "lineage",
    "focus_area",
    "party_kind",
    "organisation_kind",
    "",
]


class TermItem(Schema):
    """A word of the taxonomy."""

    vocabulary: str = Field(examples=["phase"])
    code: str = Field(description="Its stable code, unique in its vocabulary.", examples=["piloting"])
    nb: str
    nn: str
    en: str
    also: list[str] = Field(description="Other spellings that mean the same.")


class TermList(Schema):
    """Words in their vocabularies' own order."""

    items: list[TermItem]


class TermQuery(Schema):
    """What the terms can be asked for."""

    vocabulary: Vocabulary = Field("", description="Only the words of this vocabulary.")


@router.get("/terms", response=TermList, summary="List terms")
def terms(request: HttpRequest, asked: Query[TermQuery]) -> dict[str, object]:
    """The codes used in other answers, each with its label in Bokmål, Nynorsk and English."""
    words = queries.taxonomy().words
    return {
        "items": [
            {**vars(word), "also": list(word.also)}
            for word in words
            if not asked.vocabulary or word.vocabulary == asked.vocabulary
        ]
    }
