"""Organisations for programs: the registers' own words, with keys that stay."""

from datetime import date
from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from helsevev.commons.people import queries
from helsevev.commons.people.models import Organisation
from helsevev.commons.people.queries.organisations import Listed
from helsevev.core.paging import LAST_PAGE, MOST_ON_A_PAGE, Paged, surroundings

router = Router(tags=["Organisations"])
Kind = Literal[
    "regional_health_authority",
    "hospital_trust",
    "hospital_unit",
    "municipality",
    "city_district",
    "health_community",
    "gp_practice",
    "university",
    "user_organisation",
    "vendor",
    "national_body",
    "other",
    "",
]
Region = Literal["HN", "HM", "HV", "HSO", ""]
Key = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,99}$", description="The organisation's key.")]


class Named(Schema):
    """An organisation by key and name."""

    key: str = Field(description="Its stable key.", examples=["ullensaker-kommune"])
    name: str = Field(description="Its name in the register.")
    kind: str = Field(description="What sort of body it is.", examples=["municipality"])


class OrganisationItem(Named):
    """An organisation as a row of the list."""

    health_region: str | None = Field(description="Code of its health region, see the terms; null: not stated.")
    county_number: str | None = Field(description="Number of its county; null: not stated.")
    population: int | None = Field(description="Inhabitants of a municipality; null: not stated or not one.")


class RegisterItem(Schema):
    """The register that the facts come from."""

    key: str
    publisher: str
    where: str = Field(description="Where the publisher has it.")
    as_of: date
    licence: str | None


class OrganisationDetail(OrganisationItem):
    """One organisation with all that the registers say of it."""

    county: str | None
    parent: Named | None = Field(description="The body it belongs to.")
    children: list[Named] = Field(description="The bodies that belong to it.")
    other_names: list[str]
    organisation_number: str | None = Field(description="Null where no source gives it.")
    municipality_number: str | None
    note: str | None
    source: RegisterItem | None = Field(description="Where the facts come from.")


class OrganisationPage(Paged[OrganisationItem]):
    """One page of the list of organisations."""


class OrganisationQuery(Schema):
    """What the list of organisations can be asked for."""

    q: str = Field("", max_length=200, description="Words of the name or another name; accents needn't be typed.")
    kind: Kind = Field("", description="Only this sort of body.")
    health_region: Region = Field("", description="Only this health region.")
    county_number: str = Field("", pattern=r"^([0-9]{2})?$", description="Only this county, by its two digits.")
    page: int = Field(1, ge=1, le=LAST_PAGE, description="Which page.")
    per_page: int = Field(50, ge=1, le=MOST_ON_A_PAGE, description="How many on a page.")


@router.get("/organisations", response=OrganisationPage, summary="List organisations")
def organisations(request: HttpRequest, asked: Query[OrganisationQuery]) -> dict[str, object]:
    """Organisations that take part or can take part, in the order of the Norwegian alphabet.

    All municipalities, hospital trusts, regional health authorities and health communities are there, and the other
    bodies that projects name.
    """
    columns = {"kind": asked.kind, "health_region": asked.health_region, "county_number": asked.county_number}
    found = queries.listed(asked.q, **columns)
    start = (asked.page - 1) * asked.per_page
    return {
        **surroundings(request.build_absolute_uri(), len(found), asked.page, asked.per_page),
        "items": [_item(row) for row in found[start : start + asked.per_page]],
    }


def _item(row: Listed) -> dict[str, object]:
    return {**row, "health_region": row["health_region"] or None, "county_number": row["county_number"] or None}


@router.get("/organisations/{key}", response=OrganisationDetail, summary="Get one organisation")
def organisation(request: HttpRequest, key: Key) -> dict[str, object]:
    """One organisation by its key. What it takes part in: `/projects?organisation=` and the key."""
    found = queries.organisation_page(key)
    if found is None:
        raise Http404(f"There is no organisation with the key '{key}'.")
    return {
        **_detail(found.organisation),
        "children": found.children,
        "other_names": found.other_names,
    }


def _detail(row: Organisation) -> dict[str, object]:
    parent, register = row.parent, row.register
    return {
        "key": row.key,
        "name": row.name,
        "kind": row.kind,
        "health_region": row.health_region or None,
        "county_number": row.county_number or None,
        "county": row.county or None,
        "population": row.population,
        "organisation_number": row.organisation_number or None,
        "municipality_number": row.municipality_number or None,
        "note": row.note or None,
        "parent": {"key": parent.key, "name": parent.name, "kind": parent.kind} if parent else None,
        "source": {
            "key": register.key,
            "publisher": register.publisher,
            "where": register.source,
            "as_of": register.as_of,
            "licence": register.licence or None,
        }
        if register
        else None,
    }
