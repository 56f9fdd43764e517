"""Drafts (kladder): kept while one types, thrown away with a way back, and gone when they are saved."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from helsevev.commons.people.models import User
from helsevev.core.strictjson import keepable
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.portfolio.models import Draft, Project, Sent

LONGEST = 1_000_000
UNDO_FOR = timedelta(days=1)
TOO_LONG = gettext_noop("This is too long to be kept as a draft: %(length)s characters, at most %(longest)s")
OTHER_WINDOW = gettext_noop("Another window of yours has saved this draft since you opened this one")


@dataclass(frozen=True)
class Window:
    """The page that keeps a draft (vindu), and the one whose draft it began with.

    A draft that yet another window has saved since isn't overwritten, unless the person says that it should be.
    """

    token: str
    over: str = ""
    force: bool = False

    def may_overwrite(self, other: str) -> bool:
        """Whether a draft saved by that window may go."""
        return self.force or other in (self.token, self.over)


def keep(user: User, project: Project | None, typed: Mapping[str, Any], base: int, window: Window) -> Draft | None:
    """Keep what was typed in the fields that differ from version `base`; with nothing typed there is no draft.

    What a page keeps after it was itself saved comes too late, and is no draft.
    """
    if Sent.objects.filter(token=window.token, user=user).exists():
        return None
    length = len(json.dumps(typed, ensure_ascii=False))
    if length > LONGEST:
        raise Refused(Refusal(TOO_LONG, {"length": length, "longest": LONGEST}))
    try:
        return _keep(user, project, typed, base, window)
    except IntegrityError:  # two windows made the first draft in the same moment; now there is one
        return _keep(user, project, typed, base, window)


@transaction.atomic
def _keep(user: User, project: Project | None, typed: Mapping[str, Any], base: int, window: Window) -> Draft | None:
    """Write it in place of what stands, or take it away."""
    draft = Draft.objects.select_for_update().filter(user=user, project=project).first()
    is_open = draft is not None and draft.thrown_away_at is None
    if draft and is_open and not window.may_overwrite(draft.window):
        raise Refused(Refusal(OTHER_WINDOW))
    if not typed:
        if draft and is_open:
            draft.delete()
        return None
    draft = draft or Draft(user=user, project=project)
    draft.fields, draft.base_version, draft.window = keepable(dict(typed)), base, window.token
    draft.saved_at, draft.thrown_away_at = timezone.now(), None
    draft.save()
    return draft


def throw_away(draft: Draft) -> None:
    """Put a draft away; for a day it can be brought back."""
    Draft.objects.filter(pk=draft.pk).update(thrown_away_at=timezone.now())


def bring_back(user: User, pk: int) -> Draft | None:
    """Take back that a draft was thrown away; None when there is nothing to bring back."""
    found = Draft.objects.filter(pk=pk, user=user, thrown_away_at__gt=timezone.now() - UNDO_FOR)
    return Draft.objects.get(pk=pk) if found.update(thrown_away_at=None) else None


def forget_thrown_away() -> int:
    """Delete the drafts that were thrown away more than a day ago."""
    return Draft.objects.filter(thrown_away_at__lte=timezone.now() - UNDO_FOR).delete()[0]
