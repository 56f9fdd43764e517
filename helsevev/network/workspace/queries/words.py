"""Words that all parties have signed, for this room's pages and for the rooms above."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse

from helsevev.commons.initiatives.models import Initiative
from helsevev.core.marking import Word
from helsevev.network.guidance.queries import rooms
from helsevev.network.workspace.models import AgreedText, Concept, ConceptSignature
from helsevev.network.workspace.queries import rows
from helsevev.network.workspace.rules import concepts as rules


@dataclass(frozen=True)
class AgreedTerm:
    """A word as all parties have signed it (avklart begrep): which version of its text, and its digest."""

    concept: UUID
    name: str
    number: int
    text: str
    digest: str
    also: tuple[str, ...]
    agreed_at: datetime
    agreed: AgreedText
    initiative: str

    @property
    def url(self) -> str:
        """Where this very version stands."""
        return reverse("workspace:text", args=[self.initiative, self.concept, self.number])


@dataclass(frozen=True)
class Clarified:
    """A word with the text that stands now, and who has signed that (begrep i arbeid)."""

    concept: Concept
    text: AgreedText | None
    signatures: tuple[ConceptSignature, ...]
    parties: tuple[Any, ...]

    @cached_property
    def signed(self) -> dict[str, ConceptSignature]:
        """The signatures by organisation."""
        return {one.organisation.key: one for one in self.signatures}

    @property
    def standing(self) -> rules.Standing:
        """How far it has come."""
        return rules.standing(self.text is not None, (one.key for one in self.parties), self.signed)

    @property
    def missing(self) -> list[Any]:
        """The parties that haven't signed the text that stands."""
        return [one for one in self.parties if one.key not in self.signed]


def clarified(initiative: Initiative) -> list[Clarified]:
    """Every word of a project: three statements and the parties."""
    texts = AgreedText.objects.order_by("-number").prefetch_related(
        Prefetch("signatures", ConceptSignature.objects.select_related("organisation"))
    )
    parties = tuple(rooms.parties(initiative))
    found = rows.standing(Concept, initiative).prefetch_related(Prefetch("agreed", texts, to_attr="texts"))
    return [_clarified(one, parties) for one in found]


def one(concept: Concept) -> Clarified:
    """One word."""
    texts = AgreedText.objects.filter(concept=concept).order_by("-number")
    concept.texts = list(texts.prefetch_related("signatures__organisation")[:1])  # type: ignore[attr-defined]
    return _clarified(concept, tuple(rooms.parties(concept.initiative)))


def _clarified(concept: Any, parties: tuple[Any, ...]) -> Clarified:  # noqa: ANN401 - with its texts at hand
    newest = concept.texts[0] if concept.texts else None
    return Clarified(concept, newest, tuple(newest.signatures.all()) if newest else (), parties)


def agreed_terms(initiative: Initiative) -> list[AgreedTerm]:
    """The words that every party has signed, as exactly the text that stands."""
    return [term for one_ in clarified(initiative) if (term := _term(one_, initiative)) is not None]


def agreed_term(initiative: Initiative, concept: UUID | str) -> AgreedTerm | None:
    """One word as it is agreed now; None where it isn't."""
    return next((term for term in agreed_terms(initiative) if str(term.concept) == str(concept)), None)


def _term(found: Clarified, initiative: Initiative) -> AgreedTerm | None:
    if found.text is None or found.standing is not rules.Standing.AGREED:
        return None
    concept, text = found.concept, found.text
    last = max(one.at for one in found.signatures)
    also = rules.lines(concept.also)
    return AgreedTerm(concept.key, concept.name, text.number, text.text, text.digest, also, last, text, initiative.key)


def version(initiative: Initiative, concept: UUID | str, number: int) -> AgreedText | None:
    """An exact version of a word's text, for ever."""
    rows_ = AgreedText.objects.filter(concept__initiative=initiative, concept__key=concept, number=number)
    found: AgreedText | None = rows_.select_related("concept").first()
    return found


def is_current(initiative: Initiative, agreed: AgreedText) -> bool:
    """Whether a version is still what stands, signed by all."""
    return any(term.agreed.pk == agreed.pk for term in agreed_terms(initiative))


def unsigned(initiative: Initiative) -> list[str]:
    """The words that are begun and not signed by all."""
    return [one_.concept.name for one_ in clarified(initiative) if one_.standing is not rules.Standing.AGREED]


def signed(initiative: Initiative) -> dict[str, bool]:
    """Whether each word is signed by all, by its name."""
    return {one_.concept.name: one_.standing is rules.Standing.AGREED for one_ in clarified(initiative)}


def standing_of(concept: Concept) -> rules.Standing:
    """How far a word has come."""
    return one(concept).standing


def glossary(initiative: Initiative) -> list[Word]:
    """The agreed words, for marking them in texts."""
    return [Word(str(term.concept), term.name, term.text, term.also) for term in agreed_terms(initiative)]


def texts(concept: Concept) -> list[AgreedText]:
    """Every text that was ever proposed for a word, the newest first."""
    return list(concept.agreed.prefetch_related("signatures__organisation").order_by("-number"))


def spelled(initiative: Initiative, without: Concept | None = None) -> frozenset[str]:
    """Everything that the other words of a project are written as."""
    others: Iterable[Concept] = rows.standing(Concept, initiative)
    return frozenset().union(*(rules.spellings(one_.name, one_.also) for one_ in others if one_ != without))
