"""`helsevev serve`: web server and background worker in one foreground process group."""

import os
import signal
from types import FrameType

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from helsevev.commons.operations.actions import preparing, serving, working
from helsevev.commons.operations.queries import health
from helsevev.commons.operations.rules.health import undurable
from helsevev.core.words import Refused


class Command(BaseCommand):
    """Runs the product."""

    help = "run the web server and the background worker; --web or --worker runs one alone"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which parts, and where."""
        parser.add_argument("--web", action="store_true", help="the web server alone")
        parser.add_argument("--worker", action="store_true", help="the background worker alone")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default 8000; 0: any free)")

    def handle(self, *args: object, **options: object) -> None:
        """Start what is asked for, and stay until it is told to stop."""
        web, worker, port = options["web"], options["worker"], options["port"]
        assert isinstance(port, int)
        if web and worker:
            raise CommandError("--web and --worker each run one part alone; leave both out to run both.")
        if not 0 <= port <= 65535:
            raise CommandError(f"--port is {port}. Ports go from 0 to 65535.")
        if settings.PRODUCTION and (faults := undurable(health.durability(), health.wanted())):
            raise Refused(*faults)
        with preparing.alone("serve", wait=False, shared=True) as not_restoring:
            if not not_restoring:
                raise CommandError("A restore is under way on this data folder. Wait until it is done.")
            code = self.work() if worker else self.serve(str(options["host"]), port, both=not web)
        if code:
            raise SystemExit(code)

    def serve(self, host: str, port: int, *, both: bool) -> int:
        """Start the web server, and the worker beside it; say the address when it answers."""
        serving.refuse_serving()
        preparing.take_place(self.stderr)
        port = serving.free_port(host, port)
        where = serving.address(host, port)
        parts = [serving.web(host, port), *([serving.worker()] if both else [])]
        connections.close_all()
        own = {} if os.environ.get("HELSEVEV_SITE_URL") else {"HELSEVEV_SITE_URL": where.rstrip("/")}
        running = serving.Running(parts, own, self.stderr.write)

        def answering() -> bool:
            if not serving.answers(host, port):
                return False
            self.stdout.write(f"Helsevev is at {where}")
            if settings.DEMO:
                self.stderr.write("Demo mode: invented accounts, nothing to rely on. Ctrl-C stops it.")
            self.stdout.flush()
            return True

        return running.watch(answering)

    def work(self) -> int:
        """Be the worker."""
        worker = working.Working()

        def stop(_number: int = 0, _frame: FrameType | None = None) -> None:
            worker.stopping.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        serving.stop_when_alone(stop)
        self.stderr.write("The background worker works.")
        worker.run()
        return 0
