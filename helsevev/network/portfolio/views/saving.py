"""Tries to save what was typed (lagring), and says what stood in the way in words that belong on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import OperationalError
from django.utils.translation import gettext as _

from helsevev.core.faults import Faulty
from helsevev.core.words import Refused
from helsevev.network.portfolio.actions import Saved, Sending, Wanted, save
from helsevev.network.portfolio.forms.page import Wrong
from helsevev.network.portfolio.rules.merging import EDITED_MEANWHILE
from helsevev.network.portfolio.rules.shaping import Spot
from helsevev.network.portfolio.views.desk import Desk, said
from helsevev.network.portfolio.views.judging import judge, wrongs


@dataclass(frozen=True)
class Hindered:
    """Why nothing was saved (hindret). `met`: somebody else has changed the same fields meanwhile."""

    wrong: tuple[Wrong, ...] = ()
    met: bool = False
    status: int = 422


def try_to_save(desk: Desk, token: UUID, filled: Mapping[str, Any]) -> Saved | Hindered:
    """Save, once for each page; or say why not."""
    judged = judge(desk, filled)
    if judged.wrong:
        return Hindered(tuple(judged.wrong))
    wanted = Wanted(judged.made.changes, judged.made.reasons, tuple(desk.base_fields["phases"]))
    try:
        return save(Sending(desk.user, token, desk.subject.project, desk.base), wanted)
    except Faulty as faulty:
        return Hindered(tuple(wrongs(desk, filled, judged.made, faulty.faults)))
    except Refused as refused:
        if any(refusal.why == EDITED_MEANWHILE for refusal in refused.refusals):
            return Hindered(met=True, status=409)
        return Hindered(tuple(Wrong(Spot(""), said(refusal)) for refusal in refused.refusals))
    except OperationalError:
        busy = _("The database is busy, so nothing was saved. What you typed stands here; save once more.")
        return Hindered((Wrong(Spot(""), busy),), status=503)
