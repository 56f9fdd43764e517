"""What an installation begins with: the workflow's first version, and a form to apply by."""

import json

from django.conf import settings
from django.db import transaction

from helsevev.commons.forms.actions import make, publish
from helsevev.commons.forms.models import Form, FormVersion
from helsevev.network.applications.actions.rounds import workflow_now

BY = "system:prepare"
FORM, FILE = "application", "application_form.json"


def prepare() -> bool:
    """See to it that they are there; whether the form had to be made. What somebody has made since is left."""
    with transaction.atomic():
        workflow_now()
        if FormVersion.objects.filter(form__kind=Form.Kind.APPLICATION).exists():
            return False
        questionnaire = json.loads((settings.REFERENCE_DIR / FILE).read_text(encoding="utf-8"))
        publish(make(FORM, Form.Kind.APPLICATION, BY), questionnaire, BY)
    return True
