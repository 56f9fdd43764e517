"""Finds a browser for the tests, and says in one loud line when there is none.

In this order: a browser already on the machine, the system's package where the user already is root, the test
tool's own download. It never asks for root. What it finds is written to build/browser.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOUND = Path("build/browser")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


def on_the_machine() -> str | None:
    """A browser that is installed already."""
    return os.environ.get("HELSEVEV_BROWSER") or next((path for name in NAMES if (path := shutil.which(name))), None)


def from_the_system() -> str | None:
    """The system's package, only where the user is root already."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing the system's Chromium.", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        if subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            return None
    return on_the_machine()


def from_the_test_tool() -> str | None:
    """The test tool's own browser."""
    print("Fetching the test tool's own browser.", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, text=True, check=False
    )
    return "playwright" if done.returncode == 0 else None


def main() -> int:
    """Find one; in CI the lack of one is a failure."""
    FOUND.parent.mkdir(exist_ok=True)
    browser = on_the_machine() or from_the_system() or from_the_test_tool()
    FOUND.write_text(browser or "", encoding="utf-8")
    if browser:
        print(f"Browser for the tests: {browser}.")
        return 0
    print("NO BROWSER FOUND: THE BROWSER TESTS ARE SKIPPED. Install Chromium, or set HELSEVEV_BROWSER to one.")
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
