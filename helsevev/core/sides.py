"""On which level of government an organisation stands (side): the rule of both levels rests on it. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from helsevev.core.words import gettext_noop


class Side(StrEnum):
    """On which level of government an organisation stands (side)."""

    MUNICIPALITY = "municipality"
    HOSPITAL = "hospital"
    OTHER = "other"


SIDE_NAMES: Mapping[Side, str] = {
    Side.MUNICIPALITY: gettext_noop("Municipality side"),
    Side.HOSPITAL: gettext_noop("Hospital side"),
    Side.OTHER: gettext_noop("Others"),
}
NEEDED = (Side.MUNICIPALITY, Side.HOSPITAL)
# A health community is a partnership of both; it signs for neither, its members do.
SIDES: Mapping[str, Side] = {
    "municipality": Side.MUNICIPALITY,
    "city_district": Side.MUNICIPALITY,
    "hospital_trust": Side.HOSPITAL,
    "hospital_unit": Side.HOSPITAL,
}


def side_of(kind: str) -> Side:
    """The side of an organisation of this kind."""
    return SIDES.get(kind, Side.OTHER)
