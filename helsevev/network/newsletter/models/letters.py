"""Tables of letters, what they hold, and clicks without names."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.core.keeping import Keeping
from helsevev.core.newsletter.content import Block, Kind
from helsevev.network.newsletter.rules.states import State


class Letter(models.Model):
    """A letter (nyhetsbrev). `links` are its addresses as they were sent; `key` marks clicks until it is destroyed.

    `numbers` is what was counted when the key went, and `left` how many unsubscribed by this letter.
    """

    keeping: ClassVar = Keeping(until="the network withdraws it from its history", personal=("made_by", "changed_by"))

    key = models.SlugField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State], default=State.DRAFT)
    subject_nb = models.CharField(max_length=150, blank=True)
    subject_nn = models.CharField(max_length=150, blank=True)
    since = models.DateTimeField()
    counts_clicks = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=60)
    send_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    links = models.JSONField(default=list)
    click_key = models.CharField(max_length=64, blank=True)
    numbers = models.JSONField(default=dict)
    left = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.key

    @property
    def subjects(self) -> dict[str, str]:
        """Its subject by language."""
        return {"nb": self.subject_nb, "nn": self.subject_nn}


class Item(models.Model):
    """A block of a letter (felt): our own words, or something that was published. `source` is its name there."""

    keeping: ClassVar = Keeping(until="its letter goes")

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Kind])
    source = models.CharField(max_length=160, blank=True)
    title_nb = models.CharField(max_length=300, blank=True)
    title_nn = models.CharField(max_length=300, blank=True)
    text_nb = models.TextField(blank=True)
    text_nn = models.TextField(blank=True)
    # A path without its language, or a whole address.
    address = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title_nb

    @property
    def block(self) -> Block:
        """As the letter's rules know it."""
        titles, texts = {"nb": self.title_nb, "nn": self.title_nn}, {"nb": self.text_nb, "nn": self.text_nn}
        return Block(Kind(self.kind), titles, texts, self.address)


class Click(models.Model):
    """Somebody opened a link of a letter (klikk): nobody can tell who. `mark` is keyed, and its key is destroyed."""

    keeping: ClassVar = Keeping(until="14 days after its letter began to be sent", personal=("mark", "at"))

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="clicks")
    mark = models.CharField(max_length=32)
    link = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    is_machine = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["letter", "mark"], name="clicks_by_mark")]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.link}"
