"""What an import checker can't see: foreign keys, migrations and URL names obey the same order as imports."""

import configparser
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["core", "commons", "network|knowledge|toolbox|services", "front", "config"]


def layers(contract: str) -> list[list[str]]:
    """A contract's layers, highest first, each a list of rooms that are strangers to one another."""
    ini = configparser.ConfigParser()
    ini.read(ROOT / ".importlinter")
    lines = ini[f"importlinter:contract:{contract}"]["layers"].split("\n")
    return [[room.strip(" ()") for room in line.split("|")] for line in lines if line.strip()]


def height(room: str) -> tuple[int, int]:
    """Floor and place on the floor; a room may refer to lower ones, and to itself."""
    wing, _, name = room.removeprefix("helsevev.").partition(".")
    floor = next(i for i, floor in enumerate(FLOORS) if wing in floor.split("|"))
    contract = {"commons": "ground", "network": "network", "knowledge": "knowledge", "toolbox": "toolbox"}.get(wing)
    if not contract or not name:
        return floor, 0
    order = layers(contract)
    return floor, len(order) - next(i for i, layer in enumerate(order) if name in layer)


def may_refer(from_room: str, to_room: str) -> bool:
    """Whether a string in one room may name something in another."""
    if from_room == to_room:
        return True
    here, there = height(from_room), height(to_room)
    wings = {room.split(".")[1] for room in (from_room, to_room)} & {"network", "knowledge", "toolbox", "services"}
    return there < here and len(wings) < 2


OURS = {app.label: app.name for app in apps.get_app_configs() if app.name.startswith("helsevev.")}


def test_the_order_itself():
    assert may_refer("helsevev.network.portfolio", "helsevev.commons.initiatives")
    assert not may_refer("helsevev.commons.initiatives", "helsevev.network.portfolio")
    assert not may_refer("helsevev.toolbox.benefits", "helsevev.services.followup")
    assert not may_refer("helsevev.network.guidance", "helsevev.network.applications")
    assert may_refer("helsevev.front", "helsevev.network.portfolio")


def test_foreign_keys_point_down():
    for model in apps.get_models():
        room = OURS.get(model._meta.app_label)
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if room and field.concrete and target and target._meta.app_label in OURS:
                assert may_refer(room, OURS[target._meta.app_label]), f"{model.__name__}.{field.name}"


def test_migrations_depend_downwards():
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        for other, *_name in migration.dependencies:
            if label in OURS and other in OURS:
                assert may_refer(OURS[label], OURS[other]), f"{label}.{name} depends on {other}"


def test_migrations_are_named_for_what_they_do():
    names = [m for room in OURS for m in MigrationLoader(None).disk_migrations if m[0] == room]
    assert not [name for _label, name in names if "auto" in name or name.endswith("initial")]


def namespaces(patterns: list[URLPattern | URLResolver]) -> dict[str, str]:
    """URL namespace -> the room whose views stand behind it."""
    found = {}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = [p for p in pattern.url_patterns if isinstance(p, URLPattern)]
            if pattern.namespace and inner:
                module = inner[0].lookup_str
                found[pattern.namespace] = next((r for r in OURS.values() if module.startswith(r + ".")), "")
            found |= namespaces(pattern.url_patterns)
    return found


URL_NAME = re.compile(r"""(?:\{%\s*url\s+|reverse(?:_lazy)?\(\s*|redirect\(\s*)["']([a-z_]+):""")


def sources() -> list[tuple[str, Path]]:
    """Every template and module, with the room it belongs to."""
    return [
        (room, path)
        for room in OURS.values()
        for path in (ROOT / room.replace(".", "/")).rglob("*")
        if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts
    ]


def test_url_names_point_down():
    rooms = namespaces(get_resolver().url_patterns)
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for room, path in sources()
        for name in URL_NAME.findall(path.read_text(encoding="utf-8"))
        if rooms.get(name) and not may_refer(room, rooms[name])
    ]
    assert not wrong


@pytest.mark.parametrize("word", ["utils", "helpers", "misc", "common"])
def test_no_room_without_a_name(word):
    assert not list((ROOT / "helsevev").rglob(f"{word}.py"))


def test_files_stay_small():
    sizes = {
        p: len(p.read_text().splitlines()) for p in (ROOT / "helsevev").rglob("*.py") if "migrations" not in p.parts
    }
    assert not [f"{p.relative_to(ROOT)}: {n}" for p, n in sizes.items() if n > 400]
    full = sorted(n for n in sizes.values() if n > 3)
    assert full[len(full) // 2] < 90


def test_templates_obey_the_content_policy():
    bad = re.compile(
        r"""<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|\sstyle=["']|\son\w+=["']|javascript:"""
    )
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group(0)}"
        for _room, path in sources()
        if path.suffix == ".html" and (found := bad.search(path.read_text(encoding="utf-8")))
    ]
    assert not wrong
