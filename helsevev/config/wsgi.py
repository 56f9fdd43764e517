"""What a web server loads."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from helsevev.commons.operations.actions import beside
from helsevev.commons.operations.actions.serving import stop_web_process, stop_when_alone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
application = get_wsgi_application()
# Read every address now, so that no visitor waits for it, and no fault in it waits for a visitor.
get_resolver().url_patterns  # noqa: B018
stop_when_alone(stop_web_process)
beside.start()
