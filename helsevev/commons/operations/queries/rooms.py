"""What the rooms above ask of operations without operations knowing them.

A room names a management command `prepare_*` (run when an installation is made ready; does nothing the second time),
`rebuild_*` (makes derived tables anew after a restore) or `check_*` (a part of `helsevev check`). Its AppConfig may
have `duties`: functions by dotted name that the worker calls, with the seconds between; and `beside_pages`: the same
for what each web process does beside answering.
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.core.management import get_commands
from django.db.models import Model

from helsevev.core.keeping import Keeping

OURS = "helsevev."


def _from_the_ground_up() -> list[AppConfig]:
    """Our rooms, lowest floor first: settings list them from the roof down."""
    return [config for config in reversed(list(apps.get_app_configs())) if config.name.startswith(OURS)]


def commands(prefix: str) -> list[str]:
    """The rooms' commands that begin with a word, lowest room first, then by name."""
    floors = {config.name: floor for floor, config in enumerate(_from_the_ground_up())}
    found = [(floors[str(app)], name) for name, app in get_commands().items() if str(app) in floors]
    return [name for _, name in sorted(found) if name.startswith(f"{prefix}_")]


def duties() -> Mapping[str, float]:
    """What the worker does again and again: dotted name and seconds between."""
    return _named_by_rooms("duties")


def beside_pages() -> Mapping[str, float]:
    """What each web process does again and again: dotted name and seconds between."""
    return _named_by_rooms("beside_pages")


def _named_by_rooms(attribute: str) -> Mapping[str, float]:
    return {name: every for config in _from_the_ground_up() for name, every in getattr(config, attribute, {}).items()}


def promises() -> Mapping[str, Keeping]:
    """How long each table is kept, by its name: from our models, and from the rooms' rules for the tables of others."""
    found: dict[str, Keeping] = {}
    for config in _from_the_ground_up():
        if find_spec(f"{config.name}.rules"):
            found |= getattr(import_module(f"{config.name}.rules"), "KEEPS", {})
    for model in apps.get_models(include_auto_created=True):
        owner: type[Model] | None = model._meta.auto_created or None  # type: ignore[assignment]
        keeping = getattr(model, "keeping", None)
        if keeping is not None:
            found[model._meta.db_table] = keeping
        elif owner and model._meta.db_table not in found:
            found[model._meta.db_table] = _of_link(owner._meta.db_table)
    return found


def _of_link(owner: str) -> Keeping:
    """A table that only joins two others lives as long as its owner's rows."""
    personal = ("user",) if owner == "people_user" else ()
    return Keeping(until=f"its row in {owner} goes", personal=personal)
