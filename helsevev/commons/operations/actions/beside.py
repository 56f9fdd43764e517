"""What a web process does beside answering: in one thread of its own, and once more when it stops."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.util import Finalize

from django.db import close_old_connections
from django.utils.module_loading import import_string

from helsevev.commons.operations.queries import rooms

log = logging.getLogger(__name__)


@dataclass
class Beside:
    """A room's function, and when it is due."""

    name: str
    every: float
    act: Callable[[], object]
    due: float = 0.0

    def do(self) -> None:
        """One that fails is logged and comes round again."""
        self.due = time.monotonic() + self.every
        try:
            self.act()
        except Exception:
            log.exception("%s failed; it is tried again in %d seconds.", self.name, self.every)


def start() -> None:
    """Begin, where a room has something to do; ends with the process."""
    every = [Beside(name, seconds, import_string(name)) for name, seconds in rooms.beside_pages().items()]
    if not every:
        return
    stopping = threading.Event()
    threading.Thread(target=_run, args=(every, stopping), name="beside pages", daemon=True).start()
    # The web server's processes are children, which end without what `atexit` has been told.
    Finalize(None, _finish, args=(every, stopping), exitpriority=0)


def _run(every: list[Beside], stopping: threading.Event) -> None:
    while not stopping.wait(min(one.every for one in every)):
        _round([one for one in every if one.due <= time.monotonic()])


def _finish(every: list[Beside], stopping: threading.Event) -> None:
    stopping.set()
    _round(every)


def _round(due: list[Beside]) -> None:
    close_old_connections()
    for one in due:
        one.do()
    close_old_connections()
