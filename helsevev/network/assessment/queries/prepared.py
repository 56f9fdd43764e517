"""Statements that the ORM writes once in a process, because writing them takes longer than running them.

A list of a round asks the same questions every time. Each is written for markers, numbers that no row has, and run
with the numbers of the reader's page in their place. Values come as the database gives them.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

ROUND = -7_000_001
# As many as a page has; a page with fewer is asked for with markers, which nothing matches.
PAGE = tuple(range(-8_000_060, -8_000_000))
Write = Callable[[], QuerySet[Any, Any]]


@cache
def _written(write: Write, _vendor: str) -> tuple[str, tuple[Any, ...]]:
    sql, params = write().query.sql_with_params()
    return sql, tuple(params)


def _run(write: Write, values: Mapping[Hashable, int]) -> list[tuple[Any, ...]]:
    sql, params = _written(write, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [values.get(one, one) for one in params])
        return list(cursor.fetchall())


def of_round(write: Write, round_: int) -> list[tuple[Any, ...]]:
    """The rows of a statement written for the round `ROUND`."""
    return _run(write, {ROUND: round_})


def of_page(write: Write, pks: Sequence[int]) -> list[tuple[Any, ...]]:
    """The rows of a statement written for the applications `PAGE`; no more of them than that."""
    return _run(write, dict(zip(PAGE, pks, strict=False)))
