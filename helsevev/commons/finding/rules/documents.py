"""A document as a room hands it in, and what its facets are worth when likeness is weighed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from helsevev.commons.finding.rules.words import readable
from helsevev.core.similarity import Weight

EVERYONE = "everyone"
STAFF = "staff"
LANGUAGES = ("nb", "nn", "en")
# Room in the numbers for a fourth language.
TEXTS_EACH = 4
TITLE_LIMIT = 300
VALUE_LIMIT = 120
KIND_LIMIT = 40
ADDRESS_LIMIT = 300

# The property that every document has: it counts a kind's documents in the same way as any facet.
EVERY = ""
# Where a thing comes from. A room gives `family` (key of the oldest in the family), `parent` (keys of those it
# continues, spreads or adapts) and `model` (any name of the model it follows).
FAMILY, PARENT, MODEL = "family", "parent", "model"
# Reasons that `similar` gives besides shared facets: the other one is where this one comes from, or the reverse.
ORIGIN, OFFSPRING = "origin", "offspring"
# And that both say the same: a meaning that both texts speak of.
WORDS = "words"

# What sharing a facet is worth: kin first, then model, theme and patient group, and place only a little.
WEIGHTS: Mapping[str, Weight] = {
    ORIGIN: Weight(12, rarer_counts_more=False),
    OFFSPRING: Weight(12, rarer_counts_more=False),
    FAMILY: Weight(8, rarer_counts_more=False),
    PARENT: Weight(6, rarer_counts_more=False),
    MODEL: Weight(6, rarer_counts_more=False),
    "theme": Weight(4),
    "patient_group": Weight(1.5),
    "focus_area": Weight(1),
    "organisation": Weight(0.5),
    "county": Weight(0.3),
    "region": Weight(0.3),
    "health_region": Weight(0.3),
}


@dataclass(frozen=True)
class Text:
    """A document's words in one language, with what the database can't hold taken out."""

    title: str
    body: str = ""


@dataclass(frozen=True)
class Doc:
    """What a room hands in to be found (dokument). Texts go by language, facets by name.

    `address` is its page's, without the language it begins with; `tags` are words that say what it is about.
    Texts are cleaned; a facet value is a code of the room's own, so a bad one is the room's mistake and refused.
    """

    kind: str
    key: str
    texts: Mapping[str, tuple[str, str]]
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)
    audience: str = EVERYONE
    address: str = ""
    tags: Collection[str] = ()

    def __post_init__(self) -> None:
        """Refuse what could never be found again."""
        if not (self.kind and findable(self.kind, KIND_LIMIT) and self.key and findable(self.key)):
            raise ValueError(f"a document needs a kind and a key that can be kept, not {self.kind!r} {self.key!r}")
        if not findable(self.address, ADDRESS_LIMIT):
            raise ValueError(f"{self.address!r} is no address")
        if self.audience not in (EVERYONE, STAFF):
            raise ValueError(f"{self.audience!r} is no audience")
        if unknown := set(self.texts) - set(LANGUAGES):
            raise ValueError(f"{sorted(unknown)} are no languages of this house")
        for name, values in self.facets.items():
            if isinstance(values, str):
                raise TypeError(f"the values of facet {name!r} must be a collection, not one text")
            if name == EVERY or not findable(name, KIND_LIMIT) or not all(map(findable, values)):
                raise ValueError(f"facet {name!r} of {self.kind} {self.key} has a name or value that can't be kept")

    @property
    def properties(self) -> frozenset[tuple[str, str]]:
        """Every (name, value) that it is counted by, the one that all documents share included.

        A room that gives the empty value says "not stated", and it is counted and chosen like any other.
        """
        given = ((name, value) for name, values in self.facets.items() for value in values)
        return frozenset([(EVERY, EVERY), *given])

    @property
    def words(self) -> dict[str, Text]:
        """Its texts by language, those without any word left out."""
        cleaned = {
            language: Text(readable(title)[:TITLE_LIMIT], readable(body))
            for language, (title, body) in self.texts.items()
        }
        return {language: text for language, text in cleaned.items() if text.title or text.body}


def findable(value: str, limit: int = VALUE_LIMIT) -> bool:
    """Whether `value` could stand in the index at all: not too long, and nothing a database can't hold."""
    return len(value) <= limit and readable(value) == value


def audiences(*, staff: bool) -> tuple[str, ...]:
    """Whose documents may be seen: those open to everyone, and staff's own only by staff."""
    return (EVERYONE, STAFF) if staff else (EVERYONE,)


def is_counted(name: str) -> bool:
    """Whether pages count and filter by facets so named; those of kinship have about as many values as documents."""
    return name not in (FAMILY, PARENT)


def text_id(document: int, language: str) -> int:
    """The id of a document's text in one language, from which the document's own can be told."""
    return document * TEXTS_EACH + LANGUAGES.index(language)
