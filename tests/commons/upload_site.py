"""A site for tests with one page that takes files, as an owning room would have it; settings and addresses in one."""

from collections.abc import Callable

from helsevev.config.settings import *  # noqa: F403

ROOT_URLCONF = "commons.upload_urls"
MIDDLEWARE = [
    one
    for known in MIDDLEWARE  # noqa: F405
    for one in (
        [known, "commons.upload_site.signed_in"]
        if known == "django.contrib.auth.middleware.AuthenticationMiddleware"
        else [known]
    )
]


def signed_in(get_response: Callable) -> Callable:
    """Whoever comes is the one invented person."""

    def answer(request):
        from helsevev.commons.people.models import User

        request.user = User.objects.get_or_create(email="demo@example.invalid", defaults={"name": "Demo Sender"})[0]
        return get_response(request)

    return answer
