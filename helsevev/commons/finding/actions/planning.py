"""What the database believes of the index's tables: counted anew after many documents, since plans are made by it."""

from django.db import connection, transaction

MANY = 50
TABLES = (
    "finding_document", "finding_documenttext", "finding_documentfacet", "finding_facet", "finding_facetbits",
)  # fmt: skip


def count_after(changed: int) -> None:
    """Have the tables counted when this transaction has ended, where it changed many documents.

    PostgreSQL counts by itself only after a while, and until then believes that a table just filled is empty: a
    question that takes a millisecond then takes seconds. A role that doesn't own the tables gets a warning and no more.
    """
    if changed >= MANY and connection.vendor == "postgresql":
        transaction.on_commit(_count)


def _count() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(TABLES)}")
