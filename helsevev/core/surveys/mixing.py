"""How many waiting answers go on at a time (blanding), so that no batch is small and nobody's place in it is known.

A pool that always holds some back: an answer goes on among a batch drawn at random from all that wait, so that the
order in which people answered is lost, and two looks at the store differ by a whole batch or not at all.
"""

BATCH = 10


def to_draw(waiting: int, *, last: bool = False) -> int:
    """How many of those that wait are drawn now: a batch when two are full, everything in the end."""
    if last:
        return waiting
    return BATCH if waiting >= 2 * BATCH else 0
