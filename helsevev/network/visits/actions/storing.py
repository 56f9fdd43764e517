"""Adding numbers to numbers in one statement, so that processes that write at once add up rightly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.db import connection

from helsevev.network.visits.models import Day, Tally
from helsevev.network.visits.rules import SEEN

NUMBERS: Sequence[str] = [field.name for field in Day._meta.fields if field.name != "day"]
ROWS_AT_A_TIME = 60
Row = TypeVar("Row")


def add_days(days: Mapping[date, Mapping[str, int]]) -> None:
    """More of each day's numbers."""
    rows: list[tuple[date | str | int, ...]] = [
        (day, *(days[day].get(name, 0) for name in NUMBERS)) for day in sorted(days)
    ]
    _add(Day._meta.db_table, ["day"], NUMBERS, rows)


def add_tallies(tallies: Mapping[tuple[date, str, str], int]) -> None:
    """More of what is told apart in a month."""
    _add(Tally._meta.db_table, ["month", "kind", "value"], ["count"], [(*key, tallies[key]) for key in sorted(tallies)])


def add_seen(visitors: Iterable[tuple[date, int]]) -> None:
    """Visitors of a day; one who was there before is there once."""
    for rows in _portions(sorted(visitors)):
        places = ", ".join(["(%s, %s)"] * len(rows))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {SEEN} (day, visitor) VALUES {places} ON CONFLICT (day, visitor) DO NOTHING",  # noqa: S608
                [value for row in rows for value in row],
            )


def _portions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[at : at + ROWS_AT_A_TIME] for at in range(0, len(rows), ROWS_AT_A_TIME))


def _add(table: str, keys: Sequence[str], numbers: Sequence[str], rows: Sequence[tuple[date | str | int, ...]]) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, (*keys, *numbers)))
    more = ", ".join(f"{quote(one)} = {quote(table)}.{quote(one)} + excluded.{quote(one)}" for one in numbers)
    place = f"({', '.join(['%s'] * (len(keys) + len(numbers)))})"
    on = ", ".join(map(quote, keys))
    for some in _portions(rows):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {quote(table)} ({columns}) VALUES {', '.join([place] * len(some))} "  # noqa: S608
                f"ON CONFLICT ({on}) DO UPDATE SET {more}",
                [value for row in some for value in row],
            )
