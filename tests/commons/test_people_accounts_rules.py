"""Who may what, who may give which roles, and how long a sign-in lasts: pure, tried on many made-up people."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.commons.people import rules
from helsevev.commons.people.rules import (
    GIVEN_BY_SIGNER,
    IN_ORGANISATION,
    PERMISSIONS,
    STAFF,
    STRANGER,
    Grant,
    Levels,
    Permission,
    Person,
    Role,
    may,
)
from helsevev.commons.people.rules.granting import Why
from helsevev.commons.people.rules.sessions import IDLE, LONGEST

TODAY = date(2026, 11, 22)
ORGANISATIONS = ("akershus-universitetssykehus", "ullensaker-kommune", "oslo-kommune")
roles = st.sampled_from(list(Role))
places = st.sampled_from(ORGANISATIONS)
days = st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=400))
spans = st.tuples(st.none() | days, st.none() | days)
grants = st.builds(lambda role, place, span: Grant(role, place, *span), roles, st.none() | places, spans)
people = st.builds(
    Person, key=st.just("me"), name=st.just("Me"), grants=st.frozensets(grants, max_size=5), second_factor=st.booleans()
)
permissions = st.builds(
    Permission,
    anywhere=st.frozensets(roles, max_size=4),
    in_own=st.frozensets(roles, max_size=4),
    everyone=st.booleans(),
    known=st.booleans(),
)


def plainly_may(person: Person, permission: Permission, organisations: frozenset[str]) -> bool:
    """The same question asked slowly: grant by grant."""
    if permission.everyone or (permission.known and person.key):
        return True
    for grant in person.grants:
        if grant.role in STAFF and not person.second_factor:
            continue
        if grant.role in permission.anywhere:
            return True
        if grant.role in permission.in_own and grant.organisation in organisations:
            return True
    return False


@given(people, permissions, st.frozensets(places))
def test_may_is_what_the_grants_say_one_by_one(person: Person, permission: Permission, at: frozenset[str]) -> None:
    assert may(person, "do", {"do": permission}, at) == plainly_may(person, permission, at)


@given(people, st.text(max_size=20))
def test_what_is_in_no_table_is_refused(person: Person, action: str) -> None:
    assert not may(person, action, {})


@given(people, permissions, st.frozensets(places), grants)
def test_another_role_never_takes_a_right_away(
    person: Person, permission: Permission, at: frozenset[str], more: Grant
) -> None:
    richer = Person(person.key, person.name, person.grants | {more}, person.second_factor)
    assert may(person, "do", {"do": permission}, at) <= may(richer, "do", {"do": permission}, at)


@given(permissions, st.frozensets(places))
def test_a_stranger_may_only_what_everyone_may(permission: Permission, at: frozenset[str]) -> None:
    assert may(STRANGER, "do", {"do": permission}, at) == permission.everyone


@given(people)
def test_a_staff_role_counts_only_with_a_second_factor(person: Person) -> None:
    held = {grant.role for grant in person.grants}
    assert person.roles == (held if person.second_factor else held - STAFF)
    assert person.lacks_second_factor == (not person.second_factor and bool(held & STAFF))


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [
        (-10, -1, False),  # ended yesterday
        (-10, 0, True),  # the last day counts
        (1, None, False),  # begins tomorrow
        (0, None, True),
        (0, 0, True),
        (-10, None, True),
    ],
)
def test_a_role_counts_from_its_first_day_to_its_last(starts: int, ends: int | None, counts: bool) -> None:
    last = None if ends is None else TODAY + timedelta(days=ends)
    assert Grant(Role.READER, None, TODAY + timedelta(days=starts), last).holds(TODAY) is counts


# --- Giving and ending ------------------------------------------------------------------------------------------------
def holder(role: Role, place: str | None = None, *, second_factor: bool = True) -> Person:
    return Person("giver", "Giver", frozenset({Grant(role, place)}), second_factor)


ADMINISTRATOR = holder(Role.ADMINISTRATOR)
SIGNER = holder(Role.ORGANISATION_SIGNER, "ullensaker-kommune")


def test_the_whole_table_of_who_gives_what() -> None:
    """Administrators give every role, signers two in their own organisation, and nobody else any."""
    for giver_role in Role:
        at = "ullensaker-kommune" if giver_role in IN_ORGANISATION else None
        giver = holder(giver_role, at)
        for role in Role:
            for place in (None, "ullensaker-kommune", "oslo-kommune"):
                own = place == "ullensaker-kommune" and role in GIVEN_BY_SIGNER
                expected = giver_role is Role.ADMINISTRATOR or (giver_role is Role.ORGANISATION_SIGNER and own)
                assert rules.may_give(giver, role, place) is expected, (giver_role, role, place)
    assert not any(rules.may_give(STRANGER, role, place) for role in Role for place in (None, "oslo-kommune"))


def test_an_administrator_without_second_factor_gives_nothing() -> None:
    giver = holder(Role.ADMINISTRATOR, second_factor=False)
    assert rules.givable(giver) == ()
    assert rules.refuse_grant(giver, "other", Grant(Role.READER, None, TODAY), [], TODAY).why == Why.NOT_YOURS


def test_what_can_be_given_is_offered() -> None:
    assert rules.givable(ADMINISTRATOR) == tuple(Role)
    assert set(rules.givable(SIGNER)) == GIVEN_BY_SIGNER
    assert rules.givable(holder(Role.SECRETARIAT)) == ()


TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
REFUSED = [
    (ADMINISTRATOR, "giver", Grant(Role.EDITOR, None, TODAY), [], Why.TO_YOURSELF),
    (SIGNER, "other", Grant(Role.ORGANISATION_SIGNER, "ullensaker-kommune", TODAY), [], Why.NOT_YOURS),
    (SIGNER, "other", Grant(Role.PROJECT_LEADER, "oslo-kommune", TODAY), [], Why.NOT_YOURS),
    (SIGNER, "giver", Grant(Role.PROJECT_LEADER, "ullensaker-kommune", TODAY), [], Why.TO_YOURSELF),
    (ADMINISTRATOR, "other", Grant(Role.PROJECT_LEADER, None, TODAY), [], Why.NEEDS_ORGANISATION),
    (ADMINISTRATOR, "other", Grant(Role.ADVISOR, "oslo-kommune", TODAY), [], Why.NO_ORGANISATION),
    (ADMINISTRATOR, "other", Grant(Role.ADVISOR, None, YESTERDAY), [], Why.STARTS_IN_THE_PAST),
    (ADMINISTRATOR, "other", Grant(Role.ADVISOR, None, None), [], Why.STARTS_IN_THE_PAST),
    (ADMINISTRATOR, "other", Grant(Role.ADVISOR, None, TOMORROW, TODAY), [], Why.ENDS_BEFORE_IT_STARTS),
    (
        ADMINISTRATOR,
        "other",
        Grant(Role.ADVISOR, None, TODAY),
        [Grant(Role.ADVISOR, None, YESTERDAY)],
        Why.HELD_ALREADY,
    ),
]


@pytest.mark.parametrize(("giver", "to", "wanted", "held", "why"), REFUSED)
def test_a_role_that_is_refused_says_why(giver: Person, to: str, wanted: Grant, held: list[Grant], why: Why) -> None:
    assert rules.refuse_grant(giver, to, wanted, held, TODAY).why == why


@pytest.mark.parametrize(
    ("giver", "wanted", "held"),
    [
        (ADMINISTRATOR, Grant(Role.ADMINISTRATOR, None, TODAY), []),
        (ADMINISTRATOR, Grant(Role.READER, "oslo-kommune", TODAY, TODAY), []),
        (SIGNER, Grant(Role.PROJECT_MEMBER, "ullensaker-kommune", TOMORROW), []),
        (ADMINISTRATOR, Grant(Role.ADVISOR, None, TODAY), [Grant(Role.ADVISOR, None, None, YESTERDAY)]),
        (ADMINISTRATOR, Grant(Role.PROJECT_LEADER, "oslo-kommune", TODAY), [Grant(Role.PROJECT_LEADER, "other")]),
    ],
)
def test_a_role_that_may_be_given(giver: Person, wanted: Grant, held: list[Grant]) -> None:
    assert rules.refuse_grant(giver, "other", wanted, held, TODAY) is None


@given(st.lists(grants, max_size=4), roles, st.none() | places, days, st.none() | days)
def test_nobody_holds_a_role_twice_on_a_day(
    held: list[Grant], role: Role, place: str | None, starts: date, ends: date | None
) -> None:
    """What is let through overlaps with nothing that is held, day by day."""
    wanted = Grant(role, place, starts, ends)
    if rules.refuse_shape(wanted, held, TODAY) is not None:
        return
    for other in held:
        if (other.role, other.organisation) == (role, place):
            day = starts
            while day <= min(ends or day + timedelta(days=30), starts + timedelta(days=30)):
                assert not other.holds(day) or (other.starts or day) > (other.ends or day)
                day += timedelta(days=1)


def test_the_last_administrator_stays() -> None:
    own = Grant(Role.ADMINISTRATOR, None, YESTERDAY)
    assert rules.refuse_end(ADMINISTRATOR, own, TODAY, administrators_left=False).why == Why.LAST_ADMINISTRATOR
    assert rules.refuse_end(ADMINISTRATOR, own, TODAY, administrators_left=True) is None
    assert rules.refuse_delete([own], TODAY, administrators_left=False).why == Why.LAST_ADMINISTRATOR
    assert rules.refuse_delete([own], TODAY, administrators_left=True) is None
    assert rules.refuse_delete([Grant(Role.EDITOR)], TODAY, administrators_left=False) is None


def test_an_ended_role_isnt_ended_again() -> None:
    over = Grant(Role.EDITOR, None, YESTERDAY, YESTERDAY)
    assert rules.refuse_end(ADMINISTRATOR, over, TODAY, administrators_left=True).why == Why.ENDED_ALREADY
    assert rules.refuse_end(SIGNER, Grant(Role.EDITOR), TODAY, administrators_left=True).why == Why.NOT_YOURS


def test_every_permission_of_the_room_is_asked_about_here() -> None:
    """A new row in the table needs a test of its own, both ways."""
    assert set(PERMISSIONS) == {
        "see_organisation",
        "edit_organisation",
        "renew_register",
        "see_people",
        "grant_role",
        "grant_own_role",
        "see_own_page",
    }


ALLOWED = {
    "see_organisation": {*Role, None},
    "edit_organisation": {Role.SECRETARIAT, Role.ADMINISTRATOR},
    "renew_register": {Role.ADMINISTRATOR},
    "see_people": {Role.SECRETARIAT, Role.ADMINISTRATOR},
    "grant_role": {Role.ADMINISTRATOR},
    "grant_own_role": {Role.ORGANISATION_SIGNER},
    "see_own_page": set(Role),
}


@pytest.mark.parametrize("action", sorted(PERMISSIONS))
@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_each_permission_for_each_role_and_the_stranger(action: str, role: Role | None) -> None:
    place = "ullensaker-kommune"
    asks = STRANGER if role is None else holder(role, place if role in IN_ORGANISATION else None)
    assert may(asks, action, PERMISSIONS, frozenset({place})) is (role in ALLOWED[action])
    if action == "grant_own_role":
        assert not may(asks, action, PERMISSIONS, frozenset({"oslo-kommune"}))


# --- Sessions and levels ----------------------------------------------------------------------------------------------
moments = st.integers(0, 10**6)


@given(moments, moments, moments)
def test_a_session_lives_while_seen_and_never_longer_than_a_day_at_work(begun: int, away: int, more: int) -> None:
    seen, now = begun + away, begun + away + more
    over = rules.is_over(begun, seen, now)
    assert over == (now - begun > LONGEST.total_seconds() or more > IDLE.total_seconds())


def test_what_was_proven_a_moment_ago_is_fresh() -> None:
    assert rules.is_fresh([{"method": "link", "at": 1000}], 1299)
    assert not rules.is_fresh([{"method": "link", "at": 1000}], 1301)
    assert not rules.is_fresh([{"method": "link", "at": 2000}], 1000)  # a clock set back proves nothing
    assert not rules.is_fresh([{"method": "link"}, {"at": "now"}], 1000)


def test_which_ways_in_count_as_two_factors() -> None:
    assert not rules.has_second_factor([{"method": "password"}, {"method": "link"}, {"method": "socialaccount"}])
    assert all(rules.has_second_factor([{"method": "password"}, {"method": way}]) for way in ("mfa", "strong_identity"))


LEVELS = Levels(staff=("high",), others=("substantial",))


@pytest.mark.parametrize(
    ("acr", "staff", "met"),
    [
        ("high", True, True),
        ("substantial", True, False),
        ("", True, False),
        ("high", False, True),
        ("substantial", False, True),
        ("low", False, False),
        ("", False, False),
        ("HIGH", True, False),
    ],
)
def test_a_level_is_met_or_not(acr: str, staff: bool, met: bool) -> None:
    assert LEVELS.met(acr, staff=staff) is met


def test_no_level_named_is_no_demand_and_no_second_factor() -> None:
    nothing = Levels((), ())
    assert nothing.met("", staff=True)
    assert not nothing.strong("")
    assert LEVELS.strong("high")
    assert not LEVELS.strong("substantial")


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Safari/605.1", "Safari, Mac"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("curl/8", ""),
    ],
)
def test_a_device_in_words_its_owner_knows(user_agent: str, words: str) -> None:
    assert rules.device(user_agent) == words
