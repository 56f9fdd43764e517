"""How often one caller may ask (hastighetsgrense): a fixed window, and what the caller is told about it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """At most `most` requests in each window of `seconds`; `name` tells the windows of different doors apart."""

    name: str
    most: int
    seconds: int = 60

    def window(self, now: float) -> int:
        """The number of the window that a moment lies in."""
        return int(now // self.seconds)

    def left(self, now: float) -> int:
        """Whole seconds until the window ends, at least one."""
        return max(1, int((self.window(now) + 1) * self.seconds - now))


@dataclass(frozen=True)
class Standing:
    """Where a caller stands in the window after `asked` requests, this one among them."""

    rate: Rate
    asked: int
    resets_in: int

    @property
    def allowed(self) -> bool:
        """Whether this request is answered."""
        return self.asked <= self.rate.most

    @property
    def headers(self) -> Mapping[str, str]:
        """The fields of the IETF's draft on rate limits, and when to come back for whoever must wait."""
        remaining = max(0, self.rate.most - self.asked)
        told = {
            "RateLimit-Policy": f'"{self.rate.name}";q={self.rate.most};w={self.rate.seconds}',
            "RateLimit": f'"{self.rate.name}";r={remaining};t={self.resets_in}',
        }
        return told if self.allowed else {**told, "Retry-After": str(self.resets_in)}


def caller(peer: str, forwarded: str, proxies: int) -> str:
    """Whose request it is: the peer, or what our own outermost proxy saw.

    Each proxy adds an address at the end, so only the last `proxies` were written by machines that we trust;
    whatever stands before them may be forged.
    """
    seen = [address.strip() for address in forwarded.split(",") if address.strip()]
    if proxies < 1 or not seen:
        return peer
    return seen[-min(proxies, len(seen))]
