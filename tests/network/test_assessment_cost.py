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
from helsevev.commons.people.models import Organisation, User
from helsevev.network.applications.models import Application, Author, Criterion, Partner
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


def test_what_the_list_says_is_what_stands_in_the_tables_and_nothing_in_it_is_trusted(registers, person, sign_in):
    year = closed_round(person, sign_in, 1)
    many(year, 2)
    first, second, third = Application.objects.filter(round=year.round).order_by("number")
    evil = "<script>alert(1)</script>"
    Application.objects.filter(pk=second.pk).update(title=f"Evil {evil}", step=evil[:40])
    Organisation.objects.filter(pk=second.owner_id).update(name=f"Owner {evil}")
    User.objects.filter(pk=year.leader.pk).update(name=f"Lead {evil}")
    User.objects.filter(pk=year.people["kari"].pk).update(name=f"Kari {evil}")
    condition = desk.criteria(year.round, CriterionKind.ELIGIBILITY)[0]
    Criterion.objects.filter(pk=condition.pk).update(names={"en": f"Condition {evil}"})
    ScreeningAnswer.objects.filter(application=second, criterion=condition).update(verdict="not_met")
    Partner.objects.filter(application=third).update(taken_back_at=timezone.now())
    Assessment.objects.filter(application=third, user=year.people["ola"]).update(given_at=None, advice="")
    address = f"/en/assessment/rounds/{year.round.code}/"

    def rows(**asked):
        page = year.browsers["secretariat"].get(address, asked).content.decode()
        assert evil not in page
        return [one.split("</tr>")[0] for one in page.split("<tr>")[2:]]

    plain, marked, back = rows()
    assert f"/en/assessment/applications/{first.key}/" in plain
    assert ">Screen</a>" in plain
    assert "–" in plain
    for said in ("Evil &lt;script", "Owner &lt;script", "Lead &lt;script", "Kari &lt;script", "Condition &lt;script"):
        assert said in marked
    assert f"/en/assessment/applications/{second.key}/" in marked
    assert 'data-color="danger">Condition' in marked
    assert 'data-color="success">' in marked
    assert "Support<br>" in marked
    assert "Confirmation taken back" in back
    assert "Not given" in back
    assert [len(rows(screening=one)) for one in ("met", "not_met", "unclear", "not_screened")] == [1, 1, 0, 1]
    assert [len(rows(assessed=one)) for one in ("all", "some", "none")] == [1, 1, 1]
    assert len(rows(screening=["met", "not_met"], assessed="all")) == 1
