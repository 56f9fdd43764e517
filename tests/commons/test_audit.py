"""The trail: lines in the caller's transaction, a head outside the database, and every tampering in SQL found."""

import json
import random
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings

from helsevev.commons.audit import actions, queries
from helsevev.commons.audit.models import Head, Line
from helsevev.commons.audit.rules import OnlyGrows
from helsevev.core import chain
from helsevev.core.verdict import Found

Sql = Callable[..., None]


@pytest.fixture(autouse=True)
def own_head(settings: Settings, tmp_path: Path) -> Path:
    settings.TRAIL_HEAD_FILE = tmp_path / "trail.head"
    return settings.TRAIL_HEAD_FILE


@pytest.fixture
def sql() -> Sql:
    def run(statement: str, *values: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def write(count: int) -> None:
    for number in range(1, count + 1):
        actions.record("system:test", "published", "project", f"p{number}", {"sak": "blå ærlighet", "n": number})


def check() -> dict[str, object]:
    out, count = StringIO(), 0
    try:
        call_command("check_trail", format="json", stdout=out, stderr=StringIO())
    except Found as found:
        count = found.count
    answer = json.loads(out.getvalue())
    assert count == len(answer["faults"])
    assert set(answer) == {"table", "lines", "head", "faults"}
    assert answer["table"] == "audit_line"
    return answer


def faults() -> list[tuple[int, str]]:
    return [(fault["number"], fault["fault"]) for fault in check()["faults"]]


def test_lines_are_numbered_sealed_and_the_head_is_outside(transactional_db: None, own_head: Path) -> None:
    write(3)
    lines = list(Line.objects.all())
    assert [line.number for line in lines] == [1, 2, 3]
    assert lines[0].previous == ""
    assert lines[2].previous == lines[1].digest
    assert json.loads(lines[1].detail) == {"sak": "blå ærlighet", "n": 2}
    kept = json.loads(own_head.read_text())
    assert (kept["number"], kept["digest"]) == (3, lines[2].digest)
    assert check() == {"table": "audit_line", "lines": 3, "head": lines[2].digest, "faults": []}


def test_an_empty_trail_is_sound(db: None) -> None:
    assert check() == {"table": "audit_line", "lines": 0, "head": "", "faults": []}


def test_a_line_goes_with_its_transaction(transactional_db: None, own_head: Path) -> None:
    write(1)
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    assert Line.objects.count() == 1
    assert queries.outside().head.number == 1
    write(1)
    assert faults() == []


def test_the_orm_refuses_to_change_or_delete(db: None) -> None:
    write(1)
    line = Line.objects.get()
    line.verb = "withdrew"
    for attempt in (
        line.save,
        line.delete,
        Line.objects.all().delete,
        lambda: Line.objects.update(verb="x"),
        lambda: Line.objects.bulk_update([line], ["verb"]),
    ):
        with pytest.raises(OnlyGrows):
            attempt()
    assert Line.objects.get().verb == "published"


@pytest.mark.parametrize("column", ["at", "actor", "verb", "kind", "key", "detail", "previous", "digest"])
def test_a_changed_column_is_found(transactional_db: None, sql: Sql, column: str) -> None:
    write(5)
    sql(f"UPDATE audit_line SET {connection.ops.quote_name(column)} = %s WHERE number = 3", "x")
    assert faults() == [(3, "changed")]


def test_a_deleted_line_is_found(transactional_db: None, sql: Sql) -> None:
    write(5)
    sql("DELETE FROM audit_line WHERE number = 3")
    assert faults() == [(3, "missing")]


def test_swapped_lines_are_found(transactional_db: None, sql: Sql) -> None:
    write(5)
    sql("UPDATE audit_line SET number = 999 WHERE number = 2")
    sql("UPDATE audit_line SET number = 2 WHERE number = 4")
    sql("UPDATE audit_line SET number = 4 WHERE number = 999")
    assert faults() == [(2, "reordered"), (4, "reordered")]


def test_removed_last_lines_are_found_although_the_database_agrees_with_itself(
    transactional_db: None, sql: Sql
) -> None:
    write(5)
    sql("DELETE FROM audit_line WHERE number > 3")
    digest = Line.objects.get(number=3).digest
    sql("UPDATE audit_head SET number = 3, digest = %s", digest)
    assert faults() == [(4, "truncated"), (5, "truncated")]
    write(3)
    assert (5, "changed") in faults(), "writing on must not cover up what was removed"


def test_an_inserted_line_is_found(transactional_db: None, sql: Sql) -> None:
    write(3)
    sql(
        "INSERT INTO audit_line (number, at, actor, verb, kind, key, detail, previous, digest) "
        "SELECT 4, at, actor, verb, kind, key, detail, digest, digest FROM audit_line WHERE number = 3"
    )
    assert faults() == [(4, "changed")]


def test_an_emptied_trail_is_found(transactional_db: None, sql: Sql) -> None:
    write(3)
    sql("DELETE FROM audit_line")
    sql("DELETE FROM audit_head")
    assert faults() == [(1, "truncated"), (2, "truncated"), (3, "truncated")]


def test_text_that_is_not_text_is_named(transactional_db: None, sql: Sql) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL doesn't store it")
    write(3)
    sql("UPDATE audit_line SET detail = CAST(x'ff00fe' AS TEXT) WHERE number = 2")
    sql("UPDATE audit_line SET actor = x'00' WHERE number = 3")
    assert faults() == [(2, "changed"), (3, "changed")]


def test_a_stop_between_commit_and_head_is_no_fault(db: None, own_head: Path) -> None:
    """Inside a test's transaction nothing is done after commit, as when the machine stops there."""
    write(3)
    assert queries.outside().head.number == 0
    assert faults() == []
    actions.keep_head()
    assert queries.outside().head.number == 3


def test_a_head_file_that_went_away_is_a_fault_until_a_start_adopts_the_database(
    transactional_db: None, own_head: Path
) -> None:
    write(3)
    own_head.unlink()
    assert faults() == [(3, "head missing")]
    write(1)
    assert faults() == [(4, "head missing")]
    assert actions.adopt_head()
    assert faults() == []
    own_head.write_text("{")
    assert faults() == [(4, "head missing")]


def test_the_head_never_goes_backwards(transactional_db: None, own_head: Path) -> None:
    write(4)
    actions.replace_head(chain.Head(9, "f" * 64), "key")
    write(1)
    assert queries.outside().head.number == 9


def test_a_head_that_cannot_be_written_does_not_undo_what_was_decided(
    transactional_db: None, own_head: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(1)
    lock = own_head.with_name("trail.head.lock")
    lock.unlink()
    lock.mkdir()
    write(1)
    assert Line.objects.count() == 2
    assert "can't be written" in caplog.text
    assert faults() == []


def test_another_key_is_said_to_be_another_key(transactional_db: None, settings: Settings) -> None:
    write(2)
    settings.TRAIL_KEY = "another key"
    err = StringIO()
    with pytest.raises(Found):
        call_command("check_trail", stdout=StringIO(), stderr=err)
    assert "sealed with another key" in err.getvalue()


def test_words_that_do_not_fit_are_refused_before_they_are_written(db: None) -> None:
    with pytest.raises(ValueError, match="verb"):
        actions.record("a", "v" * 61, "project", "p")
    assert not Head.objects.filter(number__gt=0).exists()


def test_only_an_administrator_reads_the_trail(cast: dict[str, Client]) -> None:
    seen = {name for name, browser in cast.items() if browser.get("/en/trail/").status_code == 200}
    assert seen == {"administrator"}
    assert {browser.get("/en/trail/").status_code for browser in cast.values()} == {200, 404}


def test_the_page_shows_lines_of_one_object_and_goes_on(cast: dict[str, Client]) -> None:
    write(queries.PAGE + 2)
    actions.record("someone", "published", "project", "hostile", {"text": "<script>alert(1)</script>"})
    browser = cast["administrator"]
    page = browser.get("/en/trail/").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert f"before={Line.objects.count() - queries.PAGE + 1}" in page
    assert "hostile" not in browser.get("/en/trail/?kind=project&key=p1").content.decode()
    assert "p1" in browser.get("/en/trail/?kind=project&key=p1").content.decode()
    assert browser.get("/en/trail/?before=2").status_code == 200


@pytest.mark.parametrize(
    "query", ["before=0", "before=x", "before=99999999999999999999", "kind=%00", "key=" + "x" * 999]
)
def test_the_page_answers_odd_addresses(cast: dict[str, Client], query: str) -> None:
    assert cast["administrator"].get(f"/en/trail/?{query}").status_code == 200


def test_the_page_shows_a_tampered_line_as_far_as_it_can(cast: dict[str, Client], sql: Sql) -> None:
    write(2)
    sql("UPDATE audit_line SET at = 'x', detail = '[' WHERE number = 2")
    assert cast["administrator"].get("/en/trail/").status_code == 200


def test_two_hundred_random_tamperings_are_all_found(transactional_db: None, sql: Sql) -> None:
    write(12)
    whole = list(Line.objects.order_by("number").values_list(*queries.FIELDS))
    insert = f"INSERT INTO audit_line VALUES ({', '.join(['%s'] * len(whole[0]))})"
    missed = []
    for seed in range(200):
        dice = random.Random(seed)
        for statement, values in tamperings(dice, len(whole)):
            sql(statement, *values)
        left = list(Line.objects.order_by("number").values_list(*queries.FIELDS))
        if bool(faults()) != (left != whole):
            missed.append(seed)
        sql("DELETE FROM audit_line")
        for row in whole:
            sql(insert, *row)
    assert missed == []


def tamperings(dice: random.Random, count: int) -> list[tuple[str, tuple[object, ...]]]:
    place, other = dice.sample(range(1, count + 1), 2)
    rest, added = ", ".join(queries.FIELDS[1:]), count + dice.randint(1, 9)
    column = connection.ops.quote_name(dice.choice(queries.FIELDS[1:]))
    return dice.choice(
        [
            [(f"UPDATE audit_line SET {column} = %s WHERE number = %s", (dice.choice(["", "x", "æ"]), place))],
            [(f"UPDATE audit_line SET {column} = '' WHERE number >= %s", (place,))],
            [("DELETE FROM audit_line WHERE number = %s", (place,))],
            [("DELETE FROM audit_line WHERE number >= %s", (place,))],
            [
                ("UPDATE audit_line SET number = -1 WHERE number = %s", (place,)),
                ("UPDATE audit_line SET number = %s WHERE number = %s", (place, other)),
                ("UPDATE audit_line SET number = %s WHERE number = -1", (other,)),
            ],
            [("UPDATE audit_line SET number = number + %s", (dice.randint(20, 99),))],
            [
                (f"INSERT INTO audit_line SELECT %s, {rest} FROM audit_line WHERE number = %s", (added, place)),
            ],
            [("DELETE FROM audit_line", ())],
        ]
    )
