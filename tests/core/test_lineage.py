"""Kinship between initiatives: never a circle of descent, and a family whose generations hold."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.lineage import DESCENT, Edge, Kind, ancestors, cycles, descendants, eldest, family, would_cycle

MEMBERS = st.sampled_from("abcdefg")
EDGES = st.builds(Edge, MEMBERS, MEMBERS, st.sampled_from(Kind))


def added_one_by_one(every):
    """Edges that were each asked about before they were added."""
    kept = []
    for edge in every:
        if would_cycle(kept, edge) is None:
            kept.append(edge)
    return kept


SOUND = st.lists(EDGES, max_size=12).map(added_one_by_one)


def slow_ancestors(edges, key):
    """Add parents of all found so far until nothing is added."""
    found = set()
    while True:
        new = {e.parent for e in edges if e.kind in DESCENT and (e.child == key or e.child in found)} - found
        if not new:
            return found
        found |= new


@given(SOUND)
def test_edges_that_are_asked_about_first_never_make_a_circle(edges):
    assert cycles(edges) == []
    assert all(key not in slow_ancestors(edges, key) for key in "abcdefg")


@given(st.lists(EDGES, max_size=12))
def test_a_circle_is_found_exactly_where_someone_is_its_own_ancestor(edges):
    own = {key for key in "abcdefg" if key in slow_ancestors(edges, key)}
    circles = cycles(edges)
    assert bool(circles) == bool(own)
    pairs = {(edge.child, edge.parent) for edge in edges if edge.kind in DESCENT}
    for circle in circles:
        assert circle[0] == circle[-1]
        assert set(circle) <= own
        assert set(pairwise(circle)) <= pairs


@given(SOUND, EDGES)
def test_the_circle_that_a_new_edge_would_close_is_named(edges, new):
    circle = would_cycle(edges, new)
    closes = new.kind in DESCENT and new.child in slow_ancestors([*edges, new], new.child)
    assert (circle is not None) == (closes or new.child == new.parent)
    if circle:
        assert circle[0] == circle[-1] == new.child


@given(st.lists(EDGES, max_size=12), MEMBERS)
def test_ancestors_and_descendants_are_each_others_reverse(edges, key):
    assert ancestors(edges, key) == slow_ancestors(edges, key) - {key}
    assert descendants(edges, key) == {other for other in "abcdefg" if key in slow_ancestors(edges, other)} - {key}


@given(SOUND, MEMBERS)
def test_a_child_stands_below_its_parents(edges, key):
    found = family(edges, key)
    assert key in found.members
    assert min(found.generations.values()) == 0
    for edge in found.edges:
        if edge.kind in DESCENT:
            assert found.generations[edge.child] > found.generations[edge.parent]


@given(SOUND, MEMBERS)
def test_everyone_in_a_family_has_the_same_eldest_who_comes_from_nobody(edges, key):
    members = family(edges, key).members
    named = eldest(edges)
    if len(members) == 1 and key not in named:
        return
    assert {named[member] for member in members} == {named[key]}
    assert not ancestors(edges, named[key])


def test_a_chain_of_awards_and_its_twin():
    edges = [
        Edge("mila-2025", "mila2", Kind.CONTINUES),
        Edge("mila-2026", "mila-2025", Kind.CONTINUES),
        Edge("rælingen", "vestfold", Kind.SAME_MODEL_AS),
        Edge("follow-on", "vestfold", Kind.CONTINUES),
    ]
    assert family(edges, "mila-2025").generations == {"mila2": 0, "mila-2025": 1, "mila-2026": 2}
    assert family(edges, "follow-on").generations == {"vestfold": 0, "rælingen": 0, "follow-on": 1}
    assert family(edges, "alone").generations == {"alone": 0}


def test_twins_that_also_descend_from_one_another_stand_by_descent():
    edges = [Edge("b", "a", Kind.SPREADS), Edge("b", "a", Kind.SAME_MODEL_AS)]
    assert family(edges, "a").generations == {"a": 0, "b": 1}


def test_a_chain_of_ten_thousand_is_walked_without_running_out_of_depth():
    edges = [Edge(str(n + 1), str(n), Kind.CONTINUES) for n in range(10_000)]
    assert cycles(edges) == []
    assert len(ancestors(edges, "10000")) == 10_000
    assert family(edges, "5").generations["10000"] == 10_000
    assert would_cycle(edges, Edge("0", "10000", Kind.ADAPTS)) is not None
