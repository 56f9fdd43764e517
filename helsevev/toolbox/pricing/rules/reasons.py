"""Why something can't be done with a price case. Pure."""

from enum import StrEnum

from helsevev.core.words import gettext_noop


class Why(StrEnum):
    """The sentences of this room."""

    CHANGED_MEANWHILE = gettext_noop(
        "Somebody else has changed this since you began: %(places)s. Look at the newest version, and write yours anew."
    )
    CHANGED_SINCE = gettext_noop("This can't be undone, because it has been changed since: %(places)s.")
    FIRST_VERSION = gettext_noop("The first version is the case itself, and can't be undone.")
    NOTHING_DIFFERS = gettext_noop("Nothing has been changed.")
    NO_TITLE = gettext_noop("Write what the service is called.")
    NO_SUCH_MUNICIPALITY = gettext_noop(
        "'%(value)s' is no municipality. Write its number or its name, one on each line."
    )
    NO_MUNICIPALITY = gettext_noop("Write at least one municipality.")
    NO_GROUP = gettext_noop("Write at least one patient group.")
    NAME_TAKEN = gettext_noop("There is a scenario called '%(name)s' already. Choose another name.")
    NO_CHANGES = gettext_noop("Move a slider first: a scenario is what differs from the case.")
    TOO_MANY_SCENARIOS = gettext_noop("A case has at most %(most)s scenarios. Take one away first.")
    NO_INITIATIVE = gettext_noop(
        "The case belongs to no project, and what lies on the shelf does. Choose its project first."
    )
    NOT_SIGNED = gettext_noop("Not all partners have signed this price list yet: %(names)s.")
    SIGNED_ALREADY = gettext_noop("%(name)s has signed this price list already.")
    SUPERSEDED = gettext_noop("A newer price list has taken over. Only that can be signed.")
    NOT_A_PARTNER = gettext_noop("%(name)s takes no part in this price list.")
    DAYS_TAKEN = gettext_noop("A price list from that day or later is signed already. Choose a later day.")
    NO_ACTUALS = gettext_noop("There are no figures to read. The first row names the columns: %(columns)s.")
    BAD_ROW = gettext_noop("Row %(row)s: %(what)s")
    NOT_IN_CASE = gettext_noop("%(value)s is no municipality of this case")
    NO_SUCH_GROUP = gettext_noop("%(value)s is no patient group of this case")
    NOT_NUMBER = gettext_noop("'%(value)s' in %(column)s is not a number of 0 or more")
    NOT_MONTH = gettext_noop("'%(value)s' is not a month such as 2026-07")
    NOTHING_HERE = gettext_noop("%(title)s says nothing of the municipalities of this case")
    NO_SUCH_STEP = gettext_noop("'%(value)s' is no step of the case, such as activities.call_minutes")
    KNOWN_TABLE = gettext_noop("This table is loaded already.")
    TOO_LONG_TEXT = gettext_noop("This is too long: %(length)s characters, at most %(longest)s.")
