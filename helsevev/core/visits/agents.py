"""What kind of machine asked (enhet), by what it says of itself: computer, phone, tablet, another, or a robot."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from helsevev.core.words import gettext_noop

LONGEST_AGENT = 400
REMEMBERED = 4096


class Device(StrEnum):
    """A class of devices (enhetsklasse)."""

    COMPUTER = "computer"
    PHONE = "mobile"
    TABLET = "tablet"
    OTHER = "other_device"
    ROBOT = "robot"


# Those that people hold.
DEVICES: Sequence[Device] = (Device.COMPUTER, Device.PHONE, Device.TABLET, Device.OTHER)
DEVICE_NAMES: Mapping[str, str] = {
    Device.COMPUTER: gettext_noop("computer"),
    Device.PHONE: gettext_noop("phone"),
    Device.TABLET: gettext_noop("tablet"),
    Device.OTHER: gettext_noop("other device"),
}
# Programs that say so themselves and that no list of crawlers needs to name.
PROGRAM = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|fetch|monitor|uptime|preview|headless|phantomjs|selenium|playwright|puppeteer|lighthouse"
    r"|\bcurl|wget|python|java/|okhttp|go-http|libwww|httpx|aiohttp|node|axios|ruby|perl|php|scan|validator|feed|rss|wrk",
    re.IGNORECASE,
)
DESKS = frozenset({"Windows", "Mac OS X", "Linux", "Ubuntu", "Fedora", "Debian", "Chrome OS", "FreeBSD", "OpenBSD"})


@lru_cache(maxsize=REMEMBERED)
def kind_of(agent: str) -> Device:
    """The class of the machine that calls itself `agent`; one that says nothing is a robot.

    The newest few thousand are remembered in memory, as most visitors use the same browsers.
    """
    said = agent[:LONGEST_AGENT]
    if not said or PROGRAM.search(said):
        return Device.ROBOT
    # Reading the list of agents takes a while and some memory; who counts nothing shouldn't pay for it.
    from ua_parser import parse  # noqa: PLC0415

    found = parse(said)
    family = found.device.family if found.device else ""
    system = found.os.family if found.os else ""
    if family == "Spider":
        return Device.ROBOT
    return _held(said, family, system)


def _held(said: str, family: str, system: str) -> Device:
    if family == "iPad" or "Tablet" in said or (system == "Android" and "Mobile" not in said):
        return Device.TABLET
    if "Mobi" in said or system in ("iOS", "Android"):
        return Device.PHONE
    return Device.COMPUTER if system in DESKS else Device.OTHER
