"""The chain of sealed lines: whatever is done to it without the secret is found, and named by number."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.chain import START, Content, Fault, Head, Sealed, fingerprint, seal, verify

SECRET = b"a secret that no table holds"
WORDS = st.text(max_size=20)


def chain_of(count: int, secret: bytes = SECRET) -> list[Sealed]:
    lines: list[Sealed] = []
    previous = START
    for number in range(1, count + 1):
        content = Content(number, f"2026-01-{number:02}", "actor", "published", "project", f"p{number}", "{}", previous)
        previous = seal(secret, content)
        lines.append(Sealed(content, previous))
    return lines


def head_of(lines: list[Sealed]) -> Head:
    return Head(lines[-1].number, lines[-1].digest) if lines else Head()


def faults(lines: list[Sealed], *anchors: Head) -> list[tuple[int, str]]:
    found = verify(sorted(lines, key=lambda line: line.number), SECRET, anchors).faults
    return [(fault.number, str(fault.fault)) for fault in found]


def put(line: Sealed, **changes: object) -> Sealed:
    if "digest" in changes:
        return replace(line, digest=str(changes["digest"]))
    return replace(line, content=replace(line.content, **changes))


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_an_untouched_chain_is_sound(count: int) -> None:
    lines = chain_of(count)
    report = verify(lines, SECRET, [head_of(lines)])
    assert (report.lines, report.head, report.faults) == (count, head_of(lines).digest, ())


def test_lines_after_the_anchor_are_no_fault() -> None:
    """The machine may stop between the commit and the writing of the head outside."""
    lines = chain_of(5)
    assert faults(lines, head_of(lines[:3]), Head()) == []


@pytest.mark.parametrize("field", ["at", "actor", "verb", "kind", "key", "detail", "previous", "digest"])
@pytest.mark.parametrize("number", [1, 4, 9])
def test_a_changed_field_is_found_where_it_is(field: str, number: int) -> None:
    lines = chain_of(9)
    lines[number - 1] = put(lines[number - 1], **{field: "x"})
    assert faults(lines, head_of(chain_of(9))) == [(number, "changed")]


def test_a_deleted_line_is_missing() -> None:
    lines = chain_of(9)
    del lines[3:5]
    assert faults(lines, head_of(lines)) == [(4, "missing"), (5, "missing")]


def test_deleted_last_lines_are_found_only_by_the_head_outside() -> None:
    lines = chain_of(9)
    assert faults(lines[:7]) == []
    assert faults(lines[:7], head_of(lines)) == [(8, "truncated"), (9, "truncated")]


def test_an_emptied_table_is_found() -> None:
    assert faults([], head_of(chain_of(3))) == [(1, "truncated"), (2, "truncated"), (3, "truncated")]


@pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 7), (8, 9), (1, 9)])
def test_swapped_lines_are_reordered(one: int, other: int) -> None:
    lines = chain_of(9)
    lines[one - 1], lines[other - 1] = (
        put(lines[other - 1], number=one),
        put(lines[one - 1], number=other),
    )
    assert faults(lines, head_of(chain_of(9))) == [(one, "reordered"), (other, "reordered")]


def test_a_forged_line_at_the_end_is_found() -> None:
    lines = chain_of(3)
    forged = Content(4, "2026", "actor", "published", "project", "p", "{}", lines[-1].digest)
    assert faults([*lines, Sealed(forged, seal(b"another secret", forged))], head_of(lines)) == [(4, "changed")]


def test_a_forged_number_does_not_make_us_count_to_it() -> None:
    lines = chain_of(3)
    forged = Sealed(replace(lines[0].content, number=10**18), "0" * 64)
    assert faults([*lines, forged], head_of(lines)) == [(10**18, "changed")]
    assert len(faults(lines, Head(10**18, "x"))) == 1000


def test_a_chain_rolled_back_and_written_on_is_found() -> None:
    """Whoever has the database's whole backup can put an older, sound chain in its place; the head outside tells."""
    lines = chain_of(6)
    rolled = lines[:3]
    for number in (4, 5, 6, 7):
        content = Content(number, "2027", "actor", "withdrew", "project", "p", "{}", rolled[-1].digest)
        rolled.append(Sealed(content, seal(SECRET, content)))
    assert faults(rolled, head_of(lines)) == [(6, "changed")]
    spliced = [*rolled[:4], *lines[4:]]
    assert faults(spliced, head_of(lines)) == [(5, "reordered")]


def test_another_secret_fits_no_line_and_has_another_fingerprint() -> None:
    assert [number for number, _ in faults(chain_of(3, b"other"))] == [1, 2, 3]
    assert fingerprint(b"other") != fingerprint(SECRET)


@given(words=st.lists(WORDS, min_size=7, max_size=7), others=st.lists(WORDS, min_size=7, max_size=7))
def test_no_two_different_lines_share_a_seal(words: list[str], others: list[str]) -> None:
    """Text can't flow from one field into the next without changing the seal."""
    same = words == others
    assert (seal(SECRET, Content(1, *words)) == seal(SECRET, Content(1, *others))) == same


def tampered(lines: list[Sealed], dice: random.Random) -> list[Sealed]:
    """One of the things that someone with the whole table in hand could do."""
    lines = list(lines)
    place = dice.randrange(len(lines))
    match dice.randrange(6):
        case 0:
            field = dice.choice(["at", "actor", "verb", "kind", "key", "detail", "previous", "digest"])
            lines[place] = put(lines[place], **{field: dice.choice(["", "x", " ", "ø"])})
        case 1:
            del lines[place : place + dice.randint(1, 4)]
        case 2:
            other = dice.randrange(len(lines))
            a, b = lines[place], lines[other]
            lines[place], lines[other] = put(b, number=a.number), put(a, number=b.number)
        case 3:
            lines.append(put(lines[place], number=len(lines) + dice.randint(1, 50)))
        case 4:
            lines = lines[:place]
        case _:
            lines[place] = put(lines[place], number=-dice.randrange(50))
    return lines


@pytest.mark.parametrize("seed", range(200))
def test_two_hundred_random_tamperings_are_all_found(seed: int) -> None:
    dice = random.Random(seed)
    whole = chain_of(dice.randint(2, 25))
    lines = whole
    for _ in range(dice.randint(1, 3)):
        if lines:
            lines = tampered(lines, dice)
    touched = sorted(lines, key=lambda line: line.number) != whole
    assert bool(faults(lines, head_of(whole))) == touched


def test_faults_are_named_in_the_order_of_their_numbers() -> None:
    assert sorted([Fault(10, "changed"), Fault(9, "missing")])[0].number == 9
