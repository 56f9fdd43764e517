"""Lay an index in the very order of the list, so that its first page is read and not sorted, however long it is.

The two databases put what isn't stated at different ends, so each is told in its own words.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = {
    "sqlite": "listing, award_year DESC, award_round DESC, initiative_id",
    "postgresql": "listing, award_year DESC NULLS LAST, award_round DESC NULLS LAST, initiative_id",
}


def add_index(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    columns = COLUMNS[editor.connection.vendor]
    editor.execute(f"CREATE INDEX newest_published ON portfolio_project ({columns}) WHERE published")


def drop_index(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP INDEX newest_published")


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0003_result_of_an_import")]

    operations = [
        migrations.RunPython(add_index, drop_index),
    ]
