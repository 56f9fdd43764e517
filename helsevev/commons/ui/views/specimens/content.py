"""What a page tells."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from helsevev.commons.ui.views.specimens.specimen import Specimen, State, long_text, sample_text, sample_title


def _card() -> Specimen:
    full = {
        "title": sample_title(),
        "url": "#card",
        "kicker": _("Invented Hospital Trust, 2024"),
        "body": sample_text(),
        "tags": [_("Chronic illness"), _("Digital home follow-up")],
        "foot": _("Piloting"),
        "level": 4,
    }
    tinted = {"title": sample_title(), "body": sample_text(), "variant": "tinted", "level": 4}
    long = {"title": long_text(), "url": "#card", "level": 4, "tags": [long_text()]}
    states = (
        State(_("With everything"), full),
        State(_("Tinted, without a link"), tinted),
        State(_("Long text, narrow"), long, narrow=True),
    )
    return Specimen("card", _("Card"), states)


def _tags() -> Specimen:
    name = _("Chronic illness")
    states = (
        State(_("Plain"), {"tags": [name, _("Digital home follow-up")]}),
        State(_("As links, coloured"), {"tags": [{"label": name, "url": "#tags", "color": "accent"}]}),
    )
    return Specimen("tags", _("Tags"), states)


def _details() -> Specimen:
    body = format_html("<p>{}</p>", sample_text())
    states = (
        State(_("Closed"), {"summary": _("Who may apply?"), "body": body}),
        State(_("Open"), {"summary": _("What does it cost?"), "open": True, "body": body}),
    )
    return Specimen("details", _("Folded text"), states)


def _facts() -> Specimen:
    partners = [{"label": _("Invented Municipality"), "url": "#facts"}, {"label": _("Invented Hospital Trust")}]
    facts = [
        {"term": _("Partners"), "many": partners},
        {"term": _("Starts"), "value": None},
        {"term": _("Places"), "value": 40, "note": _("as of 1 June 2024")},
    ]
    return Specimen("facts", _("Facts"), (State(_("With one not stated"), {"facts": facts}),), wide=True)


def _stat() -> Specimen:
    known = {"value": 12, "unit": "%", "label": _("fewer admissions"), "note": _("40 people, one year")}
    states = (State(_("With unit and note"), known), State(_("Not stated"), {"label": _("saved bed days")}))
    return Specimen("stat", _("Key figure"), states)


def _person() -> Specimen:
    states = (
        State(_("With role"), {"name": "Invented Nurse", "role": _("Project leader")}),
        State(_("Long name, narrow"), {"name": long_text(), "role": _("Assessor"), "url": "#person"}, narrow=True),
    )
    return Specimen("person", _("Person"), states)


def _in_language() -> Specimen:
    states = (
        State(_("The page's own or another"), {"text": "Heimeoppfølging ved Oppdikta Fjord", "lang": "nn"}),
        State(_("Without a stated language"), {"text": sample_title()}),
    )
    return Specimen("in_language", _("Text in another language"), states)


SPECIMENS = (_card, _tags, _details, _facts, _stat, _person, _in_language)
