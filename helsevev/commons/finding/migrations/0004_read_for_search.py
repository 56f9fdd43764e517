"""Keep texts as search reads them, tell processes what has changed, and let editors add words that mean the same.

Texts that stood before are read when they are first needed; `helsevev rebuild index` keeps what they are read as.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("finding", "0003_counted_facets_apart")]

    operations = [
        migrations.AddField("document", "address", models.CharField(db_default="", max_length=300)),
        migrations.CreateModel(
            name="TextTerms",
            fields=[
                (
                    "text",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="read_as",
                        serialize=False,
                        to="finding.documenttext",
                    ),
                ),
                ("tags", models.TextField(blank=True)),
                ("terms", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="IndexState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveBigIntegerField(default=0)),
                ("mark", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="IndexChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveBigIntegerField(db_index=True)),
                ("mark", models.CharField(max_length=32)),
                ("document", models.PositiveBigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="WordGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bond",
                    models.CharField(
                        choices=[("same", "Same"), ("related", "Related"), ("name", "Name")],
                        default="same",
                        max_length=10,
                    ),
                ),
                ("members", models.TextField(unique=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
        ),
    ]
