"""Tables of service prices: cases and their versions, population, price lists with signatures, actuals, settlements."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from helsevev.commons.forms.models import WrittenOnce
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import Organisation
from helsevev.core.keeping import Keeping


class PriceCase(models.Model):
    """A shared service whose price is reckoned (prissak); what it says stands in its newest version."""

    keeping: ClassVar = Keeping(until="its owner deletes it")

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="price_cases")
    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="price_cases")
    partners = models.ManyToManyField(Organisation, related_name="shared_price_cases", blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ("title", "key")

    def __str__(self) -> str:
        return self.title


class CaseRevision(WrittenOnce):
    """A whole case as it was after one change (prissaksversjon): who, when, and every input with its note."""

    class Via(models.TextChoices):
        """How the change came."""

        EDIT = "edit"
        IMPORT = "import"
        UNDO = "undo"
        SHELF = "shelf"

    keeping: ClassVar = Keeping(until="its case goes")

    case = models.ForeignKey(PriceCase, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)
    via = models.CharField(max_length=6, choices=Via.choices, default=Via.EDIT)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="case_revision_once")]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.number}"


class CaseDraft(models.Model):
    """What someone has typed in a case's form and not yet saved (prissakskladd)."""

    keeping: ClassVar = Keeping(
        until="it is saved or thrown away, at most 180 days",
        personal=("user", "fields"),
        days=180,
        counted_from="saved_at",
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="price_drafts")
    case = models.ForeignKey(PriceCase, models.CASCADE, related_name="drafts")
    fields = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "case"], name="one_price_draft_each")]

    def __str__(self) -> str:
        return f"draft of {self.case_id}"


class Scenario(models.Model):
    """A named "what if" (scenario): some inputs of a case changed, to be laid beside the others."""

    keeping: ClassVar = Keeping(until="its case goes")

    case = models.ForeignKey(PriceCase, models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=80)
    changes = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)

    class Meta:
        ordering = ("made_at", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "name"], name="scenario_name_once")]

    def __str__(self) -> str:
        return self.name


class PopulationTable(models.Model):
    """People by municipality, year and age as one table came in (befolkningstabell); `people` is packed."""

    keeping: ClassVar = Keeping(until="the secretariat drops it")

    source = models.CharField(max_length=300)
    file_name = models.CharField(max_length=200, blank=True)
    numbers = models.JSONField()
    years = models.JSONField()
    ages = models.JSONField()
    kinds = models.JSONField()
    people = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    loaded_at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)

    class Meta:
        ordering = ("-loaded_at", "-pk")

    def __str__(self) -> str:
        return self.source


class PriceList(WrittenOnce):
    """Prices that hold from a day (prisliste), frozen with the inputs they come from; a new one takes over."""

    keeping: ClassVar = Keeping(until="its case goes")

    case = models.ForeignKey(PriceCase, models.PROTECT, related_name="price_lists")
    version = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    offered_at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)

    class Meta:
        ordering = ("-version",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "version"], name="price_list_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="price_list_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} price list {self.version}"


class Signature(WrittenOnce):
    """A partner has signed a price list (signatur), through someone who may sign for it."""

    keeping: ClassVar = Keeping(until="its price list goes", personal=("name",))

    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    actor = models.CharField(max_length=60)
    name = models.CharField(max_length=150)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["price_list", "organisation"], name="price_list_signed_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} signed {self.price_list}"


class Actual(models.Model):
    """What a municipality used in a month (faktisk bruk). A correction is a new row; the newest counts."""

    keeping: ClassVar = Keeping(until="its case goes")

    case = models.ForeignKey(PriceCase, models.CASCADE, related_name="actuals")
    number = models.CharField(max_length=4)
    month = models.CharField(max_length=7)
    patients = models.JSONField()
    enrolments = models.FloatField(default=0)
    discharges = models.FloatField(default=0)
    source = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)

    class Meta:
        ordering = ("month", "number", "pk")
        indexes: ClassVar = [models.Index(fields=["case", "month", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.month}"


class Settlement(WrittenOnce):
    """What each pays for some months (avregning): the list, the use and the key it comes from are kept with it."""

    keeping: ClassVar = Keeping(until="its price list goes")

    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="settlements")
    first = models.CharField(max_length=7)
    last = models.CharField(max_length=7)
    key = models.CharField(max_length=10)
    actual_cost_nok = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    actuals = models.JSONField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"
