"""Organisations are found by all their names, and only those that are there."""

import pytest

from helsevev.commons.finding import queries
from helsevev.commons.finding.models import Document, IndexState
from helsevev.commons.people.models import Organisation
from helsevev.front.actions import ORGANISATION, index_organisations


@pytest.mark.django_db
def test_organisations_are_handed_in_once_and_taken_back(registers: None) -> None:
    index_organisations()
    assert Document.objects.filter(kind=ORGANISATION).count() == Organisation.objects.count()
    found = {one.hit.key: one.address for one in queries.everywhere("Ahus", "nb", {}, ()).found[:2]}
    assert found["akershus-universitetssykehus"] == "/organisations/akershus-universitetssykehus/"
    version = IndexState.objects.get().version
    index_organisations()
    assert IndexState.objects.get().version == version
    Organisation.objects.filter(key="utsira-kommune").delete()
    index_organisations()
    assert not Document.objects.filter(key="utsira-kommune").exists()
