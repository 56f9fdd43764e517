"""Every change of the portfolio."""

from helsevev.network.portfolio.actions.changing import change, publish, undo, withdraw
from helsevev.network.portfolio.actions.loading import lay, load
from helsevev.network.portfolio.actions.writing import reindex

__all__ = ["change", "lay", "load", "publish", "reindex", "undo", "withdraw"]
