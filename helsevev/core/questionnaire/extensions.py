"""FHIR's extensions on forms (utvidelser): which we honour, and how their values are got at."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
EHELSE = "http://ehelse.no/fhir/StructureDefinition/"
HELSENORGE = "http://helsenorge.no/fhir/StructureDefinition/"

HIDDEN = f"{HL7}questionnaire-hidden"
CONTROL = f"{HL7}questionnaire-itemControl"
UNIT = f"{HL7}questionnaire-unit"
UNIT_OPTION = f"{HL7}questionnaire-unitOption"
LEAST = f"{HL7}minValue"
MOST = f"{HL7}maxValue"
SHORTEST = f"{HL7}minLength"
DECIMALS = f"{HL7}maxDecimalPlaces"
REGEX = f"{HL7}regex"
FEWEST = f"{HL7}questionnaire-minOccurs"
MANY = f"{HL7}questionnaire-maxOccurs"
BYTES = f"{HL7}maxSize"
PLACEHOLDER = f"{HL7}entryFormat"
WEIGHTS = (f"{HL7}ordinalValue", f"{HL7}itemWeight")
EXCLUSIVE = f"{HL7}questionnaire-optionExclusive"
OPTION_PREFIX = f"{HL7}questionnaire-optionPrefix"
CALCULATED = (f"{SDC}sdc-questionnaire-calculatedExpression", f"{EHELSE}sdf-calculatedExpression")
PATTERN_TEXT = f"{EHELSE}validationtext"
SUBLABELS = (f"{HELSENORGE}sdf-sublabel", f"{HELSENORGE}sdf-sublabel-text")
ORIENTATION = f"{HL7}questionnaire-choiceOrientation"
TRANSLATION = f"{HL7}translation"
# Read with what they belong to, or about another product's own screens: nothing of the form's meaning is lost.
SILENT = frozenset(
    {
        TRANSLATION,
        ORIENTATION,
        OPTION_PREFIX,
        f"{HELSENORGE}sdf-sidebar",
        f"{HELSENORGE}sdf-information-message",
        f"{HELSENORGE}sdf-presentationbuttons",
        f"{HELSENORGE}sdf-questionnaire-navgiator-state",
        f"{HELSENORGE}sdf-questionnaire-print-version",
        f"{HELSENORGE}sdf-save-capabilities",
        "http://helsenorge.no/fhir/StructureDefintion/sdf-itemControl-visibility",
        f"{EHELSE}sdf-authenticationrequirement",
        f"{EHELSE}sdf-accessibilitytoresponse",
        f"{EHELSE}sdf-canbeperformedby",
        f"{EHELSE}sdf-discretion",
        f"{EHELSE}sdf-generatepdf",
        f"{HL7}valueset-label",
    }
)
ON_FORM = SILENT
ON_ITEM = SILENT | {
    HIDDEN, CONTROL, UNIT, UNIT_OPTION, LEAST, MOST, SHORTEST, DECIMALS, REGEX, FEWEST, MANY, BYTES, PLACEHOLDER,
    *CALCULATED, PATTERN_TEXT, *SUBLABELS,
}  # fmt: skip
ON_OPTION = SILENT | {*WEIGHTS, EXCLUSIVE}
CONTROLS = frozenset(
    {
        "help",
        "highlight",
        "inline",
        "flyover",
        "lower",
        "upper",
        "unit",
        "text-area",
        "text-box",
        "check-box",
        "drop-down",
        "radio-button",
        "autocomplete",
        "spinner",
        "page",
        "header",
        "footer",
        "sublabel",
        "sidebar",
    }
)


def of(element: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The extensions of an element, as far as they are objects with an address."""
    found = element.get("extension")
    for one in found if isinstance(found, list) else ():
        if isinstance(one, Mapping) and isinstance(one.get("url"), str):
            yield one


def named(element: Mapping[str, Any], *urls: str) -> Mapping[str, Any]:
    """The first extension of that address, or an empty one."""
    return next((one for one in of(element) if one["url"] in urls), {})


def all_named(element: Mapping[str, Any], url: str) -> list[Mapping[str, Any]]:
    """Every extension of that address."""
    return [one for one in of(element) if one["url"] == url]


def value(extension: Mapping[str, Any]) -> Any:  # noqa: ANN401 whatever stands there
    """What an extension says, whatever type it says it in."""
    return next((given for name, given in extension.items() if name.startswith("value")), None)


def whole(element: Mapping[str, Any], url: str) -> int | None:
    """An extension's whole number, not below nought."""
    found = value(named(element, url))
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else None


def decimal(given: object) -> Decimal | None:
    """A JSON number as it was written."""
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        return None
    return Decimal(str(given))


def controls(element: Mapping[str, Any]) -> tuple[str, ...]:
    """The codes of the itemControl extension, such as "help" or "check-box"."""
    found = []
    for extension in all_named(element, CONTROL):
        concept = extension.get("valueCodeableConcept")
        codings = concept.get("coding") if isinstance(concept, Mapping) else None
        found += [
            coding["code"]
            for coding in (codings if isinstance(codings, list) else ())
            if isinstance(coding, Mapping) and isinstance(coding.get("code"), str)
        ]
    return tuple(found)
