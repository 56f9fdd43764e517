"""The background worker: duties that come round (send mail, purge, sign of life), and jobs from the queue."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import close_old_connections, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from helsevev.commons.operations.models import Beat
from helsevev.commons.operations.queries import rooms
from helsevev.commons.operations.queries.health import WORKER
from helsevev.commons.operations.rules import health

log = logging.getLogger(__name__)
RARE_SECONDS = 600
IDLE_SECONDS = 1.0
JOBS_AT_A_TIME = 20
MOST_STARTS = 3


@dataclass
class Duty:
    """Something the worker does again and again."""

    name: str
    every: float
    act: Callable[[], object]
    due: float = 0.0

    def is_due(self) -> bool:
        """Whether it is time. A rare duty is shared by all workers and remembered over restarts."""
        if time.monotonic() < self.due:
            return False
        self.due = time.monotonic() + self.every
        return self.every < RARE_SECONDS or claim(f"duty {self.name}", self.every)


def claim(name: str, every: float) -> bool:
    """Whether we are the first to take a rare duty since it was last due."""
    now = timezone.now()
    _, made = Beat.objects.get_or_create(name=name, defaults={"at": now})
    return made or bool(Beat.objects.filter(name=name, at__lte=now - timedelta(seconds=every)).update(at=now))


class Working:
    """One worker: duties in the first thread, jobs in a second, so that a long job holds no mail back."""

    def __init__(self) -> None:
        """Take a name of our own and look up the rooms' duties."""
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.stopping = threading.Event()
        self.duties = [Duty(name, every, import_string(name)) for name, every in rooms.duties().items()]
        self.duties.insert(0, Duty("beat", health.BEAT_SECONDS, self.beat))

    def beat(self) -> None:
        """Say that we live."""
        Beat.objects.update_or_create(name=WORKER + self.name, defaults={"at": timezone.now()})

    def run(self) -> None:
        """Work until told to stop; a job under way then gets some seconds, and is put back by the next worker."""
        jobs = threading.Thread(target=self._jobs, name="jobs", daemon=True)
        jobs.start()
        while not self.stopping.is_set():
            self.round()
            self.stopping.wait(IDLE_SECONDS)
        jobs.join(timeout=5)
        Beat.objects.filter(name=WORKER + self.name).delete()

    def round(self) -> None:
        """Do every duty that is due; one that fails is logged and comes round again."""
        close_old_connections()
        for duty in self.duties:
            try:
                if duty.is_due():
                    duty.act()
            except Exception:
                log.exception("The duty %s failed; it is tried again in %d seconds.", duty.name, duty.every)
            if self.stopping.is_set():
                return

    def _jobs(self) -> None:
        while not self.stopping.is_set():
            try:
                self.job_round()
            except Exception:
                log.exception("The job queue could not be read; it is tried again.")
            self.stopping.wait(IDLE_SECONDS)

    def job_round(self) -> None:
        """Do what lies in the queue, a few at a time."""
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=JOBS_AT_A_TIME,
            worker_id=self.name,
            excluded_queue_names=[],
        ).run()


def put_back_jobs() -> int:
    """Jobs whose worker is gone go back into the queue, a few times; then they count as failed."""
    alive = Beat.objects.filter(name__startswith=WORKER, at__gt=timezone.now() - health.FORGOTTEN_AFTER)
    living = {name.removeprefix(WORKER) for name in alive.values_list("name", flat=True)}
    back = 0
    for job in DBTaskResult.objects.running():
        if job.worker_ids and job.worker_ids[-1] in living:
            continue
        back += _put_back(job)
    return back


@transaction.atomic
def _put_back(job: DBTaskResult[Any, Any]) -> int:
    tried_out = len(job.worker_ids) >= MOST_STARTS
    status = TaskResultStatus.FAILED if tried_out else TaskResultStatus.READY
    changes: dict[str, object] = {"status": status}
    if tried_out:
        changes |= {"finished_at": timezone.now(), "traceback": "Its worker was killed each time."}
    same = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, worker_ids=job.worker_ids)
    return same.update(**changes)
