"""The form and the receipt as PDF."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.forms import queries as forms
from helsevev.core import papers
from helsevev.network.applications.models import Application, Round, Submission
from helsevev.network.applications.queries import rounds_showing as showing

ISSUER = "Helsevev"


def empty_form(round_: Round, language: str) -> bytes | None:
    """The call's form to read beforehand; None where it has none. The same bytes for the same version."""
    if round_.form is None:
        return None
    form = forms.compiled(round_.form)
    with override(language):
        paper = papers.Form(
            title=form.title.in_language(language),
            lines=forms.empty(form, language),
            intro=_("For reading beforehand. One applies on the call's page."),
            facts=((_("Round"), showing.name(round_)), (_("Closes"), showing.when(round_.closes_at))),
        )
        return papers.form(paper, _about(language, round_.form.published_at))


def receipt(application: Application, submission: Submission, language: str) -> bytes:
    """What was sent in, with when and its seal."""
    with override(language):
        facts = [
            (_("Application"), application.code),
            (_("Round"), showing.name(application.round)),
            (_("Owner"), application.owner.name),
            (_("Received"), showing.when(submission.sent_at)),
            (_("Sending number"), str(submission.number)),
            (_("Seal (SHA-256)"), submission.digest),
        ]
        facts += [(_("Stands behind"), f"{one['name']}") for one in submission.partners if one["confirmed_at"]]
        facts += [(one["name"], f"SHA-256 {one['sent_digest']}") for one in submission.attachments]
        told = forms.told_of(submission.response, language)
        paper = papers.Form(title=submission.title, lines=told, facts=facts, answered=True)
        return papers.form(paper, _about(language, submission.sent_at))


def _about(language: str, at: datetime) -> papers.About:
    return papers.About(language=language, made_at=at.astimezone(UTC), issuer=ISSUER, say=_)
