"""A case's form: its parts, each with the fields that the core knows, as they stand in a content that may be at fault.

A field's name is its place as the core names it in a fault (`centre.handling_minutes`), so that each fault finds its
field.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from helsevev.core.faults import Step, place
from helsevev.core.pricing import fields as known
from helsevev.core.words import gettext_noop
from helsevev.toolbox.pricing.forms.fields import Box, Field, Row, Steps, at, rows_of, shown
from helsevev.toolbox.pricing.queries.doubts import LAW_NAMES as DRAWN_BY
from helsevev.toolbox.pricing.queries.doubts import TOGETHER

NOTE_KEYS = ("low", "high", "source", "date", "owner")
SECTIONS: Mapping[str, str] = {
    "centre": gettext_noop("Centre and opening hours"),
    "staff": gettext_noop("Staff, activities and prices"),
    "groups": gettext_noop("Patient groups"),
    "partners": gettext_noop("Partners"),
    "agreement": gettext_noop("Agreement"),
    "uncertainty": gettext_noop("Uncertainty"),
}
INCENTIVE_NAMES: Mapping[str, str] = {
    "none": gettext_noop("None"),
    "tiers": gettext_noop("Discount by coverage"),
    "readiness": gettext_noop("Readiness costs less for those who enrol"),
    "take_or_pay": gettext_noop("Reserved places"),
}
UNITS: Mapping[str, str] = {
    "days": gettext_noop("days"),
    "minutes": gettext_noop("minutes"),
    "share": gettext_noop("0 to 1"),
    "agents": gettext_noop("agents"),
    "hours": gettext_noop("hours"),
    "NOK": gettext_noop("NOK"),
    "calls": gettext_noop("calls"),
    "contacts": gettext_noop("contacts"),
    "people": gettext_noop("people"),
    "a year": gettext_noop("a year"),
    "factor": gettext_noop("factor"),
}
LAW_NAMES: Mapping[str, str] = {"": gettext_noop("Certain"), **DRAWN_BY}


def boxes(section: str, content: Mapping[str, Any]) -> list[Box]:
    """The boxes of one part of the form."""
    return _BUILDERS[section](content)


def _number(content: Mapping[str, Any], leaf: known.Leaf, steps: Steps, label: str = "", noted: str = "") -> Field:
    """A field for one of the core's numbers, with its note; `noted` is where that stands, if not at its own place."""
    made = Field(
        steps=steps,
        label=label or _(leaf.label),
        text=shown(at(content, steps)),
        unit=_(UNITS.get(leaf.unit, leaf.unit)),
    )
    made.note = _note(content, noted or place(steps))
    return made


def _note(content: Mapping[str, Any], path: str) -> list[Field]:
    """The fields that say where an input comes from."""
    labels = {"low": _("Low"), "high": _("High"), "source": _("Source"), "date": _("Date"), "owner": _("Whose number")}
    return [
        Field(
            steps=("notes", path, key),
            label=labels[key],
            text=shown(at(content, ("notes", path, key))),
            is_number=key in ("low", "high"),
        )
        for key in NOTE_KEYS
    ]


def _leaves(content: Mapping[str, Any], leaves: Sequence[known.Leaf], *before: Step) -> list[Field]:
    return [_number(content, leaf, (*before, leaf.key)) for leaf in leaves]


def _centre(content: Mapping[str, Any]) -> list[Box]:
    title = Field(("title",), _("What the service is called"), shown(content.get("title")), is_number=False)
    shares = at(content, ("centre", "hourly_contact_profile"))
    hours = shares if isinstance(shares, list) else []
    day = [
        _number(
            content,
            known.PROFILE,
            ("centre", "hourly_contact_profile", here),
            _("Hour %(number)s") % {"number": here + 1},
        )
        for here in range(len(hours))
    ]
    for one in day:
        one.note = []  # a day's shares are measured together
    return [
        Box("title-box", _("The service"), [title]),
        Box("centre", _("The centre"), _leaves(content, (*known.CENTRE, *known.OPTIONAL), "centre")),
        Box(
            "target-box",
            _("How soon contacts are answered"),
            _leaves(content, known.TARGET, "centre", "service_target"),
        ),
        Box(
            "centre.hourly_contact_profile",
            _("Opening hours"),
            day,
            note=_note(content, "centre.hourly_contact_profile"),
            text=_("Each opening hour's share of a workday's contacts. Together they are 1."),
        ),
    ]


def _staff(content: Mapping[str, Any]) -> list[Box]:
    return [
        Box("staff", _("One position in a year"), _leaves(content, known.STAFF, "staff")),
        Box("activities", _("Minutes of each activity"), _leaves(content, known.ACTIVITIES, "activities")),
        Box("prices", _("What is bought for each patient"), _leaves(content, known.PRICES, "prices")),
    ]


def _groups(content: Mapping[str, Any]) -> list[Box]:
    rows = []
    for here, row in enumerate(rows_of(content, "patient_groups")):
        steps: Steps = ("patient_groups", here)
        name = Field((*steps, "id"), _("Short name"), shown(row.get("id")), is_number=False)
        key = f"patient_groups[{row.get('id')}]"
        numbers = [_number(content, leaf, (*steps, leaf.key), noted=f"{key}.{leaf.key}") for leaf in known.GROUP]
        rows.append(Row(shown(row.get("id")), [name, *numbers], here, _note(content, key)))
    return [Box("patient_groups", _("Patient groups"), rows=rows)]


def _partners(content: Mapping[str, Any]) -> list[Box]:
    groups = [shown(row.get("id")) for row in rows_of(content, "patient_groups")]
    rows = []
    for here, row in enumerate(rows_of(content, "municipalities")):
        steps: Steps = ("municipalities", here)
        key = f"municipalities[{row.get('number')}]"
        patients = [
            _number(
                content,
                known.PATIENTS,
                (*steps, "patients", name),
                _("Patients, %(group)s") % {"group": name},
                noted=f"{key}.patients.{name}",
            )
            for name in groups
        ]
        adults, eligible, *events = (
            _number(content, leaf, (*steps, leaf.key), noted=f"{key}.{leaf.key}") for leaf in known.MUNICIPALITY
        )
        title = f"{row.get('number')} {row.get('name')}"
        rows.append(
            Row(
                title,
                [adults, eligible, *patients, *events],
                here,
                _note(content, key),
            )
        )
    return [Box("municipalities", _("Municipalities that take part"), rows=rows)]


def _agreement(content: Mapping[str, Any]) -> list[Box]:
    kind = str(at(content, ("incentive", "kind")) or "none")
    choice = Field(
        ("incentive", "kind"),
        _("Scheme"),
        kind,
        choices=[(name, _(label)) for name, label in INCENTIVE_NAMES.items()],
        is_number=False,
    )
    scheme = [_number(content, leaf, ("incentive", leaf.key)) for leaf in known.INCENTIVES.get(kind, ())]
    made = [
        Box("allocation", _("How the fixed cost is shared"), _leaves(content, known.ALLOCATION, "allocation")),
        Box(
            "incentive",
            _("What makes municipalities enrol"),
            [choice, *scheme],
            text=_("Choose a scheme and save; its own fields follow."),
        ),
    ]
    if kind == "tiers":
        made.append(Box("incentive.tiers", _("Steps of the discount"), rows=_tiers(content)))
    if kind == "take_or_pay":
        made.append(Box("incentive.reserved", _("Reserved places"), rows=_reserved(content)))
    return made


def _tiers(content: Mapping[str, Any]) -> list[Row]:
    tiers = at(content, ("incentive", "tiers"))
    return [
        Row(
            _("Step %(number)s") % {"number": here + 1},
            [_number(content, leaf, ("incentive", "tiers", here, leaf.key)) for leaf in known.TIER],
            here,
        )
        for here in range(len(tiers) if isinstance(tiers, list) else 0)
    ]


def _reserved(content: Mapping[str, Any]) -> list[Row]:
    groups = [shown(row.get("id")) for row in rows_of(content, "patient_groups")]
    return [
        Row(
            str(row.get("name")),
            [
                _number(content, known.PATIENTS, ("incentive", "reserved", str(row.get("number")), name), name)
                for name in groups
            ],
            here,
        )
        for here, row in enumerate(rows_of(content, "municipalities"))
    ]


def _uncertainty(content: Mapping[str, Any]) -> list[Box]:
    labels = {leaf.key: leaf.label for leaves in _LEAVES for leaf in leaves} | dict(TOGETHER)
    rows = []
    for here, name in enumerate(known.UNCERTAIN):
        steps: Steps = ("uncertainty", name)
        law = Field(
            (*steps, "law"),
            _("Law"),
            shown(at(content, (*steps, "law"))),
            choices=[(key, _(label)) for key, label in LAW_NAMES.items()],
            is_number=False,
        )
        numbers = [
            Field((*steps, key), label, shown(at(content, (*steps, key))))
            for key, label in (("mean", _("Mean")), ("cv", _("Relative spread")), ("sd", _("Spread")))
        ]
        rows.append(Row(_(labels.get(name, name)), [law, *numbers], here))
    text = _(
        "For each input that isn't certain: its law, its mean, and either its relative spread (cv) or its spread (sd)."
    )
    return [Box("uncertainty", _("How sure the inputs are"), rows=rows, text=text)]


_LEAVES = (known.CENTRE, known.STAFF, known.ACTIVITIES, known.PRICES)
_BUILDERS = {
    "centre": _centre,
    "staff": _staff,
    "groups": _groups,
    "partners": _partners,
    "agreement": _agreement,
    "uncertainty": _uncertainty,
}
