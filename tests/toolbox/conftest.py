"""A price case to try things on: the demonstration's own, with the registers and the population it rests on."""

import pytest

from helsevev.commons.people.actions import load_registers
from helsevev.toolbox.pricing.actions.preparing import prepare_example, prepare_population
from helsevev.toolbox.pricing.models import PriceCase

OWNER = "akershus-universitetssykehus"


@pytest.fixture(scope="module")
def _priced(django_db_setup: None, django_db_blocker) -> object:
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load_registers()
        prepare_population()
        prepare_example()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def case(_priced: None, db: None) -> PriceCase:
    """The example."""
    return PriceCase.objects.get(is_illustrative=True)
