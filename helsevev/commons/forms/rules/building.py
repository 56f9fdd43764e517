"""Who may build forms (skjemabygging), and what each step is called. Pure."""

from enum import StrEnum

from helsevev.commons.people.rules import Permission, Role, Table
from helsevev.core.words import gettext_noop

PERMISSIONS: Table = {
    "build_forms": Permission(anywhere=frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})),
}


class What(StrEnum):
    """What a step did, as the undo button and the history say it."""

    ADDED = gettext_noop("Added “%(name)s”")
    COPIED = gettext_noop("Copied “%(name)s”")
    MOVED = gettext_noop("Moved “%(name)s”")
    REMOVED = gettext_noop("Removed “%(name)s”")
    CHANGED = gettext_noop("Changed “%(name)s”")
    CONDITIONS = gettext_noop("Changed when “%(name)s” is asked")
    THE_FORM = gettext_noop("Changed the form's title or description")
    BROUGHT = gettext_noop("Put in the file %(name)s")


class Why(StrEnum):
    """Why a builder can't do something."""

    NOTHING_TO_UNDO = gettext_noop("There is nothing of yours to undo.")
    NOTHING_TO_REDO = gettext_noop("There is nothing of yours to do again.")
    MET = gettext_noop("Someone else has changed the same place since, so it stands as it is.")
    NO_DRAFT = gettext_noop("There is no draft any more: it has been published or thrown away.")
    KEY_TAKEN = gettext_noop("Another form has this short name.")
    FAULTS_LEFT = gettext_noop("Put right what the check list names first.")
    CHANGED_MEANWHILE = gettext_noop(
        "The form was changed after you looked at this page. Look once more, then publish."
    )


# How many steps of a draft can be taken back.
MOST_STEPS = 300
