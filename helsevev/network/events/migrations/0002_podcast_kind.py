"""Podcast episodes are a kind of meeting."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0001_tables'),
    ]

    operations = [
        migrations.AlterField(
            model_name='meeting',
            name='kind',
            field=models.CharField(choices=[('webinar', 'webinar'), ('network-meeting', 'network-meeting'), ('national-meeting-place', 'national-meeting-place'), ('course', 'course'), ('seminar', 'seminar'), ('podcast', 'podcast')], max_length=30),
        ),
    ]
