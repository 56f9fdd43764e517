"""Who writes an application and who stands behind it: inviting, joining, leaving, taking over, confirming."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.audit.actions import record
from helsevev.commons.mail.actions import queue
from helsevev.commons.people.models import Organisation, RoleGrant, User
from helsevev.core.words import Refusal, Refused
from helsevev.network.applications.actions.applying_moving import KIND, locked
from helsevev.network.applications.models import Application, Author, Invitation, Partner
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.rules import applying as rules
from helsevev.network.applications.rules import following

LETTER = "application"


# --- Those who write -------------------------------------------------------------------------------------------------
def invite(application: Application, email: str, organisation: Organisation, by: User, now: datetime) -> Invitation:
    """Ask someone by e-mail to write along for an organisation, which with that takes part."""
    token, address = secrets.token_urlsafe(32), email.strip().lower()
    with transaction.atomic():
        row = locked(application)
        _stop(asking.refuse_edit(row, now))
        if row.invitations.count() + row.authors.count() >= rules.MOST_AUTHORS * 3:
            raise Refused(Refusal(rules.Why.TOO_MANY, {"most": rules.MOST_AUTHORS}))
        if row.authors.filter(user__email=address, left_at=None).exists():
            raise Refused(Refusal(rules.Why.AUTHOR_ALREADY))
        _add_partner(row, organisation, now)
        row.invitations.filter(email=address, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
        made = Invitation.objects.create(
            application=row,
            organisation=organisation,
            email=address,
            digest=following.digest(token),
            sent_at=now,
            sent_by=str(by.key),
        )
        record(str(by.key), "co-author invited", KIND, str(row.key), {"organisation": organisation.key})
        _write(row, made, token, str(by))
    return made


def _write(row: Application, made: Invitation, token: str, inviter: str) -> None:
    queue(
        key=f"invitation:{made.digest}",
        kind=LETTER,
        to=made.email,
        language=row.language,
        template="applications/invitation",
        context={
            "title": row.title,
            "inviter": inviter,
            "owner": row.owner.name,
            "organisation": made.organisation.name,
            "url": _address(row.language, "join", token),
            "days": rules.INVITATION_LIFE.days,
            "round": row.round,
        },
    )


def withdraw_invitation(invitation: Invitation, by: str) -> None:
    """The link stops working; asked for twice, it is done once."""
    with transaction.atomic():
        open_ = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
        if open_.update(withdrawn_at=timezone.now()):
            record(by, "invitation withdrawn", KIND, str(invitation.application.key))


def join(token: str, user: User, now: datetime) -> Application:
    """Use an invitation up, and write along. Of two who come at once with one link, one gets in."""
    with transaction.atomic():
        found = asking.invitation(token, now)
        if found is None or not Invitation.objects.filter(pk=found.pk, used_at=None, withdrawn_at=None).update(
            used_at=now
        ):
            raise Refused(Refusal(rules.Why.LINK_SPENT))
        row = locked(found.application)
        Author.objects.update_or_create(
            application=row,
            user=user,
            defaults={"organisation": found.organisation, "left_at": None, "joined_at": now},
            create_defaults={"organisation": found.organisation, "joined_at": now, "part": Author.Part.CO_AUTHOR},
        )
        record(str(user.key), "co-author joined", KIND, str(row.key), {"organisation": found.organisation.key})
    return row


def leave(application: Application, author: Author, by: str, now: datetime) -> None:
    """Someone writes no more. The last who leads can't leave before another has taken over."""
    with transaction.atomic():
        row = locked(application)
        here = row.authors.filter(left_at=None)
        leaders = here.filter(part=Author.Part.LEADER, user__is_active=True).exclude(pk=author.pk)
        if author.part == Author.Part.LEADER and not leaders.exists():
            raise Refused(Refusal(rules.Why.LAST_LEADER))
        if here.filter(pk=author.pk).update(left_at=now):
            record(by, "author left", KIND, str(row.key), {"author": str(author.user.key)})


def take_over(application: Application, user: User, now: datetime) -> Application:
    """Lead an application that one's organisation owns; those who lead it stay as co-authors until they leave."""
    by = str(user.key)
    with transaction.atomic():
        row = locked(application)
        row.authors.filter(left_at=None, part=Author.Part.LEADER).update(part=Author.Part.CO_AUTHOR)
        Author.objects.update_or_create(
            application=row,
            user=user,
            defaults={"organisation": row.owner, "part": Author.Part.LEADER, "left_at": None, "joined_at": now},
        )
        record(by, "taken over", KIND, str(row.key), {"organisation": row.owner.key})
    return row


# --- Those who stand behind ------------------------------------------------------------------------------------------
def add_partner(application: Application, organisation: Organisation, by: str, now: datetime) -> Partner:
    """Let an organisation take part, and ask its signers to confirm."""
    with transaction.atomic():
        row = locked(application)
        _stop(asking.refuse_edit(row, now))
        made = _add_partner(row, organisation, now)
        record(by, "partner added", KIND, str(row.key), {"organisation": organisation.key})
    return made


def _add_partner(row: Application, organisation: Organisation, now: datetime) -> Partner:
    if row.partners.count() >= rules.MOST_PARTNERS and not row.partners.filter(organisation=organisation).exists():
        raise Refused(Refusal(rules.Why.TOO_MANY, {"most": rules.MOST_PARTNERS}))
    made, is_new = Partner.objects.get_or_create(application=row, organisation=organisation, defaults={"asked_at": now})
    if is_new:
        _ask_signers(row, made)
    return made


def ask_owner_signers(application: Application) -> None:
    """Ask the signers of the organisation that owns a new application to confirm."""
    partner = application.partners.select_related("organisation").get(organisation=application.owner)
    _ask_signers(application, partner)


def _ask_signers(row: Application, partner: Partner) -> None:
    today = timezone.localdate()
    grants = RoleGrant.objects.filter(
        organisation=partner.organisation, role="organisation_signer", withdrawn_at=None, starts__lte=today
    ).exclude(ends__lt=today)
    for user in User.objects.filter(grants__in=grants, is_active=True).distinct():
        queue(
            key=f"confirm:{row.key}:{partner.pk}:{user.pk}",
            kind=LETTER,
            to=user.email,
            language=user.language,
            template="applications/confirm",
            context={
                "title": row.title,
                "owner": row.owner.name,
                "organisation": partner.organisation.name,
                "url": _address(user.language, "application", row.key),
                "closes_at": row.round.closes_at,
            },
        )


def remove_partner(application: Application, organisation: Organisation, by: str, now: datetime) -> None:
    """An organisation takes part no more; the owner always does."""
    with transaction.atomic():
        row = locked(application)
        _stop(asking.refuse_edit(row, now))
        if organisation.pk == row.owner_id:
            raise Refused(Refusal(rules.Why.OWNER_STAYS))
        if row.partners.filter(organisation=organisation).delete()[0]:
            record(by, "partner removed", KIND, str(row.key), {"organisation": organisation.key})


def confirm(application: Application, organisation: Organisation, by: str, now: datetime) -> Partner:
    """Confirm in an organisation's own name that it stands behind the application."""
    return _set_confirmed(application, organisation, by, now, confirmed=True)


def unconfirm(application: Application, organisation: Organisation, by: str, now: datetime) -> Partner:
    """Take a confirmation back."""
    return _set_confirmed(application, organisation, by, now, confirmed=False)


def _set_confirmed(
    application: Application, organisation: Organisation, by: str, now: datetime, *, confirmed: bool
) -> Partner:
    with transaction.atomic():
        row = locked(application)
        partner = row.partners.filter(organisation=organisation).first()
        if partner is None:
            raise Refused(Refusal(rules.Why.NOT_A_PARTNER))
        if (partner.confirmed_at is not None) == confirmed:
            return partner
        _stop(asking.refuse_write(row, now))
        partner.confirmed_at, partner.confirmed_by = (now, by) if confirmed else (None, "")
        partner.taken_back_at = None if confirmed else now
        partner.save(update_fields=["confirmed_at", "confirmed_by", "taken_back_at"])
        verb = "confirmed" if confirmed else "confirmation taken back"
        record(by, verb, KIND, str(row.key), {"organisation": organisation.key})
    return partner


def _address(language: str, name: str, *words: object) -> str:
    with override(language):
        return settings.SITE_URL + reverse(f"applications:{name}", args=words)


def _stop(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)
