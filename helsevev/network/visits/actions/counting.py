"""Counting what pages tell, and writing it every few seconds: a machine that stops loses those seconds and no more."""

import logging
import threading
from datetime import date

from django.db import Error, transaction

from helsevev.core.visits import Batch, Look
from helsevev.network.visits.actions import storing
from helsevev.network.visits.actions.secrets import visitor_key

log = logging.getLogger(__name__)


class Counter:
    """What this process has counted and not yet written; several threads count at once."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._lock = threading.Lock()
        self._batch = Batch()

    def add(self, day: date, look: Look, address: str, agent: str) -> None:
        """Count an opened page."""
        with self._lock:
            self._batch.add(day, look, address, agent)

    def only(self, day: date, number: str) -> None:
        """Count a number and nothing else."""
        with self._lock:
            self._batch.only(day, number)

    def take(self) -> Batch:
        """All that was counted; begins anew."""
        with self._lock:
            taken, self._batch = self._batch, Batch()
        return taken

    def put_back(self, batch: Batch) -> None:
        """What couldn't be written waits with what was counted since."""
        with self._lock:
            self._batch.put_back(batch)


counter = Counter()


def write() -> None:
    """Write what was counted (skriv tellingen); a database that is away gets it the next time."""
    batch = counter.take()
    if not batch:
        return
    try:
        with transaction.atomic():
            _write(batch)
    except Error as error:
        counter.put_back(batch)
        log.warning("What was counted of visits waits, as the database takes nothing in now: %s", error)


def _write(batch: Batch) -> None:
    """The same order in every process, so that none waits for another in a ring."""
    storing.add_days(batch.days)
    storing.add_tallies(batch.tallies)
    keys = {day: visitor_key(day) for day in sorted({day for day, _address, _agent in batch.seen})}
    storing.add_seen((day, keys[day](address, agent)) for day, address, agent in batch.seen)
