"""The index with a database: what goes in is found, counted and compared, whatever the order of changes."""

from collections import Counter
from collections.abc import Mapping

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyCase

from helsevev.commons.finding import actions, queries
from helsevev.commons.finding.models import Document, DocumentText, Facet
from helsevev.commons.finding.rules import STAFF, Doc

KEYS = ["a", "b", "c", "d", "e"]
FACETS: Mapping[str, list[str]] = {"region": ["HN", "HV"], "theme": ["dho", "fact", "psht"], "family": ["a", "b"]}

documents = st.builds(
    Doc,
    kind=st.sampled_from(["project", "page"]),
    key=st.sampled_from(KEYS),
    texts=st.dictionaries(
        st.sampled_from(["nb", "nn", "en"]),
        st.tuples(
            st.sampled_from(["Bodø", "Tromsø", "Å"]), st.sampled_from(["", "felles inntak", "hjemme\x00sykehus"])
        ),
    ),
    facets=st.fixed_dictionaries(
        {}, optional={name: st.lists(st.sampled_from(values), max_size=3) for name, values in FACETS.items()}
    ),
    audience=st.sampled_from(["everyone", "staff"]),
)
puts = st.lists(documents, max_size=6).map(lambda docs: ("put", docs))
withdrawals = st.tuples(st.sampled_from(["project", "page"]), st.sets(st.sampled_from(KEYS), max_size=3)).map(
    lambda what: ("withdraw", what)
)
changes = st.lists(st.one_of(puts, puts, withdrawals), max_size=5)
choices = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from([*values, "unknown", "\x00"]), max_size=2) for name, values in FACETS.items()
    },
)


def play(steps: list[tuple[str, object]]) -> dict[tuple[str, str], Doc]:
    """Do the changes, and answer with what should be there: the slow, obvious index."""
    held: dict[tuple[str, str], Doc] = {}
    for what, given_ in steps:
        if what == "put":
            actions.put(given_)  # type: ignore[arg-type]
            held |= {(doc.kind, doc.key): doc for doc in given_}  # type: ignore[attr-defined]
        else:
            kind, keys = given_  # type: ignore[misc]
            actions.withdraw(kind, keys)
            held = {place: doc for place, doc in held.items() if place[0] != kind or place[1] not in keys}
    return held


def has(doc: Doc, chosen: Mapping[str, list[str]], but: str = "") -> bool:
    return all(set(doc.facets.get(name, [])) & set(values) for name, values in chosen.items() if values and name != but)


def slow_counts(docs: list[Doc], chosen: Mapping[str, list[str]]) -> dict[str, dict[str, int]]:
    counted = {
        name: dict(Counter(v for doc in docs if has(doc, chosen, but=name) for v in set(doc.facets.get(name, []))))
        for name in ("region", "theme")
    }
    return {name: values for name, values in counted.items() if values}


SLOW_WORDS = {"": [], "bodo": ["bodø"], "inntak fell": ["inntak", "felles"]}


def slow_match(doc: Doc, text: str) -> bool:
    """Whether any of its texts has all the words; those in no text, and signs, find nothing."""
    if not text:
        return True
    words = SLOW_WORDS.get(text)
    return words is not None and any(
        all(word in f"{title} {body}".lower() for word in words) for title, body in doc.texts.values()
    )


class Sequences(PropertyCase):
    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(changes)
    def test_totals_and_bits_are_right_after_any_sequence(self, steps: list[tuple[str, object]]) -> None:
        held = play(steps)
        assert list(queries.faults()) == []
        slow = Counter((d.kind, d.audience, name, value) for d in held.values() for name, value in d.properties)
        stored = {(f.kind, f.audience, f.name, f.value): f.total for f in Facet.objects.all()}
        assert stored == dict(slow)
        assert set(Document.objects.values_list("kind", "key")) == held.keys()
        assert DocumentText.objects.count() == sum(len(doc.words) for doc in held.values())
        assert actions.rebuild() == actions.Rebuilt(0, 0, 0)

    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(changes, choices, st.booleans(), st.sampled_from(["", "bodo", "inntak fell", "finnes ikke", "*"]))
    def test_counts_equal_the_slow_count(
        self, steps: list[tuple[str, object]], chosen: dict[str, list[str]], staff: bool, text: str
    ) -> None:
        held = play(steps)
        seen = [doc for (kind, _), doc in held.items() if kind == "project" and (staff or doc.audience != STAFF)]
        seen = [doc for doc in seen if slow_match(doc, text)]
        fast = queries.counts("project", text, chosen, staff=staff)
        counted = {name: {v: n for v, n in values if n} for name, values in fast.items()}
        assert {name: values for name, values in counted.items() if values} == slow_counts(seen, chosen)
        answers = sorted(doc.key for doc in seen if has(doc, chosen))
        assert sorted(queries.keys("project", text, chosen, staff=staff)) == answers
        assert queries.number("project", text, chosen, staff=staff) == len(answers)
        if text not in ("", "*"):
            assert sorted(hit.key for hit in queries.search("project", text, "nb", chosen, staff=staff)) == answers

    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=130))
    def test_no_text_is_ever_syntax(self, text: str, value: str) -> None:
        actions.put([Doc("project", "a", {"nb": ("NEAR og NOT", text)}, {"theme": ["dho"]})])
        assert isinstance(queries.search("project", text, "nb"), list)
        assert set(queries.keys("project", text)) <= {"a"}
        assert queries.number("project", text, {"theme": [value], value or "x": ["dho"]}) in (0, 1)
        assert isinstance(queries.counts("project", text, {"theme": [value]}), dict)


@pytest.mark.django_db(transaction=True)
def test_after_many_documents_postgresql_knows_that_the_tables_are_filled():
    """A table analysed while empty is believed to be empty: questions of kinship took seconds each."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans by its indexes alone.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE finding_document")
    actions.put(Doc("project", f"many-{place}", {"nb": ("Bodø", "felles inntak")}) for place in range(60))
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'finding_document'")
        assert cursor.fetchone()[0] >= 60
