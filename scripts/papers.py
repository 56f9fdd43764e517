"""The generated papers: written from the code (`write`), or compared with it (`check`), so that they can't go stale."""

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
os.environ.setdefault("HELSEVEV_DATA_DIR", str(ROOT / "build" / "papers"))
django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402

from helsevev.commons.people.rules import ROLE_NAMES, Permission, Role  # noqa: E402

MARK = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n\n"


def rooms() -> list[str]:
    """Every room, by its import name."""
    return [app for app in settings.INSTALLED_APPS if app.startswith("helsevev.")]


def permissions() -> str:
    """Who may do what, a table for each room."""
    lines = [
        "# Who may do what",
        "",
        "A role counts from its first day to its last. Staff roles count only with a second factor. ",
        '"own" means: only where the organisation in which the role is held takes part. ',
        "What isn't listed is refused.\n",
    ]
    for room in rooms():
        table = _attribute(f"{room}.rules", "PERMISSIONS")
        if table:
            lines += ["", f"## {room.rsplit('.', 1)[1]}", "", *_table(table)]
    return MARK + "\n".join(line.rstrip() for line in lines) + "\n"


def _attribute(module: str, name: str) -> object:
    """A module's attribute, or None where either is missing."""
    try:
        return getattr(importlib.import_module(module), name, None)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None


def _table(table: object) -> Iterator[str]:
    """One room's permissions as a Markdown table: a row for each action, a column for each role that has any."""
    assert isinstance(table, Mapping)
    table = {action: _permission(stated) for action, stated in table.items()}
    roles = [role for role in Role if any(role in p.anywhere | p.in_own for p in table.values())]
    heads = ["action", "everyone", "signed in", *(ROLE_NAMES[role] for role in roles)]
    yield "| " + " | ".join(heads) + " |"
    yield "|---" * len(heads) + "|"
    for action, permission in table.items():
        cells = ["yes" if permission.everyone else "", "yes" if permission.known or permission.everyone else ""]
        cells += [_cell(permission, role) for role in roles]
        yield "| " + " | ".join([action.replace("_", " "), *cells]) + " |"


def _permission(stated: Permission | frozenset[str]) -> Permission:
    """Rooms below people name roles as plain words."""
    return stated if isinstance(stated, Permission) else Permission(anywhere=frozenset(Role(word) for word in stated))


def _cell(permission: Permission, role: Role) -> str:
    """What one role may."""
    if permission.everyone or permission.known or role in permission.anywhere:
        return "yes"
    return "own" if role in permission.in_own else ""


def retention() -> str:
    """How long each of our tables keeps what it holds."""
    rows = ["| table | keeps until | days | fields that tell of a person |", "|---|---|---|---|"]
    for model in sorted(apps.get_models(), key=lambda m: m._meta.db_table):
        keeping = getattr(model, "keeping", None)
        if keeping:
            table = model._meta.db_table
            rows.append(f"| {table} | {keeping.until} | {keeping.days or ''} | {', '.join(keeping.personal)} |")
    head = (
        "# How long it is kept\n\n`helsevev check retention` shows the same with the number of rows, "
        "also for the tables of the packages we use.\n\n"
    )
    return MARK + head + "\n".join(rows) + "\n"


def portfolio_schema() -> str:
    """The shape of the file that `helsevev load portfolio` takes."""
    forms = importlib.import_module("helsevev.network.portfolio.forms")
    return json.dumps(forms.json_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def openapi() -> str:
    """The API's own description."""
    api = importlib.import_module("helsevev.front.api").api
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def notices() -> str:
    """Third-party packages that the product runs with, and their licences."""
    lines = [
        "# Third-party notices\n",
        "What Helsevev runs with, and under which licence each comes. Licence texts come with the packages.\n",
    ]
    lines += ["## Python\n", "| package | licence |", "|---|---|"]
    for name in sorted(_locked(ROOT / "requirements" / "base.lock")):
        lines.append(f"| {name} | {_licence(name)} |")
    lines += ["", "## Front end\n", "| package | licence |", "|---|---|"]
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))["packages"]
    for name, about in sorted(packages.items()):
        if name and not about.get("dev"):
            lines.append(f"| {name.removeprefix('node_modules/')} | {about.get('license', 'see the package')} |")
    inter = (
        "Inter, by The Inter Project Authors, under OFL-1.1: helsevev/core/charts/fonts/OFL.txt, "
        "and with more letters helsevev/core/papers/fonts/OFL.txt."
    )
    lines += ["", "## Fonts\n", inter]
    return MARK + "\n".join(lines) + "\n"


def _locked(lock: Path) -> set[str]:
    """Package names in a lock that this machine has (a lock also names packages of other systems)."""
    names = {line.split("==")[0] for line in lock.read_text("utf-8").splitlines() if "==" in line and line[0] != " "}
    return names - {"colorama", "tzdata", "importlib-metadata", "zipp", "pywin32"}


def _licence(name: str) -> str:
    """The licence as the package states it."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "see the package"
    stated = about.get("License-Expression") or ""
    classed = [c.rsplit(" :: ", 1)[1] for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
    short = (about.get("License") or "").strip().splitlines()
    return stated or ", ".join(classed) or (short[0] if short else "see the package")


PAPERS: Mapping[str, Callable[[], str]] = {
    "docs/permissions.md": permissions,
    "docs/retention.md": retention,
    "docs/portfolio.schema.json": portfolio_schema,
    "docs/openapi.json": openapi,
    "THIRD-PARTY.md": notices,
}


def main(mode: str) -> int:
    """Write every paper, or name those that differ from the code."""
    stale = []
    for name, make in PAPERS.items():
        path = ROOT / name
        text = make()
        if mode == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        print(f"Out of date: {', '.join(stale)}. Say `make docs`, and look at what changed.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
