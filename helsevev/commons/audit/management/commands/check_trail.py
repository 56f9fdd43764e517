"""`helsevev check trail`: is every line as it was sealed, and is none gone?"""

import json

from django.core.management.base import BaseCommand, CommandParser

from helsevev.commons.audit import queries
from helsevev.core.verdict import Found


class Command(BaseCommand):
    """Checks the trail."""

    help = "is the trail sound? Names each changed, missing, reordered or truncated line"

    def add_arguments(self, parser: CommandParser) -> None:
        """Text for people, JSON for programs."""
        parser.add_argument("--format", choices=("text", "json"), default="text", help="json: one object on stdout")

    def handle(self, *args: object, **options: object) -> None:
        """Walk along the trail and answer."""
        report = queries.report()
        faults = [{"number": fault.number, "fault": str(fault.fault)} for fault in report.faults]
        if faults and queries.sealed_with_another_key():
            self.stderr.write(
                "The trail was sealed with another key than the one set now. "
                "Set HELSEVEV_TRAIL_KEY (or trail.key in the data folder) to the key it was written with."
            )
        if options["format"] == "json":
            answer = {"table": "audit_line", "lines": report.lines, "head": report.head, "faults": faults}
            self.stdout.write(json.dumps(answer))
        else:
            for fault in faults:
                self.stdout.write(f"trail: line {fault['number']}: {fault['fault']}")
            state = f"{len(faults)} faults" if faults else "sound"
            self.stdout.write(f"trail: {report.lines} lines, {state}")
        if faults:
            raise Found(len(faults))
