"""What other rooms counted of a year.

A room says so in its AppConfig, so that the report needn't know it, nor it the report:

    year_figures: ClassVar = "helsevev.network.guidance.queries.yearly.figures"

where `figures(year, cutoff)` yields `annual.Tally`; the language in force is the report's.
"""

from datetime import date

from django.apps import apps
from django.utils.module_loading import import_string

from helsevev.core import annual


def tallies(year: int, cutoff: date) -> tuple[annual.Tally, ...]:
    """Everything that was counted up to a day, each key once; later rooms stand further back."""
    found: dict[str, annual.Tally] = {}
    for room in reversed(list(apps.get_app_configs())):
        if name := getattr(room, "year_figures", ""):
            found |= {one.key: one for one in import_string(name)(year, cutoff)}
    return tuple(found.values())
