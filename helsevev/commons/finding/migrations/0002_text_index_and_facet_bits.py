"""Give every text an index of its words, kept by the database itself, and facets small numbers and bits to count by.

What was indexed before is thrown away: each room hands its documents in again (`helsevev load portfolio`).
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    # Rows of two numbers, kept in the order of their key alone: half the size of a table with row numbers. Django
    # makes the index on (facet_id, document_id) afterwards, when the migration ends.
    "DROP TABLE finding_documentfacet",
    """
    CREATE TABLE finding_documentfacet (
        document_id bigint NOT NULL REFERENCES finding_document (id) DEFERRABLE INITIALLY DEFERRED,
        facet_id bigint NOT NULL REFERENCES finding_facet (id) DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (document_id, facet_id)
    ) WITHOUT ROWID
    """,
    """
    CREATE VIRTUAL TABLE finding_text_index USING fts5(
        folded_title, folded_body, content='finding_documenttext', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3'
    )
    """,
    """
    CREATE TRIGGER finding_text_added AFTER INSERT ON finding_documenttext BEGIN
        INSERT INTO finding_text_index (rowid, folded_title, folded_body)
        VALUES (new.id, new.folded_title, new.folded_body);
    END
    """,
    """
    CREATE TRIGGER finding_text_gone AFTER DELETE ON finding_documenttext BEGIN
        INSERT INTO finding_text_index (finding_text_index, rowid, folded_title, folded_body)
        VALUES ('delete', old.id, old.folded_title, old.folded_body);
    END
    """,
    """
    CREATE TRIGGER finding_text_changed AFTER UPDATE OF id, folded_title, folded_body ON finding_documenttext BEGIN
        INSERT INTO finding_text_index (finding_text_index, rowid, folded_title, folded_body)
        VALUES ('delete', old.id, old.folded_title, old.folded_body);
        INSERT INTO finding_text_index (rowid, folded_title, folded_body)
        VALUES (new.id, new.folded_title, new.folded_body);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER finding_text_added",
    "DROP TRIGGER finding_text_gone",
    "DROP TRIGGER finding_text_changed",
    "DROP TABLE finding_text_index",
]
# Stemmed so that inflected forms meet, and as written so that names do.
VECTOR = """
    setweight(to_tsvector('pg_catalog.simple', folded_title), 'A')
    || setweight(CASE language WHEN 'en' THEN to_tsvector('pg_catalog.english', folded_title)
                 ELSE to_tsvector('pg_catalog.norwegian', folded_title) END, 'A')
    || setweight(to_tsvector('pg_catalog.simple', folded_body), 'B')
    || setweight(CASE language WHEN 'en' THEN to_tsvector('pg_catalog.english', folded_body)
                 ELSE to_tsvector('pg_catalog.norwegian', folded_body) END, 'B')
"""
POSTGRESQL = [
    f"ALTER TABLE finding_documenttext ADD COLUMN words tsvector GENERATED ALWAYS AS ({VECTOR}) STORED",
    # Long texts leave the row before the words do: a scan of words stays as cheap as the planner believes it is.
    "ALTER TABLE finding_documenttext ALTER COLUMN words SET STORAGE MAIN",
    "CREATE INDEX finding_text_index ON finding_documenttext USING gin (words)",
]
POSTGRESQL_BACK = ["ALTER TABLE finding_documenttext DROP COLUMN words"]


def add_index(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def drop_index(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE_BACK if editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("finding", "0001_tables")]

    operations = [
        migrations.DeleteModel(name="FacetTotal"),
        migrations.DeleteModel(name="DocumentFacet"),
        migrations.RunSQL("DELETE FROM finding_documenttext", migrations.RunSQL.noop),
        migrations.RunSQL("DELETE FROM finding_document", migrations.RunSQL.noop),
        # Kind and document each stand first in a constraint that is an index already.
        migrations.AlterField("document", "kind", models.SlugField(db_index=False, max_length=40)),
        migrations.AlterField(
            "documenttext",
            "document",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="texts",
                to="finding.document",
            ),
        ),
        migrations.AddField("documenttext", "folded_title", models.TextField(blank=True, default=""), False),
        migrations.AddField("documenttext", "folded_body", models.TextField(blank=True, default=""), False),
        migrations.CreateModel(
            name="Facet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(db_index=False, max_length=40)),
                (
                    "audience",
                    models.CharField(
                        choices=[("everyone", "Everyone"), ("staff", "Staff")], default="everyone", max_length=10
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40)),
                ("value", models.CharField(blank=True, max_length=120)),
                ("total", models.PositiveIntegerField(default=0)),
                ("counted", models.BooleanField(default=True)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "counted"], name="counted_facets")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["kind", "name", "value", "audience"], name="facet_once_an_audience"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentFacet",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "document", "facet", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facets",
                        to="finding.document",
                    ),
                ),
                (
                    "facet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="finding.facet",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["facet", "document"], name="documents_of_facet")]},
        ),
        migrations.CreateModel(
            name="FacetBits",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block", models.PositiveIntegerField()),
                ("bits", models.BinaryField()),
                (
                    "facet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bits",
                        to="finding.facet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["facet", "block"], name="facet_bits_once_a_block")
                ]
            },
        ),
        migrations.RunPython(add_index, drop_index),
    ]
