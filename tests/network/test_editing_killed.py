"""A machine that dies in the middle of a save leaves the project as it was, or as it became; never in between."""

import json
import os
import random
import signal
import subprocess
import sys
import time

from commons.installations import ROOT, Installation, kill_group, new_database

KILLS = 2
# Edits without end: each one touches every sort of field, so that a half save would be seen.
EDITOR = """
from uuid import uuid4
from django.urls import get_resolver
from helsevev.commons.people.models import User
from helsevev.network.portfolio.actions import Sending, Wanted, keep, save, Window
from helsevev.network.portfolio.models import Project
user = User.objects.get(email="editor@example.invalid")
get_resolver().reverse_dict  # reading every room's addresses takes longer than a save, and is no part of one
print("begun", flush=True)
while True:
    project = Project.objects.get(initiative__key="mila-2026")
    n = project.version + 1
    window = Window(str(uuid4()), force=True)
    keep(user, project, {"title_en": f"Title {n}"}, project.version, window)
    wanted = {
        "title": f"Tittel {n}", "title_en": f"Title {n}", "summary_en": f"Summary {n}", "award_year": 1990 + n % 100,
        "partners": ["Oslo kommune", "Bergen kommune"][: 1 + n % 2], "figures": {"turn": {"value": n}},
        "log": [{"on": "2025", "en": f"Log {n}"}], "milestones": [{"title": f"Milestone {n}"}],
        "themes": ["COPD", "ADHD"][: 1 + n % 2], "phases": [{"phase": "piloting", "on": str(1990 + n % 100)}],
    }
    save(Sending(user, uuid4(), project, project.version), Wanted(wanted))
"""
ACCOUNT = """
from helsevev.commons.people.models import User
User.objects.create_user("editor@example.invalid", name="Editor")
"""
# What stands now, told from every table that a save writes.
STANDING = """
import json
from helsevev.commons.audit.models import Line
from helsevev.commons.audit.queries import report
from helsevev.commons.finding import queries as finding
from helsevev.commons.shelf.models import Item
from helsevev.network.portfolio import queries
from helsevev.network.portfolio.models import Draft, Project, Revision, Sent
project = Project.objects.get(initiative__key="mila-2026")
lines = Line.objects.filter(kind="project", key="mila-2026").order_by("-number")
print(json.dumps({
    "fields": queries.fields("mila-2026"),
    "version": project.version,
    "revisions": list(project.revisions.order_by("number").values_list("number", flat=True)),
    "last": project.revisions.first().changes,
    "trail": json.loads(lines.first().detail)["revision"],
    "lines": lines.count(),
    "faults": [str(fault) for fault in report().faults] + [str(fault) for fault in finding.faults()],
    "shelf": list(Item.objects.filter(key="mila-2026", withdrawn_at=None).values_list("title", flat=True)),
    "sent": Sent.objects.count(),
    "drafts": list(Draft.objects.values_list("base_version", flat=True)),
}))
"""


def edit_and_kill(here: Installation, seconds: float) -> None:
    """Let the editor work for a moment, then pull the plug."""
    code = f"import django; django.setup()\n{EDITOR}"
    variables = {**here.environment, "DJANGO_SETTINGS_MODULE": "helsevev.config.settings"}
    running = subprocess.Popen(
        [sys.executable, "-c", code], env=variables, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert running.stdout
        assert running.stdout.readline() == "begun\n"
        time.sleep(seconds)
        assert running.poll() is None, "the editor stopped by itself"
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    finally:
        kill_group(running)


def test_a_save_that_is_killed_leaves_before_or_after(tmp_path_factory):
    chance = random.Random(20261122)
    with new_database() as database:
        here = Installation(tmp_path_factory.mktemp("killed"), database, {"HELSEVEV_MODE": "embedded"})
        here.prepare()
        done = here.run("load", "portfolio", "data/portfolio.json")
        assert done.code == 0, done.err
        here.python(ACCOUNT)
        versions = []
        for _ in range(KILLS):
            edit_and_kill(here, chance.uniform(0.2, 1.2))
            now = json.loads(here.python(STANDING))
            versions.append(now["version"])
            check(now)
        assert versions[-1] > versions[0] > 1, versions


def check(now: dict) -> None:
    """Every table tells of the same version."""
    version, fields = now["version"], now["fields"]
    assert now["revisions"] == list(range(1, version + 1))
    assert now["trail"] == version
    assert now["lines"] == version
    assert now["sent"] == version - 1
    assert now["faults"] == []
    assert now["shelf"] == [fields["title"]]
    assert len(now["drafts"]) <= 1
    if version > 1:
        assert fields["title"] == f"Tittel {version}"
        assert fields["summary_en"] == f"Summary {version}"
        assert fields["figures"]["turn"]["value"] == version
        assert [entry["en"] for entry in fields["log"]] == [f"Log {version}"]
        assert [one["title"] for one in fields["milestones"]] == [f"Milestone {version}"]
        assert len(fields["partners"]) == len(fields["themes"]) == 1 + version % 2
        assert all(fields[name] == pair["after"] for name, pair in now["last"].items())
