"""What Wagtail needs to be told; used only where the knowledge bank isn't left out (docs/adr/0011)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

APPS = [
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
]
# Stands before all that reads sessions.
FIRST = "helsevev.knowledge.pages.middleware.remembering.RememberingMiddleware"
# The desk asks who enters before anything else of it is done; old addresses are looked for when nothing was found.
MIDDLEWARE = [
    "helsevev.knowledge.pages.middleware.desk.DeskMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]


def renditions(data_dir: Path) -> dict[str, Any]:
    """Where smaller pictures lie that are made of others; they can be made again, so no backup takes them."""
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": data_dir / "renditions", "base_url": "/knowledge/pictures/"},
    }


def settings(site_url: str) -> Mapping[str, Any]:
    """The settings themselves."""
    return {
        "WAGTAIL_SITE_NAME": "Helsevev",
        "WAGTAILADMIN_BASE_URL": site_url,
        "WAGTAIL_I18N_ENABLED": True,
        "WAGTAIL_CONTENT_LANGUAGES": [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("English"))],
        "WAGTAILADMIN_PERMITTED_LANGUAGES": [("nb", "Norsk bokmål"), ("nn", "Norsk nynorsk"), ("en", "English")],
        "WAGTAILADMIN_LOGIN_URL": "account_login",
        # Accounts, passwords and addresses belong to the people's room.
        "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED": False,
        "WAGTAIL_PASSWORD_RESET_ENABLED": False,
        "WAGTAIL_EMAIL_MANAGEMENT_ENABLED": False,
        "WAGTAIL_GRAVATAR_PROVIDER_URL": None,
        "WAGTAIL_ENABLE_UPDATE_CHECK": False,
        "WAGTAIL_ENABLE_WHATS_NEW_BANNER": False,
        "WAGTAILADMIN_NOTIFICATION_USE_HTML": False,
        "WAGTAIL_APPEND_SLASH": True,
        "WAGTAIL_ALLOW_UNICODE_SLUGS": False,
        "WAGTAILADMIN_COMMENTS_ENABLED": True,
        # The site's own index finds pages; the desk's list needs none.
        "WAGTAILSEARCH_BACKENDS": {
            "default": {"BACKEND": "wagtail.search.backends.database.fallback", "AUTO_UPDATE": False}
        },
        "WAGTAILIMAGES_IMAGE_MODEL": "pages.Picture",
        "WAGTAILIMAGES_EXTENSIONS": ["jpg", "jpeg", "png"],
        "WAGTAILIMAGES_MAX_UPLOAD_SIZE": 10 * 1024 * 1024,
        "WAGTAILIMAGES_MAX_IMAGE_PIXELS": 50_000_000,
        "WAGTAILIMAGES_RENDITION_STORAGE": "renditions",
        "WAGTAILREDIRECTS_AUTO_CREATE": False,
        "TAGGIT_CASE_INSENSITIVE": True,
    }
