"""One bank for each module of these tests: roots, groups and three texts."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from docx import Document
from knowledge.banking import text, write

from helsevev.commons.initiatives.actions import load_taxonomy
from helsevev.knowledge.pages.actions.planting import plant, plant_roots


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts as files."""
    folder = tmp_path_factory.mktemp("bank")
    made = Document()
    made.add_paragraph("Intervjuguide")
    made.add_paragraph("Kvernsteinsordet står bare i fila.")
    held = BytesIO()
    made.save(held)
    (folder / "files").mkdir()
    (folder / "files" / "guide.docx").write_bytes(held.getvalue())
    files = 'files = [{file = "guide.docx", label = "Mal"}]'
    write(folder, "tool/intervjuguide.nb.md", text("Intervjuguide", files=files))
    write(folder, "tool/intervjuguide.en.md", text("Interview guide", lead="Ask so they answer.", heading="How to"))
    plain = text("Om nettverket", heading="Hva vi gjør")
    for line in ('takes = "En time"', 'licence = "CC BY 4.0"', 'version = "1.0"'):
        plain = plain.replace(f"{line}\n", "")
    write(folder, "about/om-nettverket.nb.md", plain)
    return folder


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker, texts: Path) -> Iterator[None]:
    """The bank, once for the module; tests' own changes are taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_taxonomy()
        plant_roots()
        plant(texts, lambda _said: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def bank(planted: None, db: None) -> None:
    """The bank, for one test."""
