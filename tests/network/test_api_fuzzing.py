"""The API is fuzzed from its own OpenAPI document: whatever is asked, the answer is one that the document promises."""

import re
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
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
def document(portfolio: None, settings: Any) -> Any:
    """The document as programs fetch it; nobody is asked to wait."""
    settings.RATES = [(re.compile("^/api/"), Rate("api", 10**9))]
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("name", sorted(known_parameters()))
def test_every_answer_is_one_that_the_document_promises(document: Any, name: str, mode: GenerationMode) -> None:
    operation = document.find_operation_by_id(name)

    @MANY
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate()

    ask()
