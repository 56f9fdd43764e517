"""Krippendorff's alpha against published figures, its bounds, and its interval."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core.agreement import Agreement, Meaning, Scale, agreement, alpha

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: four observers, twelve units, with gaps.
OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
UNITS = [[int(row[place]) for row in OBSERVERS if row[place] != "."] for place in range(12)]


@pytest.mark.parametrize(
    ("scale", "published"), [(Scale.NOMINAL, 0.743), (Scale.ORDINAL, 0.815), (Scale.INTERVAL, 0.849)]
)
def test_the_published_example(scale, published):
    assert alpha(UNITS, scale) == pytest.approx(published, abs=0.0005)


scores = st.lists(st.lists(st.integers(1, 4), min_size=0, max_size=4), min_size=0, max_size=12)


@settings(max_examples=60)
@given(scores, st.sampled_from(list(Scale)))
def test_it_never_exceeds_one_and_says_nothing_where_nothing_differs(units, scale):
    found = alpha(units, scale)
    paired = [value for unit in units if len(unit) > 1 for value in unit]
    assert (found is None) == (len(set(paired)) < 2)
    assert found is None or found <= 1 + 1e-9


@settings(max_examples=40)
@given(st.lists(st.integers(1, 4), min_size=2, max_size=10), st.sampled_from(list(Scale)))
def test_full_agreement_is_one(values, scale):
    found = alpha([[value] * 3 for value in values], scale)
    assert found is None or found == pytest.approx(1)


@settings(max_examples=40)
@given(scores, st.randoms(use_true_random=False))
def test_the_order_of_units_and_judges_says_nothing(units, chance):
    mixed = [random.Random(1).sample(unit, len(unit)) for unit in units]
    chance.shuffle(mixed)
    first, second = alpha(units), alpha(mixed)
    assert first == second or first == pytest.approx(second)


def test_the_interval_is_the_same_every_time_and_holds_alpha():
    first, second = agreement(UNITS), agreement(UNITS)
    assert first == second
    assert first.low <= first.alpha <= first.high
    assert (first.units, first.judgements) == (11, 40)


@pytest.mark.parametrize(
    ("found", "meaning"),
    [
        (Agreement(None, None, None, 0, 0), Meaning.TOO_FEW),
        (Agreement(None, None, None, 6, 12), Meaning.ALL_ALIKE),
        (Agreement(0.9, 0.82, 0.95, 30, 60), Meaning.RELIABLE),
        (Agreement(0.9, 0.7, 0.95, 30, 60), Meaning.TENTATIVE),
        (Agreement(0.9, 0.4, 0.95, 30, 60), Meaning.OPEN),
        (Agreement(0.5, 0.3, 0.6, 30, 60), Meaning.WEAK),
        (Agreement(-0.1, -0.4, 0.2, 30, 60), Meaning.NO_BETTER),
        (Agreement(0.1, None, None, 3, 6), Meaning.OPEN),
    ],
)
def test_what_it_means(found, meaning):
    assert found.meaning is meaning
