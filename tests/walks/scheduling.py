"""Sends all walks to one of the test processes, as they share a server, and every other file to whichever is free.

Marks for `--dist loadgroup` would say the same, but pytest 9.2 no longer lets pytest-xdist 3.8 put a group into the
name of a test. To be imported by the topmost conftest: only there does the process that hands out the tests hear it.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

FOLDER = "tests/walks/"


class WalksTogether(LoadScopeScheduling):
    """What goes together: all the walks, and the tests of each other file, as they may share what was loaded."""

    def _split_scope(self, nodeid: str) -> str:
        return FOLDER if nodeid.startswith(FOLDER) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Heard by pytest-xdist."""
    return WalksTogether(config, log)
