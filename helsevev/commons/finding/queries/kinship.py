"""Documents like another (lignende): kin first, then those of the same model, theme and patient group."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db import connection

from helsevev.commons.finding.models import Facet
from helsevev.commons.finding.queries.likening import alike, alike_to, with_words
from helsevev.commons.finding.rules import EVERY, FAMILY, OFFSPRING, ORIGIN, PARENT, WEIGHTS, audiences
from helsevev.core.similarity import Similar, Trait, Weight, rank, worth

# Documents read per facet, and in all, to find candidates. Facets are taken from the rarest up, so a region that half
# of all documents share adds to scores but never makes the question long.
PER_FACET = 5_000
IN_ALL = 20_000
CANDIDATES = 200

# The document's own facets, as this viewer may see them at others; and those by which its offspring name it.
SHARED = """
SELECT f.id, f.name, f.value, f.total
FROM finding_document d
JOIN finding_documentfacet l ON l.document_id = d.id
JOIN finding_facet own ON own.id = l.facet_id
JOIN finding_facet f ON f.kind = own.kind AND f.name = own.name AND f.value = own.value
WHERE d.kind = %s AND d.key = %s AND d.audience IN ({audiences}) AND f.audience IN ({audiences})
UNION
SELECT f.id, CASE WHEN f.name = 'parent' THEN 'offspring' ELSE f.name END, f.value, f.total
FROM finding_facet f
WHERE f.kind = %s AND f.name IN ('parent', 'family') AND f.value = %s AND f.audience IN ({audiences})
"""
# The candidates that share most, and which of the facets each of them has.
CANDIDATE_FACETS = """
WITH scored AS (
    SELECT document_id FROM ({sources}) s GROUP BY document_id ORDER BY SUM(worth) DESC, document_id LIMIT %s
),
candidates AS (
    SELECT document_id FROM scored
    UNION SELECT id FROM finding_document WHERE kind = %s AND key IN ({kin}) AND audience IN ({audiences})
)
SELECT d.key, l.facet_id
FROM candidates c
JOIN finding_document d ON d.id = c.document_id
JOIN finding_documentfacet l ON l.document_id = c.document_id
WHERE d.key <> %s AND d.audience IN ({audiences}) AND (l.facet_id IN ({facets}) OR d.key IN ({kin}))
"""
SOURCE = """
SELECT document_id, CAST(%s AS double precision) AS worth FROM (
    SELECT document_id FROM finding_documentfacet WHERE facet_id = %s ORDER BY document_id DESC LIMIT %s
) f{number}
"""

Traits = Mapping[int, Trait]


def similar(
    kind: str, key: str, limit: int = 5, *, weights: Mapping[str, Weight] = WEIGHTS, staff: bool = False
) -> list[Similar]:
    """The documents most like this one, each with its reasons: what they share, the weightiest first."""
    viewers = audiences(staff=staff)
    traits, everyone = _traits(kind, key, viewers, weights)
    found = _ranked((kind, key), traits, everyone, viewers, weights)
    return with_words(found, alike(kind, key, staff=staff))[: max(limit, 0)]


def like(kind: str, facets: Mapping[str, Collection[str]], limit: int = 5, text: str = "") -> list[Similar]:
    """The open documents that share most of these facets and say most of what a text says: what `similar` says, for
    something that isn't indexed.
    """
    return with_words(_sharing(kind, facets), alike_to(kind, text))[: max(limit, 0)]


def _sharing(kind: str, facets: Mapping[str, Collection[str]]) -> list[Similar]:
    viewers = audiences(staff=False)
    wanted = {(name, value) for name, values in facets.items() if name in WEIGHTS for value in values if value}
    if not wanted:
        return []
    names, values = {EVERY, *facets}, {EVERY, *(value for _, value in wanted)}
    rows = Facet.objects.filter(kind=kind, audience__in=viewers, name__in=names, value__in=values)
    everyone, traits = 0, {}
    for pk, name, value, total in rows.values_list("pk", "name", "value", "total"):
        if (name, value) == (EVERY, EVERY):
            everyone += total
        elif (name, value) in wanted:
            traits[pk] = Trait(name, value, total)
    return _ranked((kind, ""), traits, everyone, viewers, WEIGHTS)


def _ranked(
    me: tuple[str, str],
    traits: Traits,
    everyone: int,
    viewers: Sequence[str],
    weights: Mapping[str, Weight],
) -> list[Similar]:
    """Those that share any of the traits, the most alike first."""
    forebears = {(trait.name, trait.value) for trait in traits.values() if trait.name in (PARENT, FAMILY)}
    sources = _sources(traits, weights, everyone)
    if not sources:
        return []
    shared: defaultdict[str, set[Trait]] = defaultdict(set)
    kin = sorted({value for _, value in forebears})
    for other, facet in _candidates(me, viewers, sources, list(traits), kin):
        if facet in traits:
            trait = traits[facet]
            shared[other].add(Trait(OFFSPRING, other) if trait.name == OFFSPRING else trait)
        if (PARENT, other) in forebears:
            shared[other].add(Trait(ORIGIN, other))
        if (FAMILY, other) in forebears:
            shared[other].add(Trait(FAMILY, other))
    return rank(shared, weights, everyone)


def _traits(kind: str, key: str, viewers: Sequence[str], weights: Mapping[str, Weight]) -> tuple[dict[int, Trait], int]:
    """What the document has that is worth sharing, by facet id, and how many documents there are."""
    holders: defaultdict[tuple[str, str], int] = defaultdict(int)
    names: dict[int, tuple[str, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(SHARED.format(audiences=_places(viewers)), [kind, key, *viewers, *viewers, kind, key, *viewers])
        for facet, name, value, total in cursor.fetchall():
            names[facet] = (name, value)
            holders[name, value] += total
    # Two that both state nothing have nothing in common.
    worthy = {facet: Trait(*one, holders[one]) for facet, one in names.items() if one[0] in weights and one[1]}
    return worthy, holders[EVERY, EVERY]


def _sources(traits: Mapping[int, Trait], weights: Mapping[str, Weight], everyone: int) -> list[tuple[float, int]]:
    """The facets to look for candidates in, the rarest first, with what each is worth."""
    sources: list[tuple[float, int]] = []
    rows = 0
    for facet, trait in sorted(traits.items(), key=lambda one: (one[1].holders, one[0])):
        rows += min(trait.holders, PER_FACET)
        if sources and rows > IN_ALL:
            break
        sources.append((worth(trait, weights, everyone), facet))
    return sources


def _candidates(
    me: tuple[str, str],
    viewers: Sequence[str],
    sources: Sequence[tuple[float, int]],
    facets: Sequence[int],
    kin: Sequence[str],
) -> list[tuple[str, int]]:
    """(key, facet id) of those that share most, and of kin."""
    kind, key = me
    kin = kin or [key]
    sql = CANDIDATE_FACETS.format(
        sources=" UNION ALL ".join(SOURCE.format(number=number) for number in range(len(sources))),
        kin=_places(kin),
        audiences=_places(viewers),
        facets=_places(facets),
    )
    read = [one for points, facet in sources for one in (points, facet, PER_FACET)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*read, CANDIDATES, kind, *kin, *viewers, key, *viewers, *facets, *kin])
        return list(cursor.fetchall())


def _places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
