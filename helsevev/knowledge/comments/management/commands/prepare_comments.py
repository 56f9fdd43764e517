"""In a demonstration, makes comments by visibly invented people."""

from django.core.management.base import BaseCommand

from helsevev.knowledge.comments.actions.demonstrating import demonstrate


class Command(BaseCommand):
    """Part of preparing an installation; safe to run again."""

    help = "make a demonstration's comments"

    def handle(self, *args: object, **options: object) -> None:
        """Make what is missing."""
        if made := demonstrate():
            self.stderr.write(f"Comments: {made} of the demonstration's are made.")
