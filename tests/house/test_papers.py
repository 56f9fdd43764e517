"""The papers agree with the code, and every word has its translations."""

import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)


def test_generated_papers_are_current():
    done = run("scripts/papers.py", "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_word_is_translated():
    done = run("scripts/words.py", "check")
    assert done.returncode == 0, done.stdout


def test_a_missing_translation_fails(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import words

    for book in words.books():
        lacking = words.catalog.Catalog()
        lacking.add("A sentence that nobody has translated")
        told = list(words.faults(book._replace(wanted=lambda lacking=lacking: lacking)))
        assert any("A sentence that nobody" in fault for fault in told), book.path


def test_every_model_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    ours = [model for model in apps.get_models() if model.__module__.startswith("helsevev.")]
    with translation.override("en"):
        missing = [m.__name__ for m in ours if str(m._meta.verbose_name) not in glossary]
    assert not missing


def test_no_addresses_in_locks():
    for lock in [*(ROOT / "requirements").glob("*.lock"), *ROOT.glob("*/package-lock.json")]:
        text = lock.read_text(encoding="utf-8")
        assert '"resolved"' not in text, lock
        assert "index-url" not in text, lock
        if lock.suffix == ".lock":
            assert "http" not in text, lock
            names = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]
            assert text.count("--hash=sha256:") >= len(names), lock
