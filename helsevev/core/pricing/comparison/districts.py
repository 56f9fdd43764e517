"""The total picture of a district (totalbilde): its services beside the frames that carry them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helsevev.core.pricing.fields import NOT_NEGATIVE
from helsevev.core.pricing.gathering import Gatherer


@dataclass(frozen=True)
class Service:
    """One of a district's services (tjeneste): who it is for, what it costs, and which frame carries it."""

    name: str
    frame: str
    users: float
    nok: float


@dataclass(frozen=True)
class FrameUse:
    """A cost frame (kostnadsramme) and what is used of it, NOK a year; `left_nok` below 0 is too much."""

    name: str
    frame_nok: float
    used_nok: float

    @property
    def left_nok(self) -> float:
        """What is left."""
        return self.frame_nok - self.used_nok


@dataclass(frozen=True)
class Picture:
    """The total picture of a district (totalbilde): each service's cost for each user, each frame, and all of it."""

    services: tuple[Service, ...]
    per_user_nok: Mapping[str, float | None]
    frames: tuple[FrameUse, ...]
    total_nok: float
    left_nok: float


def district(services: Sequence[Service], frames: Mapping[str, float]) -> Picture:
    """A district's services beside its frames. Raises `Faulty` on a service whose frame isn't there."""
    found = Gatherer()
    for at, service in enumerate(services):
        found.checked(service.nok, NOT_NEGATIVE, ("services", at, "nok"))
        found.checked(service.users, NOT_NEGATIVE, ("services", at, "users"))
        found.known(service.frame, frames, ("services", at, "frame"))
    for name, nok in frames.items():
        found.checked(nok, NOT_NEGATIVE, ("frames", name))
    found.finish()
    used = {name: math.fsum(one.nok for one in services if one.frame == name) for name in frames}
    total = math.fsum(one.nok for one in services)
    return Picture(
        services=tuple(services),
        per_user_nok={one.name: one.nok / one.users if one.users else None for one in services},
        frames=tuple(FrameUse(name, nok, used[name]) for name, nok in frames.items()),
        total_nok=total,
        left_nok=math.fsum(frames.values()) - total,
    )
