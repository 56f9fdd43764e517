"""Find the facets that pages count without passing those of kinship, which are as many as the documents."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("finding", "0002_text_index_and_facet_bits")]

    operations = [
        migrations.RemoveIndex("facet", "counted_facets"),
        migrations.AddIndex(
            "facet",
            models.Index(condition=models.Q(("counted", True)), fields=["kind", "audience"], name="counted_facets"),
        ),
    ]
