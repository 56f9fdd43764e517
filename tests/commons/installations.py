"""Whole installations for tests: data folders of their own, and the command run in them as a person would."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

ROOT = Path(__file__).parents[2]
POSTGRESQL = os.environ.get("HELSEVEV_DATABASE_URL", "")
# What makes one kind of installation another.
KINDS = ("HELSEVEV_MODE", "HELSEVEV_LEAVE_OUT")
MADE = Path(os.environ["HELSEVEV_TEST_MADE"])
BASE = {name: value for name, value in os.environ.items() if not name.startswith(("HELSEVEV_", "DJANGO_", "PYTEST"))}


@dataclass(frozen=True)
class Done:
    """What a command answered."""

    code: int
    out: str
    err: str


@dataclass
class Installation:
    """A data folder, and a database of its own when the tests run on PostgreSQL."""

    folder: Path
    database: str = ""
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        own = {"HELSEVEV_DATA_DIR": str(self.folder), "HELSEVEV_DATABASE_URL": self.database}
        return {**BASE, **own, **self.variables}

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "helsevev.config.command", *words]

    def run(self, *words: str, **options: object) -> Done:
        asked: dict[str, object] = {"env": self.environment, "capture_output": True, "text": True, "cwd": ROOT}
        done = subprocess.run(self.command(*words), check=False, **{**asked, **options})  # type: ignore[call-overload]
        assert "Traceback" not in (done.stderr or "")
        return Done(done.returncode, done.stdout or "", done.stderr or "")

    def start(self, *words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            self.command(*words),
            env=self.environment,
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=(self.folder / "err.txt").open("w"),
            start_new_session=True,
        )

    def python(self, code: str) -> str:
        text = f"import django; django.setup()\n{code}"
        variables = {**self.environment, "DJANGO_SETTINGS_MODULE": "helsevev.config.settings"}
        return subprocess.run(
            [sys.executable, "-c", text], env=variables, check=True, text=True, capture_output=True, cwd=ROOT
        ).stdout

    def prepare(self) -> None:
        """What `helsevev prepare` leaves behind: made once for each kind in a run of the tests, and then copied."""
        asked = {"HELSEVEV_MODE": "embedded"} | {key: self.variables[key] for key in KINDS if key in self.variables}
        name = "_".join(asked.values())
        original = MADE / name
        with (MADE / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not original.exists():
                self._make(original, name, asked)
        shutil.copytree(original, self.folder, dirs_exist_ok=True)
        if self.database:
            _copy_database(f"made_{name}", self.database)

    def _make(self, original: Path, name: str, asked: dict[str, str]) -> None:
        address = ""
        if self.database:
            with psycopg.connect(POSTGRESQL, autocommit=True) as server:
                server.execute(f"DROP DATABASE IF EXISTS made_{name}")
                server.execute(f"CREATE DATABASE made_{name}")
            address = urlsplit(POSTGRESQL)._replace(path=f"/made_{name}").geturl()
        begun = Installation(MADE / f"{name}-begun", address, asked)
        begun.folder.mkdir()
        done = begun.run("prepare")
        assert done.code == 0, done.err
        begun.folder.rename(original)

    def copy(self, folder: Path) -> "Installation":
        """The same on SQLite, in another folder."""
        shutil.copytree(self.folder, folder)
        return Installation(folder, "", dict(self.variables))


def _copy_database(original: str, address: str) -> None:
    """Put a copy of a database in the place of an empty one."""
    name = urlsplit(address).path[1:]
    with psycopg.connect(POSTGRESQL, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name}")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {original}")


@contextmanager
def new_database() -> Iterator[str]:
    """The address of an empty database on the tests' PostgreSQL server; nothing on SQLite."""
    if not POSTGRESQL:
        yield ""
        return
    name = f"drill_{uuid4().hex[:12]}"
    with psycopg.connect(POSTGRESQL, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield urlsplit(POSTGRESQL)._replace(path=f"/{name}").geturl()
    with psycopg.connect(POSTGRESQL, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def kill_group(process: "subprocess.Popen[str]") -> None:
    """See to it that nothing of a test's own process group lives on."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()
