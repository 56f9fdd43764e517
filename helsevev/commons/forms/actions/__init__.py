"""Changes of forms."""

from helsevev.commons.forms.actions.filling import (
    add_row,
    bind,
    bring_back,
    bring_back_row,
    discard,
    erase,
    move_to_version,
    open_sheet,
    remove_row,
    reopen,
    save,
    settle,
)
from helsevev.commons.forms.actions.publishing import canonical, digest, load_forms, make, publish, retire
from helsevev.commons.forms.rules.filling import Change, Moved, Saved

__all__ = [
    "Change",
    "Moved",
    "Saved",
    "add_row",
    "bind",
    "bring_back",
    "bring_back_row",
    "canonical",
    "digest",
    "discard",
    "erase",
    "load_forms",
    "make",
    "move_to_version",
    "open_sheet",
    "publish",
    "remove_row",
    "reopen",
    "retire",
    "save",
    "settle",
]
