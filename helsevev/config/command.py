"""The `helsevev` command: it finds the room that does the work, and turns every failure into a sentence.

Answers go to stdout, progress and errors to stderr. Exit 0: done. 1: faults found, or the input refused and
nothing changed. 2: wrong usage. A room's subcommand is a Django management command in that room; `load portfolio`
is its command `load_portfolio`. A command that needs no database says so with `makes_ready = False`.
"""

import os
import sys
from collections.abc import Sequence

# Commands that call a core: no Django, no database, so that they answer at once and anywhere.
CORES = {
    "price": "what a shared centre costs, what each municipality pays, and how many nurses it needs",
    "search": "which documents of a file answer the queries of another, the best first",
}
GROUPS = {
    "load": "take in a file, all of it or nothing",
    "check": "look for faults; changes nothing; alone: every check",
    "prepare": "what each room does when an installation is made ready",
    "rebuild": "make anew what can be made from the rest",
}
HELP = """Helsevev: from application to service in operation to proven benefit to spread.

  helsevev serve                              web and background worker together, at the printed address
  helsevev load portfolio data/portfolio.json --dry-run
                                              what a load would change
  helsevev load register municipalities.csv --register municipalities --map number=Nummer --map name=Navn
  helsevev check                              every check; ends in 'N faults'
  helsevev check trail --format json          is the trail sound?
  helsevev price case.json --format table     a shared centre's staffing, price and bills
  helsevev search --corpus pages.jsonl --queries questions.jsonl
                                              which pages answer each question, the best first
  helsevev backup /backups/monday.tar         one file with everything but the keys
  helsevev restore /backups/monday.tar        into an empty data folder

Commands:
{commands}
Say `helsevev COMMAND --help` for one of them. HELSEVEV_DATA_DIR names the folder that holds databases, files
and index (default: var/ in the checkout).
"""
ASKED_FOR_HELP = ("-h", "--help")


def find(words: Sequence[str], known: Sequence[str]) -> tuple[str, list[str]] | None:
    """The room's command that the first words name, longest first, and the words that are left for it."""
    for length in (3, 2, 1):
        name = "_".join(words[:length]).replace("-", "_")
        if len(words) >= length and name in known:
            return name, list(words[length:])
    return None


def ours() -> list[str]:
    """Our rooms' commands by name."""
    from django.core.management import get_commands

    return sorted(name for name, app in get_commands().items() if str(app).startswith("helsevev."))


def shown(name: str) -> str:
    """A command as one writes it: `load portfolio`."""
    group, _, rest = name.partition("_")
    return f"{group} {rest.replace('_', '-')}" if rest and group in GROUPS else name.replace("_", "-")


def usage(names: Sequence[str]) -> str:
    """The help page, or the part of it that shows some commands."""
    from django.core.management import get_commands, load_command_class

    lines = {shown(name): CORES.get(name) or str(load_command_class(get_commands()[name], name).help) for name in names}
    width = max((len(name) for name in lines), default=0)
    return "".join(f"  {name:<{width}}  {text}\n" for name, text in lines.items())


def command_help(name: str) -> str:
    """The help page of one command, with its examples."""
    from django.core.management import get_commands, load_command_class

    command = load_command_class(get_commands()[name], name)
    return command.create_parser("helsevev", shown(name)).format_help()


def run(name: str, words: Sequence[str]) -> int:
    """Run one room's command; what goes wrong on the way is an exit code and a sentence."""
    from django.core.management import call_command, get_commands, load_command_class

    from helsevev.commons.operations.actions import faults, preparing

    command = load_command_class(get_commands()[name], name)
    with faults.told(shown(name)) as outcome:
        # Asked first, so that a slip of the pen makes no database.
        command.create_parser("helsevev", shown(name)).parse_args(list(words))
        if getattr(command, "makes_ready", True):
            preparing.ready(command.stderr)
        call_command(command, *words)
        sys.stdout.flush()
    return outcome.code


def check_all(names: Sequence[str]) -> int:
    """Run every check, also after one that failed, and count what they found."""
    from django.core.management import call_command, get_commands, load_command_class
    from django.core.management.base import OutputWrapper

    from helsevev.commons.operations.actions import faults, preparing

    found = 0
    with faults.told("check") as outcome:
        preparing.ready(OutputWrapper(sys.stderr))
        for name in names:
            with faults.told(shown(name)) as one:
                call_command(load_command_class(get_commands()[name], name))
            found += one.faults
        print(f"{found} faults", flush=True)
    return outcome.code or (1 if found else 0)


def answer_in_words(words: Sequence[str], names: Sequence[str]) -> int | None:
    """Help and version; None when something is to be done."""
    from helsevev import VERSION

    if not words or words[0] in (*ASKED_FOR_HELP, "help"):
        print(HELP.format(commands=usage(sorted([*names, *CORES]))))
        return 0
    if words[0] == "--version":
        print(VERSION)
        return 0
    inside = [name for name in names if name.startswith(f"{words[0]}_")]
    if words[0] in GROUPS and len(words) == 2 and words[1] in ASKED_FOR_HELP and words[0] not in names:
        print(f"helsevev {words[0]}: {GROUPS[words[0]]}\n\n{usage(inside)}")
        return 0
    return None


def wrong(words: Sequence[str], names: Sequence[str]) -> int:
    """Say what there is instead of what was written."""
    inside = [name for name in names if name.startswith(f"{words[0]}_")]
    if inside:
        said = f"there is no command '{' '.join(words[:2])}'" if words[1:] else f"{words[0]} what?"
        print(f"helsevev: {said} There are:\n{usage(inside)}", end="", file=sys.stderr)
    else:
        print(f"helsevev: there is no command '{words[0]}'. Say `helsevev --help`.", file=sys.stderr)
    return 2


def dispatch(words: Sequence[str]) -> int:
    """Find what the words ask for and do it."""
    names = ours()
    said = answer_in_words(words, names)
    if said is not None:
        return said
    if list(words) == ["check"]:
        return check_all([name for name in names if name.startswith("check_")])
    found = find(words, names)
    if found is None:
        return wrong(words, names)
    name, rest = found
    if any(word in ASKED_FOR_HELP for word in rest):
        print(command_help(name))
        return 0
    return run(name, rest)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer with its exit code."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words[:1] == ["price"]:
        from helsevev.core.pricing.command import main as price

        return price(words[1:])
    if words[:1] == ["search"]:
        from helsevev.core.search.command import main as search

        return search(words[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(f"helsevev: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"helsevev: {error.filename or 'the data folder'}: {error.strerror}", file=sys.stderr)
        return 1
    from helsevev.commons.operations.actions import faults

    code = 2
    with faults.told("") as outcome:
        code = dispatch(words)
    return outcome.code or code


if __name__ == "__main__":
    sys.exit(main())
