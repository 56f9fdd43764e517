"""Every change of accounts, roles, choices and registers."""

from helsevev.commons.people.actions.accounts import (
    choose_language,
    choose_notices,
    delete_account,
    end_other_sessions,
    end_session,
    rename,
)
from helsevev.commons.people.actions.links import LINK_MINUTES, my_page, send_link, use_link
from helsevev.commons.people.actions.registers import REGISTERS, Outcome, load_registers, renew
from helsevev.commons.people.actions.roles import ROLE_CHANGED, end, grant, grant_as_operator

__all__ = [
    "LINK_MINUTES",
    "REGISTERS",
    "ROLE_CHANGED",
    "Outcome",
    "choose_language",
    "choose_notices",
    "delete_account",
    "end",
    "end_other_sessions",
    "end_session",
    "grant",
    "grant_as_operator",
    "load_registers",
    "my_page",
    "rename",
    "renew",
    "send_link",
    "use_link",
]
