"""What an installation begins with: the population that comes with the product, and a demonstration's example."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, override

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people import queries as people
from helsevev.toolbox.pricing.actions import cases, population
from helsevev.toolbox.pricing.models import PopulationTable, PriceCase
from helsevev.toolbox.pricing.queries.cases import municipalities
from helsevev.toolbox.pricing.queries.people import adults_of
from helsevev.toolbox.pricing.rules import demo

ACTOR = "system:prepare"


def prepare_population() -> bool:
    """Load the shipped table where there is none; says whether it did."""
    if PopulationTable.objects.exists():
        return False
    path = Path(settings.REFERENCE_DIR) / "population_2026_by_age.csv.gz"
    population.load(population.shipped(path), ACTOR, path.name)
    return True


def prepare_example() -> bool:
    """In a demonstration, make the example that everyone can try; says whether it did."""
    owner = people.organisation(demo.OWNER)
    if not settings.DEMO or owner is None or PriceCase.objects.filter(is_illustrative=True).exists():
        return False
    rows = municipalities(demo.PATIENTS)
    adults = adults_of(demo.PATIENTS)
    if set(rows) != set(demo.PATIENTS) or set(adults) != set(demo.PATIENTS):
        return False
    names = {number: row.name.removesuffix(" kommune") for number, row in rows.items()}
    initiative = Initiative.objects.filter(key=demo.INITIATIVE).first()
    with override(settings.LANGUAGE_CODE):
        content = demo.content(adults, names, gettext)
    cases.create(owner, content, ACTOR, initiative=initiative, is_illustrative=True)
    return True
