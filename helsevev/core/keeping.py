"""How long a table keeps what it holds (oppbevaring), and which of its fields tell of a person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Keeping:
    """One table's promise.

    `personal` names every field that says something of a person; all others are declared impersonal.
    `days` is how long a row lives after `counted_from` (a date field); None: as long as `until` says.
    """

    until: str
    personal: tuple[str, ...] = ()
    days: int | None = None
    counted_from: str | None = None

    def __post_init__(self) -> None:
        """Days need a field to count from."""
        if (self.days is None) != (self.counted_from is None):
            raise ValueError("days and counted_from belong together")
