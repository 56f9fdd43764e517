"""Tables of organisations, registers, accounts and roles."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from helsevev.commons.people.rules import Role
from helsevev.core.keeping import Keeping


class Register(models.Model):
    """A published list that organisations are taken from (register), with its source and date."""

    keeping: ClassVar = Keeping(until="the register is dropped")

    key = models.SlugField(max_length=60, unique=True)
    publisher = models.CharField(max_length=200)
    source = models.TextField()
    as_of = models.DateField()
    licence = models.CharField(max_length=100, blank=True)
    loaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key


class Organisation(models.Model):
    """A body that takes part (organisasjon): hospital trust, municipality, vendor and so on."""

    class Kind(models.TextChoices):
        """What sort of body it is."""

        REGIONAL_HEALTH_AUTHORITY = "regional_health_authority"
        HOSPITAL_TRUST = "hospital_trust"
        HOSPITAL_UNIT = "hospital_unit"
        MUNICIPALITY = "municipality"
        CITY_DISTRICT = "city_district"
        HEALTH_COMMUNITY = "health_community"
        GP_PRACTICE = "gp_practice"
        UNIVERSITY = "university"
        USER_ORGANISATION = "user_organisation"
        VENDOR = "vendor"
        NATIONAL_BODY = "national_body"
        OTHER = "other"

    keeping: ClassVar = Keeping(until="the organisation is merged away and nothing refers to it")

    key = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    health_region = models.CharField(max_length=3, blank=True)
    county_number = models.CharField(max_length=2, blank=True)
    county = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    organisation_number = models.CharField(max_length=9, blank=True)
    municipality_number = models.CharField(max_length=4, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    register = models.ForeignKey(Register, models.PROTECT, null=True, blank=True, related_name="organisations")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("name", "key")
        indexes: ClassVar = [models.Index(fields=["kind", "name"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation_number"], condition=~Q(organisation_number=""), name="organisation_number_once"
            ),
            models.UniqueConstraint(
                fields=["municipality_number"], condition=~Q(municipality_number=""), name="municipality_number_once"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organisation_not_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """Another name that an organisation goes by (andre navn)."""

    keeping: ClassVar = Keeping(until="its organisation goes")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="other_name_once")]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes accounts by e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """An account; without a password it signs in by e-mail link."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """An account (konto). The trail names it by `key`, which outlives the person's name and address."""

    keeping: ClassVar = Keeping(
        until="the person deletes the account; the row stays with key and pseudonym alone",
        personal=("email", "name", "password", "last_login", "language", "joined_at"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=2, default="nb")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="email_once")]

    def __str__(self) -> str:
        return self.name or self.email


class RoleGrant(models.Model):
    """A role that a person holds from one date to another (rolletildeling); its last day counts.

    One that is ended before its time is withdrawn, which counts at once; the row stays, so that one can see it.
    """

    keeping: ClassVar = Keeping(
        until="two years after it ended",
        personal=("user", "role", "organisation", "starts", "ends", "granted_by", "withdrawn_at", "withdrawn_by"),
        days=730,
        counted_from="ends",
    )

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="grants")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    granted_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ("role", "starts")
        indexes: ClassVar = [models.Index(fields=["user", "role"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="role_ends_after_start"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False, ends__isnull=False) & ~Q(withdrawn_by="")),
                name="role_withdrawn_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.starts})"


class NotificationChoice(models.Model):
    """Whether a person wants one kind of notice by e-mail (varslingsvalg); no row means the kind's default."""

    keeping: ClassVar = Keeping(until="the account goes", personal=("user", "kind", "by_mail"))

    user = models.ForeignKey(User, models.CASCADE, related_name="notification_choices")
    kind = models.CharField(max_length=40)
    by_mail = models.BooleanField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind"], name="notification_choice_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.by_mail}"


class SignInLink(models.Model):
    """A link sent by e-mail that signs in once (innloggingslenke). The token itself is never kept, only its digest."""

    keeping: ClassVar = Keeping(
        until="a day after it was made; it works for 15 minutes",
        personal=("user", "address", "next", "made_at", "used_at"),
        days=1,
        counted_from="made_at",
    )

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_in_links")
    address = models.EmailField(max_length=254)
    digest = models.CharField(max_length=64, unique=True)
    next = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.address} {self.made_at}"
