"""`helsevev check retention`: how long each table is kept, and what is over time."""

from django.core.management.base import BaseCommand

from helsevev.commons.operations.queries import tables
from helsevev.core.verdict import Found

HEAD = ("table", "rows", "over time", "kept until", "fields about persons")


class Command(BaseCommand):
    """Checks that every table has a promise."""

    help = "how long each table is kept, which fields tell of persons, and how many rows are over time"

    def handle(self, *args: object, **options: object) -> None:
        """Show every table; one that no room has declared is a fault."""
        kept = tables.kept()
        rows = [HEAD]
        for table in kept:
            until = table.keeping.until if table.keeping else "?"
            personal = ", ".join(table.keeping.personal) if table.keeping else "?"
            rows.append((table.table, str(table.rows), str(table.over_time), until, personal or "none"))
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
        for row in rows:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        faults = [fault for table in kept for fault in table.faults]
        for fault in faults:
            self.stdout.write(f"retention: {fault}")
        over = sum(table.over_time for table in kept)
        self.stdout.write(f"retention: {len(kept)} tables, {over} rows wait for the next purge, {len(faults)} faults")
        if faults:
            raise Found(len(faults))
