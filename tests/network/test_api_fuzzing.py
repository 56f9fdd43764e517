"""The API is fuzzed from its own OpenAPI document: whatever is asked, the answer is one that the document promises."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from helsevev.core.rates import Rate
from helsevev.front.api import known_parameters

# Shrinking thousands of parameters takes longer than finding a fault; the case that failed is printed whole.
MANY = settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


@pytest.fixture
def document(portfolio: None, settings: Any) -> Iterator[Any]:
    """The document as programs fetch it; nobody is asked to wait."""
    settings.RATES = [(re.compile("^/api/"), Rate("api", 10**9))]
    signals = (request_started, request_finished)
    for signal in signals:  # as Django's own test client does: the test's transaction lives in this connection
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("name", sorted(known_parameters()))
def test_every_answer_is_one_that_the_document_promises(document: Any, name: str, mode: GenerationMode) -> None:
    operation = document.find_operation_by_id(name)

    @MANY
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate()

    ask()
