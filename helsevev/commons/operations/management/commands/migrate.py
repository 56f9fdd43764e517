"""Django's own, with other packages' tables made first.

Each migration that runs works out all tables that hang together with the ones it changes. Other packages bring many
migrations of many years; run before our rooms' tables are there, they leave a fresh installation a quarter cheaper.
"""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

OURS = "helsevev."
# Whoever asks for one of these asks a question, or for something that isn't making tables.
OTHERWISE = ("app_label", "migration_name", "plan", "check_unapplied", "fake", "fake_initial", "prune")


class Command(Migrate):
    """`helsevev migrate`."""

    help = "make the database's tables; prepare does this too"
    makes_ready = False

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Make other packages' tables, then all that is left."""
        if not any(options.get(name) for name in OTHERWISE):
            self._others_first(options["database"])
        super().handle(*args, **options)

    def _others_first(self, database: str) -> None:
        from django.apps import apps  # noqa: PLC0415 - the rooms are known only when the command runs

        executor = MigrationExecutor(connections[database])
        ours = {one.label for one in apps.get_app_configs() if one.name.startswith(OURS)}
        wanted = [key for key in executor.loader.graph.leaf_nodes() if key[0] not in ours]
        executor.loader.check_consistent_history(connections[database])
        if executor.migration_plan(wanted):
            executor.migrate(wanted)
