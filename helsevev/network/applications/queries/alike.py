"""The earlier projects most like an application (lignende), each with the reason, while it is being written.

A draft is nobody else's business, so it is never put in the index: what it says of patient groups, themes and parties
is compared with what the index knows of projects. Themes are read out of what is written, by the taxonomy's words.
"""

from collections.abc import Collection, Mapping

from helsevev.commons.finding import queries as finding
from helsevev.commons.forms import queries as forms
from helsevev.commons.initiatives import queries as initiatives
from helsevev.network.applications.models import Application
from helsevev.network.applications.rules.applying_alike import themes
from helsevev.network.portfolio.queries.alike import Alike, describe
from helsevev.network.portfolio.queries.listing import KIND
from helsevev.network.portfolio.queries.naming import Naming

MOST = 5
PATIENT_GROUPS = "patient_groups"
READ = 20_000


def five(application: Application, language: str, limit: int = MOST) -> list[Alike]:
    """The published projects most like it, the most alike first."""
    return describe(finding.like(KIND, traits(application), limit, written(application)), Naming(language))


def written(application: Application) -> str:
    """What has been written so far."""
    answers = forms.answers(application.sheet)
    texts = [application.title, *(value for value in answers.values() if isinstance(value, str))]
    return " \n".join(texts)[:READ]


def traits(application: Application) -> Mapping[str, Collection[str]]:
    """What it has that others may share."""
    answers = forms.answers(application.sheet)
    groups = answers.get(PATIENT_GROUPS)
    organisations = ("organisation__key", "organisation__county_number", "organisation__health_region")
    places = list(application.partners.values_list(*organisations))
    return {
        "patient_group": [str(code) for code in groups] if isinstance(groups, list) else [],
        "theme": themes_in(written(application)),
        "organisation": [key for key, _county, _region in places],
        "county": sorted({county for _key, county, _region in places if county}),
        "region": sorted({region for _key, _county, region in places if region}),
        "family": list(application.origins.values_list("initiative__key", flat=True)),
    }


def themes_in(text: str) -> list[str]:
    """The themes that a text speaks of, in any language."""
    words = initiatives.taxonomy().terms("theme")
    return themes(text, {word.code: (word.nb, word.nn, word.en, *word.also) for word in words})
