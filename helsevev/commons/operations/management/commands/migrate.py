"""Django's own, quicker where there is nothing yet."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

# Whoever asks for one of these asks a question, or for something that isn't making tables.
OTHERWISE = ("app_label", "migration_name", "plan", "check_unapplied", "fake", "fake_initial", "prune")


class Command(Migrate):
    """`helsevev migrate`."""

    help = "make the database's tables; prepare does this too"
    makes_ready = False

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Make all tables where there are none; then whatever is left, as Django does."""
        # The rooms' models are known only when the command runs.
        from helsevev.commons.operations.actions.making import make_tables  # noqa: PLC0415

        executor = MigrationExecutor(connections[options["database"]])
        if not executor.loader.applied_migrations and not any(options.get(name) for name in OTHERWISE):
            make_tables(executor, executor.loader.graph.leaf_nodes())
        super().handle(*args, **options)
