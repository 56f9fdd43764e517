"""Tells every process that what it holds in memory is old (versjon), in the transaction that makes it so."""

from collections.abc import Collection
from uuid import uuid4

from helsevev.commons.finding.models import IndexChange, IndexState

# A process that is further behind than this reads everything anew.
REMEMBERED = 2_000


def bump(documents: Collection[int | None]) -> None:
    """A new version, in which these documents changed or went; none of them: the word lists did."""
    if not documents:
        return
    state = _next()
    ordered = sorted(documents, key=lambda one: one or 0)
    IndexChange.objects.bulk_create(
        [IndexChange(version=state.version, mark=state.mark, document=one) for one in ordered], batch_size=5_000
    )
    IndexChange.objects.filter(version__lt=state.version - REMEMBERED).delete()


def forget() -> None:
    """A new version before which nothing counts: every process reads everything anew."""
    _next()
    IndexChange.objects.all().delete()


def _next() -> IndexState:
    """The row of the version, locked and moved on."""
    state = IndexState.objects.select_for_update().filter(pk=1).first()
    if state is None:
        # Two may be the first at once: the one that comes second waits, and finds the row of the other.
        IndexState.objects.bulk_create([IndexState(pk=1)], ignore_conflicts=True)
        state = IndexState.objects.select_for_update().get(pk=1)
    state.version, state.mark = state.version + 1, uuid4().hex
    state.save()
    return state
