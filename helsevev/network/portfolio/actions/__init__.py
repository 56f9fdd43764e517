"""Every change of the portfolio."""

from helsevev.network.portfolio.actions.changing import change, publish, undo, withdraw
from helsevev.network.portfolio.actions.loading import Difference, Preview, load, preview
from helsevev.network.portfolio.actions.writing import reindex

__all__ = ["Difference", "Preview", "change", "load", "preview", "publish", "reindex", "undo", "withdraw"]
