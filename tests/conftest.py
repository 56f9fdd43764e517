"""The fixed cast and the ground that all tests stand on."""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

# Tests never touch the checkout's own data folder.
os.environ.setdefault("HELSEVEV_DATA_DIR", tempfile.mkdtemp(prefix="helsevev-test-"))
os.environ.setdefault("HELSEVEV_MODE", "demo")
Path(os.environ["HELSEVEV_DATA_DIR"]).mkdir(parents=True, exist_ok=True)

# No test is judged by the clock: a busy machine is not a fault.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
