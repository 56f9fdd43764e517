"""A survey may be a meeting's own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_podcast_kind'),
        ('surveys', '0001_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='survey',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='events.meeting'),
        ),
    ]
