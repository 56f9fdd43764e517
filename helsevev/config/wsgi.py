"""What a web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from helsevev.commons.operations.actions.serving import stop_web_process, stop_when_alone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsevev.config.settings")
application = get_wsgi_application()
stop_when_alone(stop_web_process)
