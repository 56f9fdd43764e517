"""Kinds of Office documents are among those that can be kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Choices alone; the table is as it was."""

    dependencies = [("files", "0001_tables")]
    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="kind",
            field=models.CharField(
                choices=[
                    ("pdf", "pdf"),
                    ("png", "png"),
                    ("jpeg", "jpeg"),
                    ("docx", "docx"),
                    ("xlsx", "xlsx"),
                    ("pptx", "pptx"),
                ],
                max_length=10,
            ),
        ),
    ]
