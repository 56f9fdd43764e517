"""The programming interface (API): the rooms' operations gathered behind one door with one set of manners.

Every answer says how to ask again cheaply (ETag) and from where it may be read (any origin); every refusal is a
problem document (RFC 9457) that names what was wrong. Each room has its own operations in its `api.py`.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer
from pydantic import BaseModel, Field

from helsevev import VERSION
from helsevev.front import manners

DESCRIPTION = """Helsevev's open data: the portfolio of innovation projects, the organisations that take part, and the
words they are filed under. Everything is read-only and needs no key. Keys and codes stay the same; a null means that
the source doesn't state it. Dates are as precise as the source: a year, a month or a day."""
EXAMPLES = {
    "projects": "/api/v1/projects?region=HV&phase=piloting&lang=en",
    "project": "/api/v1/projects/mila-2026?lang=en",
    "lineage": "/api/v1/projects/fonna-bu/lineage",
    "phases": "/api/v1/phases?on=2022-12-31",
    "terms": "/api/v1/terms?vocabulary=phase",
    "organisations": "/api/v1/organisations?kind=hospital_trust",
    "organisation": "/api/v1/organisations/helse-fonna",
}
HEADERS = {
    "ETag": {"schema": {"type": "string"}, "description": "Name of exactly this answer; send it as If-None-Match."},
    "RateLimit": {"schema": {"type": "string"}, "description": "How many requests are left (r), for how long (t)."},
    "RateLimit-Policy": {"schema": {"type": "string"}, "description": "How many requests (q) in how many seconds (w)."},
}


class Written(JSONRenderer):
    """Letters as they are: an answer read by people too."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 - ninja declares it so


class Fault(BaseModel):
    """One thing that was wrong."""

    where: str = Field(description="The parameter.", examples=["page"])
    what: str = Field(description="What is wrong with it.")


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    detail: str
    faults: list[Fault] = Field([], description="Each thing that was wrong, where that is known.")


class Interface(NinjaAPI):
    """Ninja's door with our manners: stable names, problems for refusals, and a document that promises both."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's own name: it stays when the code is moved."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **about: Any) -> Any:  # noqa: ANN401 - a JSON document
        """The OpenAPI document with every answer that our manners can give."""
        document = super().get_openapi_schema(**about)
        document["components"]["schemas"]["Problem"] = problem_schema()
        document["components"]["schemas"]["Fault"] = Fault.model_json_schema()
        for path, methods in document["paths"].items():
            for operation in methods.values():
                promise(operation)
                operation["x-example"] = EXAMPLES.get(operation["operationId"], path)
        return document

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """The addresses, each behind our manners."""
        patterns, app, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = manners.polite(pattern.callback, known_parameters)
        return patterns, app, namespace


def problem_schema() -> dict[str, Any]:
    """The shape of a refusal, with its parts where OpenAPI wants them."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs")
    return schema


def promise(operation: dict[str, Any]) -> None:
    """Name the headers and refusals that any operation may answer with."""
    answers = operation["responses"]
    answers[200]["description"] = "The answer."
    answers[200]["headers"] = HEADERS
    answers[304] = {"description": "Nothing has changed since the answer named in If-None-Match.", "headers": {}}
    if any(parameter["in"] == "path" for parameter in operation["parameters"]):
        answers[404] = refusal("There is nothing with that key.")
    answers[422] = refusal("A parameter is unknown or can't be understood; the faults name it.")
    answers[429] = refusal("Too many requests; Retry-After says how long to wait.")
    answers[500] = refusal("Something is wrong here, not with what was asked.")


def refusal(description: str) -> dict[str, Any]:
    """An answer that is a problem document."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "content": content}


def build() -> Interface:
    """The door with the operations of every installed room."""
    made = Interface(
        title="Helsevev",
        version=f"1 ({VERSION})",
        description=DESCRIPTION,
        urls_namespace="api",
        renderer=Written(),
        docs_url=None,
        servers=[{"url": settings.SITE_URL}],
        openapi_extra={"info": {"contact": {"email": settings.CONTACT}, "license": {"name": "EUPL-1.2"}}},
    )
    for room in settings.INSTALLED_APPS:
        if room.startswith("helsevev.") and room != "helsevev.front" and find_spec(f"{room}.api"):
            made.add_router("", import_module(f"{room}.api").router)
    made.add_exception_handler(ValidationError, manners.misunderstood)
    made.add_exception_handler(Http404, manners.nothing_named)
    made.add_exception_handler(Exception, manners.fault)
    return made


api = build()


@cache
def known_parameters() -> dict[str, frozenset[str]]:
    """The query parameters of each operation, by the operation's name."""
    document = api.get_openapi_schema()
    return {
        operation["operationId"]: frozenset(one["name"] for one in operation["parameters"] if one["in"] == "query")
        for methods in document["paths"].values()
        for operation in methods.values()
    }
