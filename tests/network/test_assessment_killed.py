"""A machine that dies in the middle of a batch of letters has sent all of them or none, and none twice afterwards."""

import json
import os
import signal
import subprocess
import sys
import time

from commons.installations import ROOT, Installation, kill_group, new_database

BEGIN = """
import sys
sys.path[:0] = ["tests", "tests/network"]
from datetime import date
from django.test import Client
from helsevev.commons.people.actions import load_registers
from helsevev.commons.people.models import Organisation, RoleGrant, User
from helsevev.commons.people.rules import IN_ORGANISATION
load_registers()
def person(role, organisation="ullensaker-kommune"):
    user = User.objects.create_user(f"{role}.{User.objects.count()}@example.invalid", name="Test")
    place = Organisation.objects.get(key=organisation) if role in IN_ORGANISATION else None
    RoleGrant.objects.create(user=user, role=role, organisation=place, starts=date(2020, 1, 1), granted_by="x")
    return user
from assessing import closed_round, decided
from helsevev.network.applications.rules.rounds_content import Outcome
year = closed_round(person, lambda user: Client(), 6)
decided(year, *[Outcome.DECLINED] * 6)
from helsevev.network.assessment.actions import letters
from helsevev.network.assessment.models import Letter
letters.make_all(year.round, year.by)
for one in Letter.objects.all():
    letters.change(one, one.subject, one.body, year.by, one.revision)
"""
SEND = """
from helsevev.network.applications.models import Round
from helsevev.network.assessment.actions import letters
print("begun", flush=True)
letters.send_all(Round.objects.get(year=2026, number=2), "x")
print("done", flush=True)
"""
STANDING = """
import json
from helsevev.commons.mail.models import Message
from helsevev.network.assessment.models import Letter, LetterCopy
from helsevev.network.assessment.rules.letters import seal
print(json.dumps({
    "sent": Letter.objects.filter(sent_at__isnull=False).count(),
    "sealed": all(one.digest == seal(one.subject, one.body) for one in Letter.objects.exclude(digest="")),
    "messages": Message.objects.filter(kind="decision").count(),
    "copies": LetterCopy.objects.count(),
}))
"""
KILLS, EVERY = 4, 6


def test_a_killed_batch_is_whole_or_nothing_and_never_sent_twice(tmp_path):
    with new_database() as database:
        installation = Installation(tmp_path / "data", database)
        installation.prepare()
        installation.python(BEGIN)
        for turn in range(KILLS):
            _killed(installation, 0.02 * turn)
            found = json.loads(installation.python(STANDING))
            assert found["sealed"]
            assert found["sent"] == found["messages"] == found["copies"], found
            assert found["sent"] in (0, EVERY)
        for _again in range(2):
            installation.python(SEND)
        found = json.loads(installation.python(STANDING))
        assert (found["sent"], found["messages"], found["copies"]) == (EVERY, EVERY, EVERY)


def _killed(installation: Installation, after: float) -> None:
    """Begin to send, and die a moment later."""
    process = subprocess.Popen(
        [sys.executable, "-c", f"import django; django.setup()\n{SEND}"],
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "helsevev.config.settings"},
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    kill_group(process)
