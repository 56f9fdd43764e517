"""The one command that runs the product: a web server and a background worker, started, watched, stopped together."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from django.conf import settings

from helsevev.core.words import Refusal, Refused, gettext_noop

Say = Callable[[str], None]
LIFELINE = "HELSEVEV_LIFELINE"
GRACE_SECONDS = 10
LOOK_EVERY_SECONDS = 0.1


@dataclass(frozen=True)
class Part:
    """One process of the product (web or worker)."""

    name: str
    command: Sequence[str]


def web(host: str, port: int) -> Part:
    """The web server; pages run as WSGI because that measured cheapest."""
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": str(settings.WEB_PROCESSES),
        "--blocking-threads": str(settings.WEB_THREADS),
        "--workers-kill-timeout": "5",
        "--log-level": "warning",
    }
    words = [word for pair in options.items() for word in pair]
    app = "helsevev.config.wsgi:application"
    return Part("web server", [sys.executable, "-m", "granian", *words, "--no-ws", "--respawn-failed-workers", app])


def worker() -> Part:
    """The background worker, which is this same command alone."""
    return Part("background worker", [sys.executable, "-m", "helsevev.config.command", "serve", "--worker"])


def refuse_serving() -> None:
    """In production the static files must have been collected: pages name them by their digests."""
    if settings.PRODUCTION and not (Path(str(settings.STATIC_ROOT)) / "staticfiles.json").exists():
        raise Refused(Refusal(gettext_noop("The static files are not collected yet. Run: helsevev prepare"), {}))


def free_port(host: str, port: int) -> int:
    """The port, or one that is free when 0 is asked for; refused with advice when another program has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = gettext_noop(
                "Port %(port)d on %(host)s can't be used (%(why)s). Stop the program that has it, or choose another: "
                "helsevev serve --port %(other)d"
            )
            values = {"port": port, "host": host, "why": error.strerror, "other": port + 1 if port < 65535 else 8000}
            raise Refused(Refusal(why, values)) from error
        return int(probe.getsockname()[1])


def address(host: str, port: int) -> str:
    """What one writes in the browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"


def answers(host: str, port: int) -> bool:
    """Whether the web server answers, whatever it says."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    line = http.client.HTTPConnection(here, port, timeout=5)
    try:
        line.request("GET", "/healthz", headers={"Host": settings.SITE_HOST})
        line.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return True


class Running:
    """The parts of the product while they run. Ends when a signal asks for it or any part ends."""

    def __init__(self, parts: Sequence[Part], environment: dict[str, str], say: Say) -> None:
        """Start every part; each holds the other end of a pipe, and stops when this process is gone."""
        self.say = say
        self.asked = False
        self.killing = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked)
        lifeline, self._held = os.pipe()
        variables = {**os.environ, **environment, LIFELINE: str(lifeline)}
        self.children = [
            (part, subprocess.Popen(list(part.command), env=variables, pass_fds=[lifeline]))  # noqa: S603 our own words
            for part in parts
        ]
        os.close(lifeline)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self.killing = self.asked
        self.asked = True

    def watch(self, when_answering: Callable[[], bool]) -> int:
        """Until someone asks to stop: 0; or a part ends by itself: 1. `when_answering` is tried until it says yes."""
        answered = False
        while not self.asked:
            ended = next(((part, child.returncode) for part, child in self.children if child.poll() is not None), None)
            if ended:
                self.say(f"The {ended[0].name} stopped (exit {ended[1]}), so everything is stopped.")
                self.stop()
                return 1
            answered = answered or when_answering()
            time.sleep(LOOK_EVERY_SECONDS)
        self.say("Stopping.")
        self.stop()
        return 0

    def stop(self) -> None:
        """Ask every part to stop; those that haven't within seconds are killed, as they are when asked twice."""
        for _, child in self.children:
            with suppress(ProcessLookupError):
                child.terminate()
        end = time.monotonic() + GRACE_SECONDS
        while any(child.poll() is None for _, child in self.children):
            if self.killing or time.monotonic() > end:
                for _, child in self.children:
                    with suppress(ProcessLookupError):
                        child.kill()
            time.sleep(LOOK_EVERY_SECONDS)
        os.close(self._held)


def stop_when_alone(stop: Callable[[], None]) -> None:
    """Call `stop` when the process that started us is gone, also when it was killed; nothing where none did.

    That process holds a pipe open as long as it lives; reading from it ends when it doesn't.
    """
    lifeline = os.environ.get(LIFELINE, "")
    if not lifeline.isdigit():
        return

    def wait() -> None:
        try:
            os.read(int(lifeline), 1)
        except OSError:
            return
        stop()

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def stop_web_process() -> None:
    """In one of the web server's processes: end the server that started us, or ourselves when it is gone too."""
    parent = os.getppid()
    with suppress(ProcessLookupError):
        os.kill(parent if parent > 1 else os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
