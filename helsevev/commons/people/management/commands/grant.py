"""`helsevev grant`: gives a role from the command line, such as the first administrator's."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from helsevev.commons.people import actions, queries
from helsevev.commons.people.rules import Grant, Role
from helsevev.core.words import Refusal, Refused, gettext_noop

NOBODY = gettext_noop("Nobody has an account with %(address)s. Let the person make one first.")
NO_PLACE = gettext_noop("There is no organisation with the key %(key)s.")
EXAMPLES = """
  helsevev grant anna@example.no administrator
  helsevev grant bo@example.no project_leader --organisation ullensaker-kommune --until 2027-06-30
"""


class Command(BaseCommand):
    """Whoever may run this owns the machine, so no other role is asked for; the trail keeps it all the same."""

    help = "give someone a role, such as the first administrator's"

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: object) -> ArgumentParser:  # type: ignore[override]
        """Show examples under the help."""
        kwargs = {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter, **kwargs}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, what, where and until when."""
        parser.add_argument("address", help="the account's e-mail address")
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.add_argument("--organisation", metavar="KEY", help="where the role is held, if it is held in one")
        parser.add_argument("--until", metavar="DATE", help="the role's last day, as 2027-06-30")
        parser.add_argument("--reason", default="From the command line", help="a sentence for the trail")

    def handle(self, *_args: object, **options: str) -> None:
        """Give it, or say why not."""
        found = queries.account_of(options["address"])
        if found is None:
            raise Refused(Refusal(NOBODY, {"address": options["address"]}))
        place = options["organisation"]
        if place and queries.organisation(place) is None:
            raise Refused(Refusal(NO_PLACE, {"key": place}))
        wanted = Grant(Role(options["role"]), place or None, timezone.localdate(), _day(options["until"]))
        actions.grant_as_operator("system:grant", found[0], wanted, options["reason"])
        self.stdout.write(f"{options['address']} is {wanted.role.value}.")


def _day(text: str | None) -> date | None:
    """A date as written, or none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CommandError(f"'{text}' is not a date. Write it as 2027-06-30.") from error
