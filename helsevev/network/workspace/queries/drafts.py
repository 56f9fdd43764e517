"""What someone has typed and not saved."""

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import User
from helsevev.network.workspace.models import WorkDraft


def draft(user: User, initiative: Initiative, place: str) -> WorkDraft | None:
    """What was typed in one place."""
    return WorkDraft.objects.filter(user=user, initiative=initiative, place=place[:120]).first()
