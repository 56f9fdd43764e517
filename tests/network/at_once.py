"""Doing things in the very same moment, with real threads and connections of their own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run them all from the same moment, each with a connection of its own; what each comes to, in their order."""
    gate = threading.Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [done.result() for done in [pool.submit(run, task) for task in tasks]]
