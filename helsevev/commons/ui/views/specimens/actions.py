"""What one can press."""

from django.utils.translation import gettext as _

from helsevev.commons.ui.views.specimens.specimen import Specimen, State, long_text


def _button() -> Specimen:
    shut = {"label": _("Send in"), "disabled": True, "id": "send", "why": _("The round closed on 1 October.")}
    states = (
        State(_("Primary"), {"label": _("Save")}),
        State(_("Secondary, with a drawing"), {"label": _("Add a partner"), "variant": "secondary", "icon": "plus"}),
        State(_("Tertiary"), {"label": _("Cancel"), "variant": "tertiary"}),
        State(_("Dangerous"), {"label": _("Delete the draft"), "color": "danger"}),
        State(_("Disabled, with the reason"), shut),
        State(_("Long text, narrow"), {"label": long_text()}, narrow=True),
    )
    return Specimen("button", _("Button"), states)


def _link_button() -> Specimen:
    plain = {"label": _("See the portfolio"), "url": "#link-button"}
    drawn = {"label": _("Download"), "url": "#link-button", "variant": "secondary", "icon": "download"}
    states = (State(_("Primary"), plain), State(_("Secondary, with a drawing"), drawn))
    return Specimen("link_button", _("Link as a button"), states)


def _copy() -> Specimen:
    long = "https://helsevev.example/nb/portfolio/?region=HN&theme=breathing"
    states = (
        State(_("Normal"), {"id": "copy-wide", "value": "https://helsevev.example/nb/"}),
        State(_("Long address, narrow"), {"id": "copy-narrow", "value": long}, narrow=True),
    )
    return Specimen("copy", _("Copy an address"), states)


def _confirm_box() -> Specimen:
    question = {
        "title": _("Delete the draft?"),
        "body": _("The draft was last changed by Invented Person on 3 March."),
        "consequences": [_("The text can't be brought back."), _("The project itself stays as it is.")],
        "action": _("Delete the draft"),
        "danger": True,
        "cancel_url": "#confirm-box",
        "level": 4,
    }
    return Specimen("confirm_box", _("Question before something is done"), (State(_("Dangerous"), question),))


SPECIMENS = (_button, _link_button, _copy, _confirm_box)
