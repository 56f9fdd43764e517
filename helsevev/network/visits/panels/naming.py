"""What periods, ways, devices, languages and pages are called."""

from django.conf.locale import LANG_INFO
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helsevev.core.visits import CHANNEL_NAMES, DEVICE_NAMES, OTHER, QUARTERS, Period
from helsevev.core.words import gettext_noop

REST = gettext_noop("all others")
NOT_SAID = gettext_noop("not told")
SAMI = {"se": "davvisámegiella", "smj": "julevsámegiella", "sma": "åarjelsaemien"}
COUNTRIES = {
    "NO": gettext_noop("Norway"),
    "SE": gettext_noop("Sweden"),
    "DK": gettext_noop("Denmark"),
    "FI": gettext_noop("Finland"),
    "GB": gettext_noop("United Kingdom"),
    "US": gettext_noop("United States"),
    "DE": gettext_noop("Germany"),
    "NL": gettext_noop("The Netherlands"),
}


def period_name(period: Period) -> str:
    """Such as "3rd quarter 2026" or "October 2026"."""
    if period.length == 3:
        return f"{_(QUARTERS[f'Q{period.quarter}'])} {period.year}"
    return date_format(period.first, "F Y")


def value_name(kind: str, value: str) -> str:
    """What a counted value is called in the reader's language; languages are called by their own names."""
    if value == OTHER:
        return _(REST)
    if kind == "page":
        return _("Front page") if value == "/" else value
    if not value:
        return _(NOT_SAID)
    if kind == "language":
        return SAMI.get(value) or str(LANG_INFO.get(value, {}).get("name_local", value))
    if kind == "country":
        return _(COUNTRIES[value]) if value in COUNTRIES else value
    return _(CHANNEL_NAMES.get(value) or DEVICE_NAMES.get(value) or value)
