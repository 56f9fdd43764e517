"""The parts of a form."""

from django.utils.translation import gettext as _

from helsevev.commons.ui.forms import DisabledForm, SpecimenForm
from helsevev.commons.ui.templatetags import ui
from helsevev.commons.ui.views.specimens.specimen import Specimen, State, long_text


def _wrong() -> SpecimenForm:
    form = SpecimenForm({"wrong-title": "", "wrong-beds": "-3", "wrong-starts": "2024-02-01"}, prefix="wrong")
    form.add_error("starts", _("The start lies before the money was granted."))
    return form


def _error_summary() -> Specimen:
    values = ui.error_summary(_wrong()) | {"still": True}
    return Specimen("error_summary", _("Summary of faults"), (State(_("After sending"), values),), wide=True)


def _names() -> dict[str, str]:
    return {
        "title": _("One line"),
        "summary": _("Several lines"),
        "region": _("A list to choose from"),
        "groups": _("Check boxes"),
        "kind": _("Radio buttons"),
        "starts": _("Date"),
        "beds": _("Number"),
        "plan": _("File"),
        "agrees": _("One check box"),
    }


def _field() -> Specimen:
    names = _names()
    fresh, wrong = SpecimenForm(prefix="fresh"), _wrong()
    kept = {"title": _("Home visits at Invented Fjord"), "region": "west", "kind": "new", "groups": ["frail"]}
    shut = DisabledForm(prefix="shut", initial=kept)
    faults = ("title", "region", "kind", "starts", "beds")
    states = (
        *(State(name, ui.field(fresh[key])) for key, name in names.items()),
        *(State(_("%(kind)s, with a fault") % {"kind": names[key]}, ui.field(wrong[key])) for key in faults),
        *(State(_("%(kind)s, disabled") % {"kind": names[key]}, ui.field(shut[key])) for key in kept),
        State(_("Long label, narrow"), ui.field(SpecimenForm(prefix="thin")["title"], label=long_text()), narrow=True),
    )
    return Specimen("field", _("Field"), states)


SPECIMENS = (_error_summary, _field)
