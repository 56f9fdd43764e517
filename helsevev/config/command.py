"""The `helsevev` command: it finds the room that does the work, and turns every failure into a sentence.

Answers go to stdout, progress and errors to stderr. Exit 0: done. 1: faults found, or the input refused and
nothing changed. 2: wrong usage. A room's subcommand is a Django management command in that room; `load portfolio`
is its command `load_portfolio`.
"""

import os
import sys
from collections.abc import Sequence

GROUPS = {
    "load": "take in a file, all of it or nothing",
    "check": "look for faults; changes nothing",
}
HELP = """Helsevev: from application to service in operation to proven benefit to spread.

  helsevev serve                              web and background worker together, at the printed address
  helsevev load portfolio data/portfolio.json --dry-run
                                              what a load would change
  helsevev load register municipalities.csv --register municipalities --map number=Nummer --map name=Navn
  helsevev check                              every check; ends in 'N faults'
  helsevev check trail --format json          is the trail sound?
  helsevev backup /backups/monday.tar         one file with everything
  helsevev restore /backups/monday.tar        into an empty data folder

Commands:
{commands}
Say `helsevev COMMAND --help` for one of them. HELSEVEV_DATA_DIR names the folder that holds databases, files
and index (default: var/ in the checkout).
"""


def find(words: Sequence[str], known: Sequence[str]) -> tuple[str, list[str]] | None:
    """The room's command that the first words name, longest first, and the words that are left for it."""
    for length in (3, 2, 1):
        name = "_".join(words[:length]).replace("-", "_")
        if len(words) >= length and name in known:
            return name, list(words[length:])
    return None


def ours() -> dict[str, str]:
    """Our rooms' commands by name, with one line each on what they do."""
    from django.core.management import get_commands, load_command_class

    names = {name: app for name, app in get_commands().items() if str(app).startswith("helsevev.")}
    return {name: load_command_class(app, name).help for name, app in sorted(names.items())}


def usage(known: dict[str, str]) -> str:
    """The help page."""
    width = max((len(name) for name in known), default=0)
    lines = "".join(f"  {name.replace('_', ' '):<{width}}  {text}\n" for name, text in known.items())
    return HELP.format(commands=lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command

    from helsevev.core.words import Refused

    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(f"helsevev: {error}", file=sys.stderr)
        return 2
    known = ours()
    if not words or words[0] in ("-h", "--help", "help"):
        print(usage(known))
        return 0
    if words[0] == "--version":
        from helsevev import VERSION

        print(VERSION)
        return 0
    found = find(words, list(known))
    if found is None:
        print(f"helsevev: there is no command '{' '.join(words[:2])}'. Say `helsevev --help`.", file=sys.stderr)
        return 2
    name, rest = found
    if "-h" in rest or "--help" in rest:
        print(known_help(name))
        return 0
    try:
        call_command(name, *rest)
    except CommandError as error:
        print(f"helsevev {name.replace('_', ' ')}: {error}", file=sys.stderr)
        return 2
    except Refused as refused:
        for refusal in refused.refusals:
            print(str(refusal), file=sys.stderr)
        return 1
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1
    return 0


def known_help(name: str) -> str:
    """The help page of one command, with its examples."""
    from django.core.management import get_commands, load_command_class

    command = load_command_class(get_commands()[name], name)
    return command.create_parser("helsevev", name.replace("_", " ")).format_help()


if __name__ == "__main__":
    sys.exit(main())
