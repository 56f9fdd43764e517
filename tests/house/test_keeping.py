"""Every table says how long it keeps what it holds, and which of its fields tell of a person."""

import pytest
from django.apps import apps

from helsevev.core.keeping import Keeping

OURS = [model for model in apps.get_models() if model.__module__.startswith("helsevev.")]
# Words in a field's name that make one suspect it of telling about a person.
TELLING = {"email", "phone", "person", "user", "password", "granted", "birth"}


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_every_table_has_a_promise(model):
    assert isinstance(model.keeping, Keeping)


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_named_fields_exist(model):
    names = {field.name for field in model._meta.get_fields()}
    assert set(model.keeping.personal) <= names
    assert model.keeping.counted_from is None or model.keeping.counted_from in names


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_telling_fields_are_declared(model):
    telling = {f.name for f in model._meta.concrete_fields if set(f.name.split("_")) & TELLING}
    assert telling <= set(model.keeping.personal)


def test_days_need_a_date_to_count_from():
    with pytest.raises(ValueError, match="belong together"):
        Keeping(until="soon", days=3)
