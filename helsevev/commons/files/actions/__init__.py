"""Every change of what is kept: take in, give on, let go, erase, sweep."""

from helsevev.commons.files.actions.letting_go import erase_all, erase_due, withdraw, withdraw_all
from helsevev.commons.files.actions.receiving import Arrived, arriving, give_to, keep, receive, store
from helsevev.commons.files.actions.sweeping import sweep

__all__ = [
    "Arrived",
    "arriving",
    "erase_all",
    "erase_due",
    "give_to",
    "keep",
    "receive",
    "store",
    "sweep",
    "withdraw",
    "withdraw_all",
]
