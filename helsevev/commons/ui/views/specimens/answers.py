"""What the page answers."""

from django.utils.translation import gettext as _

from helsevev.commons.ui.views.specimens.specimen import Specimen, State, long_text


def _message() -> Specimen:
    warning = {
        "color": "warning",
        "title": _("Somebody else has changed this"),
        "body": _("Look at both versions before you save."),
        "level": 4,
    }
    states = (
        State(_("Information"), {"body": _("The round opens on 15 August.")}),
        State(_("It went well"), {"color": "success", "body": _("The project was saved.")}),
        State(_("Warning, with a title"), warning),
        State(_("It went wrong, narrow"), {"color": "danger", "body": long_text()}, narrow=True),
    )
    return Specimen("message", _("Message"), states)


def _toast() -> Specimen:
    values = {"text": _("The milestone was removed."), "undo_url": "#toast"}
    return Specimen("toast", _("Done, with a way back"), (State(_("With undo"), values),))


def _waiting() -> Specimen:
    states = (
        State(_("How far is known"), {"id": "known", "label": _("Reading the file"), "done": 42, "total": 73}),
        State(_("How far isn't known"), {"id": "unknown", "label": _("Drawing the pictures")}),
    )
    return Specimen("waiting", _("Long work"), states)


def _skeleton() -> Specimen:
    return Specimen("skeleton", _("What is coming"), (State(_("Three lines"), {}),))


def _empty() -> Specimen:
    way_on = {
        "title": _("No project fits"),
        "body": _("Take away one of the choices, or search for fewer words."),
        "url": "#empty",
        "action": _("Remove all choices"),
        "level": 4,
    }
    alone = State(_("Title alone, narrow"), {"title": _("Nothing waits for you"), "level": 4}, narrow=True)
    return Specimen("empty", _("Nothing to show"), (State(_("With a way on"), way_on), alone))


SPECIMENS = (_message, _toast, _waiting, _skeleton, _empty)
