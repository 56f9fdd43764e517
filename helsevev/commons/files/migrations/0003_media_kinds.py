"""Film, sound and captions are among what can be kept."""

from django.db import migrations, models

KINDS = ("pdf", "png", "jpeg", "docx", "xlsx", "pptx", "mp4", "webm", "mp3", "m4a", "vtt")


class Migration(migrations.Migration):
    """Choices alone; the table is as it was."""

    dependencies = [("files", "0002_office_kinds")]
    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=10),
        ),
    ]
