"""A machine that dies while an application is sent leaves it sent in whole with its receipt, or not at all."""

import json
import os
import random
import signal
import subprocess
import sys
import time

from commons.installations import ROOT, Installation, kill_group, new_database

KILLS = 3
# Changing and sending without end, as the invented leader.
SENDER = """
from django.utils import timezone
from helsevev.commons.forms import actions as forms
from helsevev.network.applications.actions import applying_sending as sending
from helsevev.network.applications.models import Application
from helsevev.network.applications.queries import applying as asking
row = Application.objects.filter(step="received", first_sent_at__isnull=False).order_by("number").first()
begun = False
while True:
    sending.reopen(row, "sender", timezone.now())
    now = asking.one(row.key)
    n = now.submissions.count() + 1
    forms.save(now.sheet, [forms.Change("plan", f"Plan {n}", 10**6)], "sender")
    now = asking.one(row.key)
    seen = sending.Seen(now.sheet.revision, now.sheet.version_id, n - 1)
    sending.submit(now, "sender", seen, timezone.now())
    if not begun:
        begun = True
        print("begun", flush=True)
"""
STANDING = """
import json
from helsevev.commons.audit.models import Line
from helsevev.commons.audit.queries import report
from helsevev.commons.forms.models import BoundResponse
from helsevev.commons.forms.queries import answers, response_answers
from helsevev.commons.mail.models import Message
from helsevev.network.applications.models import Application
rows = Application.objects.select_related("sheet")
row = rows.filter(step="received", first_sent_at__isnull=False).order_by("number").first()
sent = list(row.submissions.order_by("number").select_related("response"))
print(json.dumps({
    "numbers": [one.number for one in sent],
    "plans": [response_answers(one.response)["plan"] for one in sent],
    "bound": BoundResponse.objects.filter(sheet=row.sheet).count(),
    "receipts": Message.objects.filter(key__startswith=f"receipt:{row.key}:").count(),
    "lines": Line.objects.filter(kind="application", key=str(row.key), verb="sent in").count(),
    "state": row.sheet.state,
    "plan": answers(row.sheet)["plan"],
    "step": row.step,
    "faults": [str(fault) for fault in report().faults],
}))
"""


def send_and_kill(here: Installation, seconds: float) -> None:
    """Let the sender work for a moment, then pull the plug."""
    code = f"import django; django.setup()\n{SENDER}"
    variables = {**here.environment, "DJANGO_SETTINGS_MODULE": "helsevev.config.settings"}
    running = subprocess.Popen(
        [sys.executable, "-c", code], env=variables, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert running.stdout
        assert running.stdout.readline() == "begun\n"
        time.sleep(seconds)
        assert running.poll() is None, "the sender stopped by itself"
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    finally:
        kill_group(running)


def test_a_sending_that_is_killed_leaves_before_or_after(tmp_path_factory):
    chance = random.Random(20261122)
    with new_database() as database:
        here = Installation(tmp_path_factory.mktemp("killed"), database, {"HELSEVEV_MODE": "demo"})
        here.prepare()
        counted = []
        for _ in range(KILLS):
            send_and_kill(here, chance.uniform(1.0, 2.5))
            now = json.loads(here.python(STANDING))
            check(now)
            counted.append(len(now["numbers"]))
        assert counted[-1] > counted[0] > 1, counted


def check(now: dict) -> None:
    """Every table tells of the same sendings, each with its receipt, and nothing that was typed is lost."""
    count = len(now["numbers"])
    assert now["numbers"] == list(range(1, count + 1))
    assert now["plans"][1:] == [f"Plan {n}" for n in range(2, count + 1)]
    assert now["bound"] == now["receipts"] == now["lines"] == count
    assert now["step"] == "received"
    assert now["faults"] == []
    if now["state"] == "bound":
        assert now["plan"] == now["plans"][-1]
    else:
        assert now["plan"] in (now["plans"][-1], f"Plan {count + 1}")
