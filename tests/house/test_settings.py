"""The manual names every setting that is read, and none that isn't."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = r"HELSEVEV_[A-Z0-9]+(?:_[A-Z0-9]+)*"


def test_the_manual_and_the_code_know_the_same_settings() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "helsevev").rglob("*.py"))
    manual = (ROOT / "docs" / "manual" / "settings.md").read_text(encoding="utf-8")
    read = set(re.findall(rf'"({NAMED})"', code))
    told = set(re.findall(rf"`({NAMED})`", manual))
    assert len(read) > 30
    assert read - told == set()
    assert told - read == set()
