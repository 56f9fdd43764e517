"""Who may do what in an initiative's working rooms, and with advisors' hours.

A working room is seen by those who take part: members, leaders and signers of the organisations that are its parties,
the engagement's own advisors, and the secretariat. `as_here` takes the advisor's role from a person who advises
somebody else, so that one table says it all.
"""

from helsevev.commons.people.rules import Permission, Person, Role, Table

SECRETARIAT = frozenset({Role.SECRETARIAT})
STAFF_HERE = frozenset({Role.SECRETARIAT, Role.ADVISOR})
LEADERS = frozenset({Role.PROJECT_LEADER})
TEAM = frozenset({Role.PROJECT_LEADER, Role.PROJECT_MEMBER})
SIGNERS = frozenset({Role.ORGANISATION_SIGNER})
PARTIES = TEAM | SIGNERS

ROOM_SEE = Permission(anywhere=STAFF_HERE, in_own=PARTIES)
ROOM_WRITE = Permission(anywhere=STAFF_HERE, in_own=TEAM)
PERMISSIONS: Table = {
    "see_room": ROOM_SEE,
    "see_hours": ROOM_SEE,
    "export_hours": ROOM_SEE,
    "book_hours": Permission(anywhere=STAFF_HERE),
    "correct_hours": Permission(anywhere=STAFF_HERE),
    "answer_hours": Permission(in_own=LEADERS),
    "ask_past_balance": Permission(anywhere=STAFF_HERE),
    "allow_past_balance": Permission(anywhere=SECRETARIAT),
    "grant_hours": Permission(anywhere=SECRETARIAT),
    "see_sessions": ROOM_SEE,
    "convene": Permission(anywhere=STAFF_HERE, in_own=LEADERS),
    "write_notes": ROOM_WRITE,
    "follow_up": ROOM_WRITE,
    "agree": Permission(anywhere=STAFF_HERE, in_own=LEADERS),
    "open_engagement": Permission(anywhere=SECRETARIAT),
    "change_engagement": Permission(anywhere=SECRETARIAT),
    "run_groups": Permission(anywhere=SECRETARIAT),
    "see_capacity": Permission(anywhere=SECRETARIAT),
    "see_own_load": Permission(anywhere=STAFF_HERE),
}


def as_here(person: Person, advisors: frozenset[str]) -> Person:
    """The person with the role of advisor only where they are one of these; all else they are, they stay."""
    if person.key in advisors:
        return person
    # A request's person may be one that is asked for when needed, which isn't a dataclass that can be replaced.
    grants = frozenset(one for one in person.grants if one.role is not Role.ADVISOR)
    return Person(person.key, person.name, grants, person.second_factor)
