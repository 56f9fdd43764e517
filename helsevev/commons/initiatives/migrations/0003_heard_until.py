import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0002_why_a_move_was_withdrawn'),
    ]

    operations = [
        migrations.AddField(
            model_name='follow',
            name='heard_until',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
    ]
