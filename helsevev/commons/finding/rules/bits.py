"""Sets of document ids as bits, in blocks: to count what two selections share is to count the bits of their AND.

At a hundred thousand documents this counts every facet value of a filtered list in some twenty milliseconds, where
grouping the rows takes ten times as long (docs/adr/0007).
"""

from collections.abc import Iterable, Mapping

# Documents in a block: four kilobytes of bits, so a change of one document writes little.
BLOCK = 32_768

Selection = Mapping[int, int]


def of(numbers: Iterable[int]) -> dict[int, int]:
    """The selection that holds exactly these documents."""
    rows: dict[int, bytearray] = {}
    for number in numbers:
        block, bit = divmod(number, BLOCK)
        row = rows.get(block)
        if row is None:
            row = rows[block] = bytearray(BLOCK // 8)
        row[bit >> 3] |= 1 << (bit & 7)
    return {block: int.from_bytes(row, "little") for block, row in rows.items()}


def pack(bits: int) -> bytes:
    """As stored: the lowest bits first, no longer than needed."""
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def unpack(stored: bytes) -> int:
    """The reverse of `pack`."""
    return int.from_bytes(stored, "little")


def both(one: Selection, other: Selection) -> dict[int, int]:
    """What stands in both."""
    shared = ((block, bits & other.get(block, 0)) for block, bits in one.items())
    return {block: bits for block, bits in shared if bits}


def either(selections: Iterable[Selection]) -> dict[int, int]:
    """What stands in any."""
    joined: dict[int, int] = {}
    for selection in selections:
        for block, bits in selection.items():
            joined[block] = joined.get(block, 0) | bits
    return joined


def number(selection: Selection) -> int:
    """How many documents it holds."""
    return sum(bits.bit_count() for bits in selection.values())
