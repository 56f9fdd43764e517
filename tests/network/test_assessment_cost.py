"""The workbench costs the same number of statements however many applications there are, and stays light."""

from datetime import timedelta
from uuid import uuid4

import pytest
from applying import HOSPITAL, MUNICIPALITY, place
from assessing import closed_round
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from helsevev.commons.forms.models import Sheet
from helsevev.network.applications.models import Application, Author, Partner
from helsevev.network.applications.rules.rounds_content import CriterionKind
from helsevev.network.assessment.models import Assessment, Note, Score, ScreeningAnswer
from helsevev.network.assessment.queries import desk

MOST_STATEMENTS, MOST_BYTES = 12, 120_000


def many(year, count: int) -> None:
    """Applications with everything that the list shows, written past the actions as there are so many."""
    first, now = year.one(), timezone.now()
    sheets = Sheet.objects.bulk_create(
        Sheet(version=first.sheet.version, room="applications", subject=str(n), language="nb", opened_by="x")
        for n in range(count)
    )
    rows = Application.objects.bulk_create(
        Application(
            round=first.round, number=100 + n, owner=first.owner, title=f"En søknad med en tittel som er lang nok, {n}",
            sheet=sheets[n], step="assessment", begun=uuid4(), made_by="x", first_sent_at=now - timedelta(days=1),
            last_sent_at=now,
        )
        for n in range(count)
    )  # fmt: skip
    Author.objects.bulk_create(
        Author(application=one, user=year.leader, organisation=first.owner, part="leader") for one in rows
    )
    Partner.objects.bulk_create(
        Partner(application=one, organisation=place(key)) for one in rows for key in (MUNICIPALITY, HOSPITAL)
    )
    conditions = desk.criteria(year.round, CriterionKind.ELIGIBILITY)
    ScreeningAnswer.objects.bulk_create(
        ScreeningAnswer(application=one, criterion=each, verdict="met", by="x") for one in rows for each in conditions
    )
    given = Assessment.objects.bulk_create(
        Assessment(application=one, user=year.people[who], assigned_by="x", given_at=now, advice="support")
        for one in rows
        for who in ("kari", "ola")
    )
    weighed = desk.criteria(year.round, CriterionKind.ASSESSED)
    Score.objects.bulk_create(
        Score(assessment=one, criterion=each, score=3, reason="Fordi.") for one in given for each in weighed
    )
    Note.objects.bulk_create(Note(application=one, text="Sagt.", by="x") for one in rows)


@pytest.mark.parametrize("count", [100, 300])
def test_sixty_of_many_in_twelve_statements_and_light(registers, person, sign_in, count):
    year = closed_round(person, sign_in, 1)
    many(year, count)
    browser, address = year.browsers["secretariat"], f"/en/assessment/rounds/{year.round.code}/"
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = browser.get(address)
    page = answer.content.decode()
    assert page.count("<tr>") == 61
    assert "Test assessor: Support" in page
    assert f"of {count + 1} applications" in page
    assert len(answer.content) <= MOST_BYTES
    assert len(asked) <= MOST_STATEMENTS, "\n".join(one["sql"][:300] for one in asked)
    narrowed = browser.get(address, {"assessed": "none"})
    assert "1 of" in narrowed.content.decode()
