"""The secretariat's list of a round with 1,000 applications, sixty on a page: prints one JSON object.

    python benchmarks/workbench.py            1,000 applications
    python benchmarks/workbench.py 200        fewer, for a quick look

Each application has a lead, two partners, every condition screened, two assessments given with a score and a reason
for each criterion, and five notes; written past the actions as there are so many. A page of the list shows lead,
status, screening labels, assessors with what they recommend, mean score, number of notes, and facets with counts.
"""

import json
import os
import resource
import sys
from uuid import uuid4

import django

# The invented people of the demonstration are who sits on the panel.
os.environ["HELSEVEV_MODE"] = "demo"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from portfolio import calibration, measure, quietly  # noqa: E402

from helsevev.commons.forms.models import Sheet  # noqa: E402
from helsevev.commons.people.models import Organisation, User  # noqa: E402
from helsevev.network.applications.models import Application, Author, Partner, Round  # noqa: E402
from helsevev.network.applications.rules.rounds_content import CriterionKind  # noqa: E402
from helsevev.network.assessment.models import Assessment, Note, Score, ScreeningAnswer  # noqa: E402
from helsevev.network.assessment.queries import desk  # noqa: E402
from helsevev.network.assessment.rules.scoring import Advice  # noqa: E402

BATCH = 2_000
NOTES = 5
PARTNERS = ("ullensaker-kommune", "akershus-universitetssykehus")
VERDICTS = ("met", "met", "met", "unclear", "not_met")


def round_at_work() -> Round:
    """The demonstration's round that is being assessed."""
    found = Application.objects.filter(assessments__isnull=False).order_by("-round__pk").first()
    assert found is not None, "the demonstration has no round at work"
    return found.round


def grow(round_: Round, size: int) -> None:
    """Bring the round to `size` applications with everything that its list shows."""
    wanted = size - desk.listed(round_).count()
    like, now = desk.listed(round_).select_related("sheet").first(), timezone.now()
    assert like is not None
    leaders = list(User.objects.filter(is_demo=True).order_by("pk")[:6])
    sheets = Sheet.objects.bulk_create(
        Sheet(version=like.sheet.version, room="applications", subject=f"bench {n}", language="nb", opened_by="bench")
        for n in range(wanted)
    )
    rows = Application.objects.bulk_create(
        Application(
            round=round_, number=1_000 + n, owner=like.owner, title=f"Oppdiktet søknad om oppfølging hjemme, {n}",
            sheet=sheets[n], step=like.step, begun=uuid4(), made_by="bench", first_sent_at=now, last_sent_at=now,
        )
        for n in range(wanted)
    )  # fmt: skip
    Author.objects.bulk_create(
        Author(application=one, user=leaders[n % len(leaders)], organisation=one.owner, part=Author.Part.LEADER)
        for n, one in enumerate(rows)
    )
    partners = list(Organisation.objects.filter(key__in=PARTNERS))
    Partner.objects.bulk_create(Partner(application=one, organisation=two) for one in rows for two in partners)
    judge(round_, rows, leaders)


def judge(round_: Round, rows: list[Application], people: list[User]) -> None:
    """Screened, assessed by two, and talked about."""
    conditions = desk.criteria(round_, CriterionKind.ELIGIBILITY)
    weighed = desk.criteria(round_, CriterionKind.ASSESSED)
    advice, now = tuple(Advice), timezone.now()
    ScreeningAnswer.objects.bulk_create(
        ScreeningAnswer(application=one, criterion=each, verdict=VERDICTS[n % len(VERDICTS)], by="bench")
        for n, one in enumerate(rows)
        for each in conditions
    )
    given = Assessment.objects.bulk_create(
        Assessment(
            application=one, user=people[(n + place) % len(people)], assigned_by="bench", given_at=now,
            advice=advice[(n + place) % len(advice)],
        )
        for n, one in enumerate(rows)
        for place in range(2)
    )  # fmt: skip
    scores = (
        Score(assessment=one, criterion=each, score=1 + n % len(each.levels), reason="Fordi.")
        for n, one in enumerate(given)
        for each in weighed
    )
    Score.objects.bulk_create(scores, batch_size=BATCH)
    notes = (Note(application=one, text="Sagt.", by="bench") for one in rows for _note in range(NOTES))
    Note.objects.bulk_create(notes, batch_size=BATCH)


def secretary() -> Client:
    """A browser in which a secretary of the demonstration has signed in."""
    client = Client(headers={"accept-language": "nb"}, SERVER_NAME="127.0.0.1")
    user = User.objects.get(email="secretariat@example.invalid")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def main(size: int) -> None:
    """Grow, measure, tell."""
    before = calibration()
    quietly(lambda: call_command("prepare", verbosity=0))
    round_ = round_at_work()
    grow(round_, size)
    client, address = secretary(), f"/nb/assessment/rounds/{round_.code}/"
    found = {
        "size": desk.listed(round_).count(),
        "page": measure(address, client),
        "narrowed": measure(f"{address}?assessed=all&screening=met", client),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "calibration_ms": [before, calibration()],
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
