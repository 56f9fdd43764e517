"""What an installation begins with: the workflow's first version, and a form to apply by."""

from django.conf import settings
from django.db import transaction

from helsevev.commons.forms.actions import load_forms
from helsevev.commons.forms.models import Form, FormVersion
from helsevev.network.applications.actions.rounds import workflow_now

BY = "system:prepare"


def prepare() -> bool:
    """See to it that they are there; whether a form had to be published. What somebody has made since is left."""
    with transaction.atomic():
        workflow_now()
        if FormVersion.objects.filter(form__kind=Form.Kind.APPLICATION).exists():
            return False
        load_forms(settings.REFERENCE_DIR / "forms")
    return True
