"""A small bank of texts that the tests of the knowledge bank share."""

from pathlib import Path

TOOL = """+++
title = "{title}"
lead = "{lead}"
phases = ["insight"]
themes = ["barsel"]
patient_groups = ["BU"]
takes = "En time"
licence = "CC BY 4.0"
version = "1.0"
contact_role = "Rådgiver"
published_on = 2026-03-01
{files}
+++
## {heading}

Snakk med **fem** pasienter. Se [veilederen](/knowledge/barn-og-unge/).

:::warning title="Husk"
Samtykke først.
:::

| Hvem | Når |
|---|---|
| Pasient | uke 1 |
"""


def text(title: str, *, lead: str = "Spør så de svarer.", heading: str = "Slik gjør du", files: str = "") -> str:
    return TOOL.format(title=title, lead=lead, heading=heading, files=files)


def write(folder: Path, name: str, content: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
