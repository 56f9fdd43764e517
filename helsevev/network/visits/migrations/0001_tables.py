"""The tables of this room, as it begins."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        # Without models, so that no backup holds them (rules.KEEPS).
        migrations.RunSQL(
            "CREATE TABLE visits_seen (day date NOT NULL, visitor bigint NOT NULL, PRIMARY KEY (day, visitor))",
            "DROP TABLE visits_seen",
        ),
        migrations.RunSQL(
            "CREATE TABLE visits_secret (day date NOT NULL PRIMARY KEY, secret varchar(64) NOT NULL)",
            "DROP TABLE visits_secret",
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=60, unique=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('in_use', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Day',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('views', models.PositiveIntegerField(default=0)),
                ('search', models.PositiveIntegerField(default=0)),
                ('direct', models.PositiveIntegerField(default=0)),
                ('social', models.PositiveIntegerField(default=0)),
                ('newsletter', models.PositiveIntegerField(default=0)),
                ('link', models.PositiveIntegerField(default=0)),
                ('computer', models.PositiveIntegerField(default=0)),
                ('mobile', models.PositiveIntegerField(default=0)),
                ('tablet', models.PositiveIntegerField(default=0)),
                ('other_device', models.PositiveIntegerField(default=0)),
                ('visitors', models.PositiveIntegerField(default=0)),
                ('robots', models.PositiveIntegerField(default=0)),
                ('declined', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('kind', models.CharField(choices=[('page', 'Page'), ('host', 'Other site'), ('language', 'Language'), ('country', 'Country of the language')], max_length=10)),
                ('value', models.CharField(blank=True, max_length=200)),
                ('count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month', 'kind', 'value'), name='tallied_once')],
            },
        ),
        migrations.CreateModel(
            name='Month',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('followers', models.PositiveIntegerField(null=True)),
                ('new', models.PositiveIntegerField(null=True)),
                ('reach', models.PositiveIntegerField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_by', models.CharField(max_length=60)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='months', to='visits.channel')),
            ],
            options={
                'ordering': ('month', 'channel__position', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('channel', 'month'), name='social_month_once')],
            },
        ),
    ]
