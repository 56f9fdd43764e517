"""What a round leaves goes in time: shown before, done by the worker or when asked, and the figures stay."""

from datetime import timedelta

import pytest
from applying import MUNICIPALITY, begun, filled, place
from assessing import AT, closed_round, decided, screened
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from helsevev.commons.audit.models import Line
from helsevev.commons.files import actions as files
from helsevev.commons.files.models import StoredFile
from helsevev.commons.forms.models import Answer, BoundResponse, Sheet
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.operations.actions.purging import purge
from helsevev.commons.people.rules import Role
from helsevev.core.words import Refused
from helsevev.network.applications import models as applications
from helsevev.network.applications.models import Application, Author, PanelMember, Round
from helsevev.network.applications.rules.rounds_content import Outcome
from helsevev.network.assessment import models as assessment
from helsevev.network.assessment.actions import judging, letters, publishing, retention
from helsevev.network.assessment.models import (
    Assessment,
    Declaration,
    KeptFigures,
    KeptScore,
    Letter,
    Placement,
    Score,
)
from helsevev.network.assessment.queries import closed, desk, scores
from helsevev.network.assessment.queries import retention as asking
from helsevev.network.assessment.rules import retention as rules
from helsevev.network.assessment.rules.retention import Stage

YEAR = timedelta(days=366)
SECRETARIAT = frozenset({Role.SECRETARIAT})


@pytest.fixture
def year(portfolio, person, sign_in):
    """A round through to its published awards, with a draft that was never sent, letters, files, notes and ties."""
    found = closed_round(person, sign_in, 3)
    _draft(found)
    decided(found, Outcome.TAILORED, Outcome.DECLINED, Outcome.RESERVE)
    for one in found.applications:
        files.store(b"%PDF-1.7 x", name="x.pdf", owner_kind="application", owner_key=str(one.key), by="x")
    judging.note(found.one(), "Sagt i møtet.", found.by)
    Declaration.objects.filter(user=found.people["ola"], application=found.one(2)).update(
        conflict=True, reason="Min svoger."
    )
    letters.make_all(found.round, found.by)
    for one in Letter.objects.all():
        letters.change(one, one.subject, one.body, found.by, one.revision)
    letters.send_all(found.round, found.by)
    publishing.publish(found.round, found.by, SECRETARIAT)
    letters.ask(found.one(1), "Hva manglet?", "leader")
    found.round = Round.objects.get(pk=found.round.pk)
    return found


def _draft(year) -> Application:
    """Somebody began, and never sent."""
    now = timezone.now()
    Round.objects.filter(pk=year.round.pk).update(closes_at=now + timedelta(hours=1))
    draft = begun(Round.objects.get(pk=year.round.pk), year.leader, "Aldri sendt")
    filled(draft)
    Round.objects.filter(pk=year.round.pk).update(closes_at=now - timedelta(minutes=1))
    return draft


def aged(year, **ago) -> None:
    """The round closed and was decided so long ago."""
    then = timezone.now() - timedelta(**ago)
    times = {"opens_at": then - timedelta(days=60), "closes_at": then - timedelta(days=30), "decides_at": then}
    Round.objects.filter(pk=year.round.pk).update(decided_at=then, **times)
    year.round = Round.objects.get(pk=year.round.pk)


def rows_about(year) -> dict[str, int]:
    """How many rows tell of the round's applications, by table; those that stay left out."""
    found = {}
    for models in (applications, assessment):
        for name in models.__all__:
            model = getattr(models, name)
            names = {field.name for field in model._meta.get_fields()}
            if "application" in names:
                found[name] = model.objects.filter(application__round=year.round).count()
    found["Application"] = Application.objects.filter(round=year.round).count()
    return found


def test_in_the_end_nothing_of_the_applications_is_left_but_the_figures(year):
    figures, units = asking.figures(year.round), scores.units(year.round)
    sheets = set(Sheet.objects.values_list("pk", flat=True))
    keys = [str(one.key) for one in Application.objects.filter(round=year.round)]
    assert len(keys) == 4
    assert min(rows_about(year)[name] for name in ("Submission", "Letter", "Note", "Question", "BoardStep"))
    aged(year, days=366 * 5 + 40)
    assert retention.forget_due() == 3
    assert {name: count for name, count in rows_about(year).items() if count} == {}
    assert not Sheet.objects.filter(pk__in=sheets).exists()
    assert not Answer.objects.exists()
    assert not BoundResponse.objects.exists()
    assert not StoredFile.objects.exclude(state="erased").exists()
    assert not any("Min svoger" in line.detail or "Sagt i" in line.detail for line in Line.objects.all())
    # What stays: the project, the figures as they were, and each criterion's scores, of nobody.
    assert Initiative.objects.filter(key__startswith="award-").count() == 1
    assert asking.figures(year.round) == figures
    kept = asking.kept_units(year.round)
    assert {code: sorted(map(sorted, rows)) for code, rows in kept.items()} == {
        code: sorted(map(sorted, rows)) for code, rows in units.items()
    }
    page = year.browsers["secretariat"].get(f"{AT}rounds/{year.round.code}/figures/").content.decode()
    assert "These figures were kept" in page
    assert retention.forget_due() == 0
    for name in ("", "scores/", "board/", "minutes/", "letters/", "sharing/", "publishing/"):
        assert year.browsers["secretariat"].get(f"{AT}rounds/{year.round.code}/{name}").status_code == 200, name


def test_drafts_go_first_then_who_assessed_and_the_rest_stays(year):
    figures = asking.figures(year.round)
    aged(year, days=366 + 40)
    assert retention.forget_due() == 1
    assert not Application.objects.filter(title="Aldri sendt").exists()
    assert Author.objects.filter(application__round=year.round).count() == 3
    aged(year, days=366 * 2 + 40)
    ties = {one.pk: closed.is_closed(one, str(year.people["ola"].key)) for one in year.applications}
    assert retention.forget_due() == 1
    given = Assessment.objects.filter(application__round=year.round)
    assert given.count() == 6
    assert not given.exclude(user=None).exists()
    assert not given.exclude(sheet=None).exists()
    assert len(set(given.values_list("seat", flat=True))) == 2
    assert Score.objects.filter(assessment__in=given).count()
    assert not PanelMember.objects.filter(round=year.round).exists()
    # Whom to keep away is still known; why, and who said that they have no ties, isn't.
    assert [one.reason for one in Declaration.objects.filter(application__round=year.round)] == [""]
    assert {one.pk: closed.is_closed(one, str(year.people["ola"].key)) for one in year.applications} == ties
    assert asking.figures(year.round) == figures
    page = year.browsers["secretariat"].get(f"{AT}applications/{year.one().key}/").content.decode()
    assert "Assessor 1" in page
    assert "Test assessor" not in page


def test_it_is_shown_before_and_done_when_asked_but_not_before_it_is_due(year):
    secretary, address = year.browsers["secretariat"], f"{AT}retention/"
    page = secretary.get(address).content.decode()
    assert "Nothing is due." in page
    assert "Applications: 1, People who wrote them: 1" in page
    assert secretary.post(f"{address}{year.round.code}/drafts/", {"seen": "1.0.1"}).status_code == 409
    assert Application.objects.filter(title="Aldri sendt").exists()
    aged(year, days=340)
    assert retention.forget_due() == 0, "it hasn't been shown for a month"
    asked = secretary.get(f"{address}{year.round.code}/drafts/")
    assert "Applications: 1" in asked.content.decode()
    stale = secretary.post(f"{address}{year.round.code}/drafts/", {"seen": "2.0.1"})
    assert "has changed since you saw it" in stale.content.decode()
    assert secretary.post(f"{address}{year.round.code}/drafts/", {"seen": "1.0.1"}).status_code == 302
    assert not Application.objects.filter(title="Aldri sendt").exists()
    assert KeptFigures.objects.get(round=year.round).by == year.by
    assert secretary.get(f"{address}{year.round.code}/drafts/").status_code == 404
    line = Line.objects.filter(verb="kept long enough").get()
    assert '"applications":1' in line.detail
    for who in ("leader", "kari", "resource", "steering"):
        assert year.browsers[who].get(address).status_code == 404
        assert year.browsers[who].post(f"{address}{year.round.code}/persons/", {"seen": ""}).status_code == 404


def test_a_stop_in_the_middle_goes_on_where_it_was(year):
    figures = asking.figures(year.round)
    aged(year, days=366 * 5 + 40)
    retention.forget_due(timezone.now())
    assert asking.figures(year.round) == figures
    # As if the machine had stopped after the first: the figures are those of the whole, and what is left goes too.
    kept = KeptScore.objects.count()
    left = begun_again(year)
    KeptFigures.objects.filter(stage=Stage.APPLICATIONS).update(done_at=None)
    assert retention.forget_due() == 1
    assert not Application.objects.filter(pk=left.pk).exists()
    assert asking.figures(year.round) == figures
    assert KeptScore.objects.count() == kept


def begun_again(year) -> Application:
    """An application that a stop has left behind."""
    by = {"room": "applications", "subject": "x", "language": "nb", "opened_by": "x"}
    sheet = Sheet.objects.create(version=year.round.form, **by)
    told = {"owner": place(MUNICIPALITY), "title": "x", "step": "decided", "begun": sheet.key, "made_by": "x"}
    now = timezone.now()
    return Application.objects.create(
        round=year.round, number=99, sheet=sheet, first_sent_at=now, last_sent_at=now, **told
    )  # fmt: skip


def test_the_nightly_deletion_takes_discarded_sheets_and_meets_nothing_in_its_way(portfolio, person, sign_in):
    year = closed_round(person, sign_in, 1)
    screened(year)
    judging.share_out(year.round, 1, None, year.by)
    row = Assessment.objects.select_related("user").get()
    judging.declare(row.application, row.user, conflict=False, reason="")
    row = judging.begin(row, str(row.user.key), "nb")
    sheet = row.sheet
    judging.take_back(row, year.by)
    sheet.refresh_from_db()
    assert sheet.state == "discarded"
    Sheet.objects.filter(pk=sheet.pk).update(discarded_at=timezone.now() - timedelta(days=31))
    purge()
    with pytest.raises(ObjectDoesNotExist):
        sheet.refresh_from_db()
    assert Application.objects.filter(pk=year.one().pk, sheet__state="bound").exists()
    with pytest.raises(Refused):
        retention.forget(year.round, Stage.APPLICATIONS, year.by, "")
    assert timedelta(days=30) == rules.SHOWN
    assert not Placement.objects.exists()
    assert desk.board(year.round).state == "open"
