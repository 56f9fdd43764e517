"""Every change of the portfolio."""

from helsevev.network.portfolio.actions.changing import change, publish, undo, withdraw
from helsevev.network.portfolio.actions.drafting import (
    OTHER_WINDOW,
    Window,
    bring_back,
    forget_thrown_away,
    keep,
    throw_away,
)
from helsevev.network.portfolio.actions.editing import Saved, Sending, Wanted, save, sent, undo_once
from helsevev.network.portfolio.actions.letters import PROJECT_NEWS, tell_followers
from helsevev.network.portfolio.actions.loading import Difference, Preview, load, preview
from helsevev.network.portfolio.actions.writing import reindex

__all__ = [
    "OTHER_WINDOW",
    "PROJECT_NEWS",
    "Difference",
    "Preview",
    "Saved",
    "Sending",
    "Wanted",
    "Window",
    "bring_back",
    "change",
    "forget_thrown_away",
    "keep",
    "load",
    "preview",
    "publish",
    "reindex",
    "save",
    "sent",
    "tell_followers",
    "throw_away",
    "undo",
    "undo_once",
    "withdraw",
]
