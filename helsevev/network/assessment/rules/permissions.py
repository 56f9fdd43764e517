"""Who may do what between the deadline and the award.

Assessors and members of the groups must sit on the round's panel besides, and nobody whose ties stand in the way comes
near an application: `queries.closed` says for which that is so.
"""

from helsevev.commons.people.rules import Permission, Role, Table

SECRETARIAT = frozenset({Role.SECRETARIAT})
BOARD = frozenset({Role.SECRETARIAT, Role.RESOURCE_GROUP, Role.STEERING_GROUP})

PERMISSIONS: Table = {
    "see_desk": Permission(anywhere=BOARD | {Role.ASSESSOR}),
    "run_round": Permission(anywhere=SECRETARIAT),
    "screen": Permission(anywhere=SECRETARIAT),
    "share_out": Permission(anywhere=SECRETARIAT),
    "lift_conflict": Permission(anywhere=SECRETARIAT),
    "state_ties": Permission(anywhere=BOARD | {Role.ASSESSOR}),
    "assess": Permission(anywhere=frozenset({Role.ASSESSOR})),
    "read_assessments": Permission(anywhere=BOARD),
    "see_board": Permission(anywhere=BOARD),
    "recommend": Permission(anywhere=frozenset({Role.SECRETARIAT, Role.RESOURCE_GROUP})),
    "decide": Permission(anywhere=frozenset({Role.STEERING_GROUP})),
    "write_letters": Permission(anywhere=SECRETARIAT),
    "publish_awards": Permission(anywhere=SECRETARIAT),
    "forget": Permission(anywhere=SECRETARIAT),
    "see_figures": Permission(anywhere=BOARD),
}
