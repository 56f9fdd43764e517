"""What several files of this folder stand on: a database that threads share as in operation."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections


@pytest.fixture
def on_disk(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Tests on SQLite live in memory, where threads share one lock; on disk it behaves as in operation."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    with closing(sqlite3.connect(tmp_path / "test.sqlite3")) as copy:
        in_memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, tmp_path / "test.sqlite3"
    yield
    connections.close_all()
    connection.connection, connection.settings_dict["NAME"] = in_memory, name
