"""Asks an address of another site whether it answers, and never one on the inside (utadrettede kall).

The name is looked up once, every address it has must be open to the world, and the connection goes to the one that was
looked up, so that a name can't lead elsewhere between the question and the call. Redirects are an answer, not a way.
"""

import ssl
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv6Address, IPv6Network, ip_address
from socket import SOCK_STREAM, create_connection, gaierror, getaddrinfo
from urllib.parse import quote, urlsplit

SECONDS = 5.0
PORTS = {"http": 80, "https": 443}
AGENT = "Helsevev-links/1"
# What a server that wants no HEAD says of it; the same is then asked for with GET, and its body left unread.
NOT_SO = frozenset({400, 403, 404, 405, 406, 410, 429, 500, 501, 503})
# Somebody is there, and says that we may not look.
CLOSED = frozenset({401, 402, 403, 406, 407, 429, 451, 999})
# Numbers of the old net written as numbers of the new.
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"))
PATH, QUERY = "/%:@!$&'()*+,;=~-._", "/%:@!$&'()*+,;=~-._?"
Look = Callable[[str, int], Sequence[str]]


class Answer(StrEnum):
    """What became of the question."""

    LEADS = "leads"
    GONE = "gone"
    FAILS = "fails"
    SILENT = "silent"
    REFUSED = "refused"


@dataclass(frozen=True)
class Heard:
    """The answer, and the status that came with it (0: none)."""

    answer: Answer
    status: int = 0


def is_open(address: str) -> bool:
    """Whether a number is one of the open net's: nothing private, local, reserved or hidden in another form."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    if isinstance(number, IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if inner is not None or any(number in one for one in _TRANSLATED):
            return False
    return number.is_global and not number.is_multicast


def look_up(host: str, port: int) -> Sequence[str]:
    """Every number that a name has."""
    return [str(one[4][0]) for one in getaddrinfo(host, port, type=SOCK_STREAM)]


def ask(address: str, *, inside: Collection[str] = (), look: Look = look_up, seconds: float = SECONDS) -> Heard:
    """Ask one address. `inside`: hosts with port that may be asked although they lie on the inside."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return Heard(Answer.REFUSED)
    allowed = f"{host}:{port}" in inside
    if not host or parts.scheme not in PORTS or "@" in parts.netloc or not (allowed or port in PORTS.values()):
        return Heard(Answer.REFUSED)
    try:
        numbers = look(host, port)
    except (gaierror, UnicodeError):
        return Heard(Answer.SILENT)
    if not numbers or not (allowed or all(map(is_open, numbers))):
        return Heard(Answer.REFUSED)
    query = f"?{quote(parts.query, safe=QUERY)}" if parts.query else ""
    return _asked(_Door(parts.scheme, host, port, numbers[0], seconds), quote(parts.path or "/", safe=PATH) + query)


@dataclass(frozen=True)
class _Door:
    scheme: str
    host: str
    port: int
    number: str
    seconds: float

    def ask(self, method: str, path: str) -> int:
        """The status of one request, to the number that was looked up."""
        made = HTTPSConnection if self.scheme == "https" else HTTPConnection
        line = made(self.host, self.port, timeout=self.seconds)
        line.sock = create_connection((self.number, self.port), self.seconds)
        try:
            if self.scheme == "https":
                line.sock = ssl.create_default_context().wrap_socket(line.sock, server_hostname=self.host)
            line.request(method, path, headers={"User-Agent": AGENT, "Accept": "*/*"})
            return line.getresponse().status
        finally:
            line.close()


def _asked(door: _Door, path: str) -> Heard:
    try:
        status = door.ask("HEAD", path)
        if status in NOT_SO:
            status = door.ask("GET", path)
    except (OSError, HTTPException, ValueError):
        return Heard(Answer.SILENT)
    if status in (404, 410):
        return Heard(Answer.GONE, status)
    return Heard(Answer.LEADS if status < 400 or status in CLOSED else Answer.FAILS, status)
