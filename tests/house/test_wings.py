"""Any wing can be left out: the house starts, and its checks pass, without it."""

import os
import subprocess
import sys

import pytest

from helsevev.config.rooms import WINGS

PROBE = """
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
call_command("check", fail_level="WARNING")
browser = Client(headers={"host": "localhost"})
for path in ["/nb/", "/nb/about/", "/nb/api/", "/nb/organisations/", "/api/v1/openapi.json", "/sitemap.xml"]:
    assert browser.get(path).status_code == 200, path
"""


# A wing without rooms leaves nothing out.
@pytest.mark.parametrize("wing", [wing for wing, rooms in WINGS.items() if rooms])
def test_the_house_stands_without_a_wing(wing, tmp_path):
    environment = os.environ | {
        "HELSEVEV_LEAVE_OUT": wing,
        "HELSEVEV_DATA_DIR": str(tmp_path),
        "HELSEVEV_MODE": "embedded",
        "DJANGO_SETTINGS_MODULE": "helsevev.config.settings",
    }
    prepared = subprocess.run(
        [sys.executable, "-m", "helsevev.config.command", "prepare"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert prepared.returncode == 0, prepared.stderr
    done = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
