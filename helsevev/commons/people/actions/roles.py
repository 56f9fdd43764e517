"""Giving and ending roles: one way in for pages, command and demo, always with a line on the trail."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.mail.actions import queue
from helsevev.commons.people import queries, rules
from helsevev.commons.people.actions.links import my_page
from helsevev.commons.people.models import Organisation, RoleGrant, User
from helsevev.commons.people.rules import Grant, Notice, Person, Role
from helsevev.commons.people.rules.granting import Why
from helsevev.core.words import Refusal, Refused, gettext_noop

ROLE_CHANGED = Notice("role_changed", gettext_noop("A role of mine is given or ended"))


def grant(giver: Person, to: User, wanted: Grant, reason: str, today: date | None = None) -> RoleGrant:
    """Give a role as someone who may; refused when they may not, or the role can't be like that."""
    day = today or timezone.localdate()
    with transaction.atomic():
        held = _locked(to)
        _stop(rules.refuse_grant(giver, str(to.key), wanted, held, day))
        return _give(giver.key, to, wanted, reason)


def grant_as_operator(actor: str, to: User, wanted: Grant, reason: str, today: date | None = None) -> RoleGrant:
    """Give a role from the command line or in preparing the demo, where whoever runs it owns the machine."""
    day = today or timezone.localdate()
    with transaction.atomic():
        held = _locked(to)
        _stop(rules.refuse_shape(wanted, held, day))
        return _give(actor, to, wanted, reason)


def end(giver: Person, row: RoleGrant, reason: str, today: date | None = None) -> RoleGrant:
    """End a role at once: it doesn't count at the person's next click."""
    day = today or timezone.localdate()
    with transaction.atomic():
        _lock_administrators()
        row = RoleGrant.objects.select_for_update(of=("self",)).select_related("user", "organisation").get(pk=row.pk)
        if row.withdrawn_at is not None:
            raise Refused(Refusal(Why.ENDED_ALREADY))
        held = queries.as_grant(row)
        left = queries.administrators_left(without_grant=row)
        _stop(rules.refuse_end(giver, held, day, administrators_left=left))
        row.withdrawn_at, row.withdrawn_by = timezone.now(), giver.key
        row.ends = max(row.starts, min(row.ends or day, day))
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "ends"])
        record(giver.key, "role ended", "account", str(row.user.key), _detail(held, reason))
        _tell(row, "role_ended")
    return row


def _locked(to: User) -> list[Grant]:
    """The roles that the person holds, while nobody else gives them another."""
    account = User.objects.select_for_update().get(pk=to.pk)
    if account.deleted_at is not None:
        raise Refused(Refusal(Why.CLOSED_ACCOUNT))
    return queries.grants(account)


def _lock_administrators() -> None:
    """Two administrators who end each other's role at the same moment come one after the other."""
    list(RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR).values_list("pk", flat=True))


def _stop(refusal: Refusal | None) -> None:
    """Raise what a rule refused."""
    if refusal is not None:
        raise Refused(refusal)


def _give(actor: str, to: User, wanted: Grant, reason: str) -> RoleGrant:
    """Write the row, the line and the letter."""
    place = Organisation.objects.get(key=wanted.organisation) if wanted.organisation else None
    starts = wanted.starts or timezone.localdate()
    row = RoleGrant.objects.create(
        user=to, role=wanted.role, organisation=place, starts=starts, ends=wanted.ends, granted_by=actor
    )
    record(actor, "role given", "account", str(to.key), _detail(wanted, reason))
    _tell(row, "role_given")
    return row


def _detail(grant: Grant, reason: str) -> dict[str, object]:
    """What the trail keeps of a role."""
    return {
        "role": grant.role.value,
        "organisation": grant.organisation,
        "starts": grant.starts.isoformat() if grant.starts else None,
        "ends": grant.ends.isoformat() if grant.ends else None,
        "reason": reason,
    }


def _tell(row: RoleGrant, template: str) -> None:
    """Tell the person by e-mail, if they want to hear of it."""
    if row.user.is_demo or not queries.wants(row.user, ROLE_CHANGED):
        return
    queue(
        key=f"{template}:{row.pk}",
        kind=ROLE_CHANGED.kind,
        to=row.user.email,
        language=row.user.language,
        template=f"people/{template}",
        context={
            "role": rules.ROLE_NAMES[Role(row.role)],
            "organisation": row.organisation.name if row.organisation else "",
            "starts": row.starts,
            "ends": row.ends,
            "my_page": my_page(row.user.language),
        },
    )
