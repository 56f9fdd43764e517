"""Every address by every role: a new address fails until somebody has said here who may enter."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from helsevev.commons.people.models import RoleGrant, User
from helsevev.commons.people.rules import Role
from helsevev.front.panels import kept_in_browser

OPEN = frozenset({*(role.value for role in Role), "nobody", "stranger"})
KNOWN = OPEN - {"stranger"}
NETWORK = frozenset({"secretariat", "administrator"})
SHELF = NETWORK | {"editor", "advisor"}
EDITORS = NETWORK | {"advisor", "project_leader"}
LOGGERS = EDITORS | {"project_member"}
MEETINGS = frozenset({"secretariat", "editor"})
FIGURES = frozenset({"secretariat", "administrator", "editor"})
PROJECT = {"key": "mila-2026"}

# Address name: who may look (GET), and what fills the address. Those who may not get 404; for pages that are
# everyone's own, a stranger is sent to sign in instead.
DOORS: dict[str, tuple[frozenset[str], dict[str, object]]] = {
    "operations:healthz": (OPEN, {}),
    "machines:robots": (OPEN, {}),
    "machines:sitemap": (OPEN, {}),
    "machines:sitemap_part": (OPEN, {"name": "projects", "number": 1}),
    "machines:security": (OPEN, {}),
    "machines:manifest": (OPEN, {}),
    "machines:open_data": (OPEN, {}),
    "machines:favicon": (OPEN, {}),
    "api:openapi-json": (OPEN, {}),
    "api:projects": (OPEN, {}),
    "api:project": (OPEN, PROJECT),
    "api:lineage": (OPEN, PROJECT),
    "api:phases": (OPEN, {}),
    "api:terms": (OPEN, {}),
    "api:organisations": (OPEN, {}),
    "api:organisation": (OPEN, {"key": "ullensaker-kommune"}),
    "front:home": (OPEN, {}),
    "front:about": (OPEN, {}),
    "front:accessibility": (OPEN, {}),
    "front:privacy": (OPEN, {}),
    "front:cookies": (OPEN, {}),
    "front:mine": (KNOWN, {}),
    "front:my_data": (KNOWN, {}),
    "front:organisations": (OPEN, {}),
    "front:organisation": (OPEN, {"key": "ullensaker-kommune"}),
    "front:interface": (OPEN, {}),
    "front:opensearch": (OPEN, {}),
    "pages:front": (OPEN, {}),
    "portfolio:list": (OPEN, {}),
    "portfolio:export": (OPEN, {"form": "csv"}),
    "portfolio:feed": (OPEN, {"form": "rss"}),
    "portfolio:dashboard": (OPEN, {}),
    "portfolio:dashboard_picture": (OPEN, {"name": "regions", "form": "svg"}),
    "portfolio:project": (OPEN, PROJECT),
    "portfolio:preview": (OPEN, PROJECT),
    "portfolio:picture": (OPEN, PROJECT | {"name": "timeline", "form": "svg"}),
    "surveys:list": (OPEN, {}),
    "annual_report:list": (OPEN, {}),
    "annual_report:statistics": (OPEN, {}),
    "annual_report:statistics_file": (OPEN, {"form": "csv"}),
    "annual_report:statistics_picture": (OPEN, {"form": "svg"}),
    "annual_report:report": (OPEN, {"year": 2022}),
    "annual_report:figure": (OPEN, {"year": 2022, "key": "projects.total"}),
    "annual_report:file": (OPEN, {"year": "2022", "form": "json"}),
    "annual_report:picture": (OPEN, {"year": "2022", "name": "regions", "form": "svg"}),
    "annual_report:foreword": (FIGURES, {"year": 2022}),
    "annual_report:publish": (frozenset({"secretariat", "administrator"}), {"year": 2022}),
    "visits:visits": (OPEN, {}),
    "visits:file": (OPEN, {"form": "csv"}),
    "visits:social": (OPEN, {}),
    "visits:social_file": (OPEN, {"form": "xlsx"}),
    "visits:channels": (FIGURES, {}),
    "visits:month": (FIGURES, {"year": 2026, "month": 10}),
    "applications:calls": (OPEN, {}),
    "applications:calls_feed": (OPEN, {"form": "rss"}),
    "applications:follow": (OPEN, {}),
    "applications:follow_sent": (OPEN, {}),
    "applications:follow_confirm": (OPEN, {"token": "a-link"}),
    "applications:unfollow": (OPEN, {"key": "00000000-0000-4000-8000-000000000000"}),
    "applications:rounds": (NETWORK, {}),
    "applications:round_next": (NETWORK, {}),
    "applications:workflow": (NETWORK, {}),
    "events:calendar": (OPEN, {}),
    "events:feed": (OPEN, {"form": "ics"}),
    "events:meeting": (OPEN, {"key": "webinar-2022-01-13"}),
    "events:entry": (OPEN, {"key": "webinar-2022-01-13"}),
    "events:check_in": (OPEN, {"key": "webinar-2022-01-13"}),
    "events:sent": (OPEN, {"key": "webinar-2022-01-13"}),
    "events:desk": (MEETINGS, {}),
    "events:make": (MEETINGS, {}),
    "events:desk_meeting": (MEETINGS, {"key": "webinar-2022-01-13"}),
    "events:change": (MEETINGS, {"key": "webinar-2022-01-13"}),
    "events:afterwards": (MEETINGS, {"key": "webinar-2022-01-13"}),
    "events:participants": (frozenset({"secretariat"}), {"key": "webinar-2022-01-13"}),
    "events:export": (frozenset({"secretariat"}), {"key": "webinar-2022-01-13", "form": "csv"}),
    "newsletter:archive": (OPEN, {}),
    "newsletter:feed": (OPEN, {"form": "rss"}),
    "newsletter:subscribe": (OPEN, {}),
    "newsletter:asked": (OPEN, {}),
    "newsletter:desk": (MEETINGS, {}),
    "newsletter:figures": (frozenset({"secretariat", "editor", "administrator"}), {}),
    "newsletter:file": (frozenset({"secretariat", "editor", "administrator"}), {"form": "csv"}),
    "people:people": (NETWORK, {}),
    "people:organisation_roles": (frozenset({"administrator", "organisation_signer"}), {"key": "ullensaker-kommune"}),
    "mail:messages": (frozenset({"administrator"}), {}),
    "audit:trail": (frozenset({"administrator"}), {}),
    "shelf:list": (SHELF, {}),
    "ui:gallery": (OPEN, {}),
    "demo:mail": (OPEN, {}),
}
# Answers other than 200 to those who may: no worker beats in a test, and an icon lies elsewhere.
OTHERWISE = {"operations:healthz": 503, "machines:favicon": 302}
# Tested by their own rooms: changes by POST, signing in and one's own account need a state of their own.
ELSEWHERE = ("account_", "mfa_", "socialaccount_", "oidc_", "demo:sign_in", "portfolio:follow", "api:api-root", "?")
# Pages, the desk where they are written, and search with its word lists: tests/knowledge tries them role by role.
ELSEWHERE += ("search:", "comments:", "pages:", "pages_", "wagtail", "attachment", "simple_translation:")
ELSEWHERE_NAMES = {
    "visits:picture",
    "visits:social_picture",
    "people:person",
    "people:give",
    "people:end",
    "people:give_in",
    "shelf:item",
}
# The pages of those who keep the portfolio, a round or a price case, and of applicants: tests walk them role by role
# (test_editing*.py, test_rounds*.py, test_applying*.py, test_assessment*.py, test_guidance_rooms.py,
# test_piloting_pages.py, test_meetings*.py,
# tests/toolbox/test_pricing_access.py,
# test_forms_building.py).
EDITING = (
    "events:",
    "portfolio:",
    "applications:",
    "assessment:",
    "guidance:",
    "workspace:",
    "piloting:",
    "pricing:",
    "forms:",
    # test_newsletter*.py: a letter's own pages need a letter.
    "newsletter:",
    # test_surveys_pages.py: a survey's pages are its keepers' until it is published.
    "surveys:",
)


def names(patterns: list[URLPattern | URLResolver], inside: tuple[str, ...] = ()) -> Iterator[str]:
    """The name of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, (*inside, pattern.namespace) if pattern.namespace else inside)
        else:
            yield ":".join((*inside, pattern.name or "?"))


def test_every_address_has_somebody_who_may_enter():
    every = set(names(get_resolver().url_patterns))
    open_to_question = {
        name
        for name in every - set(DOORS) - ELSEWHERE_NAMES
        if not name.startswith(ELSEWHERE) and not name.startswith(EDITING)
    }
    assert not open_to_question
    assert not set(DOORS) - every


@pytest.mark.parametrize("name", sorted(DOORS))
def test_who_may_enter(name: str, portfolio: None, cast: dict[str, Client]) -> None:
    may, filled = DOORS[name]
    declared = {one.name for one in kept_in_browser()}
    try:
        address = reverse(name, kwargs=filled)
    except NoReverseMatch:
        pytest.fail(f"{name} takes other words than {filled}")
    for who, browser in cast.items():
        answer = browser.get(address)
        assert set(answer.cookies) <= declared, (name, who, "sets a cookie that no room declares")
        if who in may:
            assert answer.status_code == OTHERWISE.get(name, 200), (name, who, answer.status_code)
        elif may == KNOWN:
            assert answer.status_code in (302, 404), (name, who, answer.status_code)
        else:
            assert answer.status_code == 404, (name, who, answer.status_code)


@pytest.mark.parametrize("name", sorted(name for name, (may, _filled) in DOORS.items() if may < KNOWN))
def test_a_staff_role_without_a_second_factor_opens_nothing(
    name: str, portfolio: None, person: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    may, filled = DOORS[name]
    for role in sorted(may - {"organisation_signer", "project_leader", "project_member"}):
        browser = sign_in(person(Role(role)), second_factor=False)
        assert browser.get(reverse(name, kwargs=filled)).status_code in (302, 404), (name, role)


@pytest.mark.parametrize("name", sorted(name for name, (may, _filled) in DOORS.items() if may < KNOWN))
def test_a_role_that_ended_yesterday_opens_nothing(
    name: str, portfolio: None, person: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    may, filled = DOORS[name]
    for role in sorted(may):
        user = person(Role(role))
        RoleGrant.objects.filter(user=user).update(ends=timezone.localdate() - timedelta(days=1))
        assert sign_in(user).get(reverse(name, kwargs=filled)).status_code == 404, (name, role)
