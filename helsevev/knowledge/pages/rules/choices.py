"""What a reader asks the bank's list for (utvalg). Pure."""

from collections.abc import Mapping
from typing import ClassVar

from helsevev.core import choosing
from helsevev.core.words import gettext_noop

FACETS: Mapping[str, str] = {
    "kind": gettext_noop("Kind of page"),
    "phase": gettext_noop("Phase"),
    "theme": gettext_noop("Theme"),
    "patient_group": gettext_noop("Patient group"),
    "region": gettext_noop("Health region"),
}


class Choices(choosing.Choices):
    """What is chosen on the bank's list."""

    names: ClassVar = tuple(FACETS)


read = Choices.read
