"""A running count against its plan, as a plain value; the other kinds stand in `kinds`."""

from dataclasses import dataclass

from helsevev.core.charts.kinds import Cells, Chart


@dataclass(frozen=True)
class Coming:
    """Where a count may end (utfall): low, middle and high."""

    low: float
    middle: float
    high: float

    def __post_init__(self) -> None:
        """It goes from low to high."""
        if not 0 <= self.low <= self.middle <= self.high < float("inf"):
            raise ValueError("what may come goes from low to high, and not below nothing")


@dataclass(frozen=True, kw_only=True)
class Course(Chart):
    """A running count against its plan (forløp): days since the start, `planned` and `least` at the end.

    `counted` are days with how many there were by then, `marks` days with what is written below, `rows` the table.
    """

    days: int
    planned: float
    least: float
    counted: tuple[tuple[float, float], ...]
    coming: tuple[Coming, ...] = ()
    marks: tuple[tuple[float, str], ...] = ()
    rows: Cells = ()
    said_plan: str
    said_least: str
    said_coming: str
    said_counted: str

    def __post_init__(self) -> None:
        """A span, and counts that never fall."""
        if self.days < 1 or self.planned < 0 or self.least < 0:
            raise ValueError("a course has days, and is planned to be something")
        counts = [0.0, *(count for _day, count in self.counted)]
        if list(self.counted) != sorted(self.counted) or counts != sorted(counts):
            raise ValueError("a running count never falls")

    def table(self) -> Cells:
        """The rows that came with it."""
        return self.rows
