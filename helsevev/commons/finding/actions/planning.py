"""What the database believes of its tables: counted anew after many documents, since plans are made by it."""

from django.db import connection, transaction

MANY = 50


def count_after(changed: int) -> None:
    """Have all tables counted when this transaction has ended, where it changed many documents: what they tell of was
    then just written too.

    PostgreSQL counts by itself only after a while, and until then may believe that a table just filled is empty: a
    question that takes a millisecond then takes seconds. A role that doesn't own the tables gets a warning and no more.
    """
    if changed >= MANY and connection.vendor == "postgresql":
        transaction.on_commit(_count)


def _count() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
