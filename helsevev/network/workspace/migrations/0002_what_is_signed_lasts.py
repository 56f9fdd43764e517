from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = tuple(
    f"workspace_{name}"
    for name in ("agreedtext", "conceptsignature", "gatesubmission", "gateverdict", "guideversion", "rowchange")
)
SENTENCE = "what is signed, decided or published never changes"


def forbid_updates(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The database itself refuses to change what is signed or decided, also past the ORM."""
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {table}_lasts() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_lasts BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_lasts()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_lasts BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )


def allow_updates(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away again."""
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_lasts ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_lasts()")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_lasts")


class Migration(migrations.Migration):
    dependencies = [("workspace", "0001_tables")]

    operations = [migrations.RunPython(forbid_updates, allow_updates)]
