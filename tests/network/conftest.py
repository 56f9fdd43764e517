"""The real portfolio, loaded once for each module that asks for it and taken back afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from helsevev.commons.initiatives.actions import load_taxonomy
from helsevev.commons.people.actions import load_registers
from helsevev.network.portfolio.actions import load
from helsevev.network.portfolio.forms import read_file

REAL = Path(__file__).resolve().parents[2] / "data" / "portfolio.json"


@pytest.fixture(scope="module")
def real_portfolio(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """All of data/portfolio.json, with the registers and words it needs. Tests' own changes are taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_registers()
        load_taxonomy()
        load(read_file(REAL))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def portfolio(real_portfolio: None, db: None) -> None:
    """The real portfolio, for one test."""
