"""The one settings file: embedded on one machine by default, a nation's by environment variables.

HELSEVEV_MODE is `embedded` (default), `demo` or `production`. docs/manual/settings.md lists every variable.
"""

from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from helsevev import VERSION
from helsevev.config import environment as env
from helsevev.config import knowledge, rates
from helsevev.config.rooms import WINGS

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.text("HELSEVEV_DATA_DIR") or CHECKOUT / "var").resolve()
REFERENCE_DIR = CHECKOUT / "data"

MODE = env.choice("HELSEVEV_MODE", ("embedded", "demo", "production"), "embedded")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = False

# --- Address and secrets ---------------------------------------------------------------------------------------------
if PRODUCTION:
    SITE_URL = env.required("HELSEVEV_SITE_URL", "Give the public address, such as https://helsevev.example.no.")
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured(f"HELSEVEV_SITE_URL is '{SITE_URL}'. In production it must begin with https://.")
    SECRET_KEY = env.required("HELSEVEV_SECRET_KEY", "Make one with: openssl rand -base64 48")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured(
            "HELSEVEV_SECRET_KEY is shorter than 50 characters. Make one: openssl rand -base64 48"
        )
    TRAIL_KEY = env.required("HELSEVEV_TRAIL_KEY", "It seals the trail, and must not lie in the database.")
    if len(TRAIL_KEY) < 32:
        raise ImproperlyConfigured(
            "HELSEVEV_TRAIL_KEY is shorter than 32 characters. Make one: openssl rand -base64 48"
        )
    if TRAIL_KEY == SECRET_KEY:
        raise ImproperlyConfigured("HELSEVEV_TRAIL_KEY equals HELSEVEV_SECRET_KEY. Make two different secrets.")
else:
    SITE_URL = env.text("HELSEVEV_SITE_URL", "http://127.0.0.1:8000")
    SECRET_KEY = env.text("HELSEVEV_SECRET_KEY") or env.kept_secret(DATA_DIR, "secret.key")
    TRAIL_KEY = env.text("HELSEVEV_TRAIL_KEY") or env.kept_secret(DATA_DIR, "trail.key")
SITE_URL = SITE_URL.rstrip("/")
TRAIL_HEAD_FILE = Path(env.text("HELSEVEV_TRAIL_HEAD_FILE") or DATA_DIR / "trail.head")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
LOCAL_HOSTS = [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [SITE_HOST, *env.text("HELSEVEV_HOSTS").split(), *LOCAL_HOSTS]
SECURE = SITE_URL.startswith("https://")

# --- Rooms -----------------------------------------------------------------------------------------------------------
LEFT_OUT = env.text("HELSEVEV_LEAVE_OUT").split()
if unknown := set(LEFT_OUT) - set(WINGS):
    raise ImproperlyConfigured(
        f"HELSEVEV_LEAVE_OUT names {', '.join(sorted(unknown))}. The wings are: {', '.join(WINGS)}."
    )
ROOMS = [room for wing, rooms in WINGS.items() if wing not in LEFT_OUT for room in rooms]
INSTALLED_APPS = [
    "helsevev.front",
    *ROOMS,
    *(["helsevev.commons.demo"] if DEMO else []),
    "helsevev.commons.shelf",
    "helsevev.commons.finding",
    "helsevev.commons.initiatives",
    "helsevev.commons.forms",
    "helsevev.commons.files",
    "helsevev.commons.people",
    "helsevev.commons.mail",
    "helsevev.commons.operations",
    "helsevev.commons.audit",
    "helsevev.commons.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "helsevev.commons.operations.middleware.RateMiddleware",
    # Before anything reads what was sent.
    "helsevev.commons.files.middleware.UploadMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "helsevev.commons.people.middleware.PersonMiddleware",
    "helsevev.commons.operations.middleware.KeepableMiddleware",
]
ROOT_URLCONF = "helsevev.config.urls"
WSGI_APPLICATION = "helsevev.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "helsevev.front.panels.frame",
            ],
            "builtins": ["helsevev.commons.ui.templatetags.ui"],
        },
    }
]

# --- Records ---------------------------------------------------------------------------------------------------------
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"


def database(address: str) -> dict[str, Any]:
    """Django's words for a postgresql:// address, or for the file of an embedded installation."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "helsevev.sqlite3",
            "CONN_MAX_AGE": 60,  # opening the file means reading the names of all its tables, 5 ms each time
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise ImproperlyConfigured("HELSEVEV_DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or 5432,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": env.whole("HELSEVEV_DATABASE_POOL", 8), "timeout": 10}},
    }


DATABASE_URL = env.text("HELSEVEV_DATABASE_URL")
if PRODUCTION and not DATABASE_URL and not env.flag("HELSEVEV_ALLOW_SQLITE"):
    raise ImproperlyConfigured(
        "HELSEVEV_DATABASE_URL is not set. Give a postgresql:// address, or say HELSEVEV_ALLOW_SQLITE=yes "
        "for a small installation on one machine."
    )
DATABASES = {"default": database(DATABASE_URL)}
# Where tables belong to an owner of their own: the role that the application has, to whom `prepare` gives its rights.
DATABASE_APP_ROLE = env.text("HELSEVEV_DATABASE_APP_ROLE")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A table serves several processes; one process is served better by its own memory.
IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"}
    if PRODUCTION
    else {"BACKEND": IN_MEMORY},
    # Who asks how often is counted in each process's memory, and never written down.
    "rates": {"BACKEND": IN_MEMORY, "LOCATION": "rates", "OPTIONS": {"MAX_ENTRIES": 50_000}},
    # Open pages as they were drawn, for readers without a session.
    "pages": {"BACKEND": IN_MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 600}},
}
RATES = rates.RATES
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

# --- People ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORDS = "helsevev.commons.people.forms.passwords"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{PASSWORDS}.UnlikeItsOwner"},
    {"NAME": f"{PASSWORDS}.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{PASSWORDS}.Uncommon"},
]
ACCOUNT_ADAPTER = "helsevev.commons.people.forms.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "helsevev.commons.people.forms.SocialAdapter"
MFA_ADAPTER = "helsevev.commons.people.forms.SecondFactorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 900
PASSWORD_RESET_TIMEOUT = 3600
# Counted over five minutes each, so that one Retry-After is true of all. A hospital shares one address, so the limits
# by address are wide, and those by account count where the attempt comes from too: nobody locks another out.
ACCOUNT_RATE_LIMITS = {
    "login": "300/300s/ip",
    "login_failed": "60/300s/ip,5/300s/key",
    "signup": "60/300s/ip",
    "ask_link": "60/300s/ip",
    "use_link": "60/300s/ip",
    "reset_password": "60/300s/ip",
    "reset_password_from_key": "60/300s/ip",
    "confirm_email": "1/60s/key",
    "manage_email": "20/300s/user",
    "change_password": "20/300s/user",
    "reauthenticate": "20/300s/user",
    "oidc": "120/300s/ip",
    "oidc_answer": "120/300s/ip",
}
FORMS = "helsevev.commons.people.forms.account"
ACCOUNT_FORMS = {
    "login": f"{FORMS}.LoginForm",
    "signup": f"{FORMS}.SignupForm",
    "add_email": f"{FORMS}.AddEmailForm",
    "change_password": f"{FORMS}.ChangePasswordForm",
    "set_password": f"{FORMS}.SetPasswordForm",
    "reset_password": f"{FORMS}.ResetPasswordForm",
    "reset_password_from_key": f"{FORMS}.ResetPasswordKeyForm",
    "reauthenticate": f"{FORMS}.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": f"{FORMS}.CodeForm",
    "reauthenticate": f"{FORMS}.CodeAgainForm",
    "activate_totp": f"{FORMS}.ActivateAppForm",
}
SOCIALACCOUNT_FORMS = {"signup": f"{FORMS}.SocialSignupForm"}
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front:mine"
ACCOUNT_LOGOUT_REDIRECT_URL = "front:home"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Helsevev"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrftoken"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SECURE else []
OIDC = (
    {
        "issuer": env.text("HELSEVEV_OIDC_ISSUER"),
        "client_id": env.required("HELSEVEV_OIDC_CLIENT_ID", "The OIDC issuer is set, and needs a client id."),
        "client_secret": env.required("HELSEVEV_OIDC_CLIENT_SECRET", "The OIDC issuer is set, and needs a secret."),
        "name": env.text("HELSEVEV_OIDC_NAME", "ID-porten"),
        "acr_staff": env.text("HELSEVEV_OIDC_ACR_STAFF", "idporten-loa-high"),
        "acr_others": env.text("HELSEVEV_OIDC_ACR_OTHERS", "idporten-loa-substantial"),
    }
    if env.text("HELSEVEV_OIDC_ISSUER")
    else None
)
if OIDC and PRODUCTION and not OIDC["issuer"].startswith("https://"):
    raise ImproperlyConfigured("HELSEVEV_OIDC_ISSUER must begin with https:// in production.")

# --- Mail ------------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("HELSEVEV_MAIL_FROM", "Helsevev <helsevev@localhost>")
# Whom visitors write to about accessibility, privacy and holes in security.
CONTACT = env.text("HELSEVEV_CONTACT") or parseaddr(DEFAULT_FROM_EMAIL)[1]
EMAIL_HOST = env.text("HELSEVEV_MAIL_HOST")
EMAIL_PORT = env.whole("HELSEVEV_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("HELSEVEV_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("HELSEVEV_MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("HELSEVEV_MAIL_TLS", default=PRODUCTION)
EMAIL_TIMEOUT = 20
# Letters to many go out no faster than the mail server takes them gladly.
NEWSLETTER_PER_MINUTE = max(env.whole("HELSEVEV_NEWSLETTER_PER_MINUTE", 600), 1)
if PRODUCTION:
    env.required("HELSEVEV_MAIL_HOST", "People sign in by e-mail, so a mail server is needed.")
    env.required("HELSEVEV_MAIL_FROM", "Give the sender, such as: Helsevev <post@helsevev.example.no>")
    if not EMAIL_USE_TLS:
        raise ImproperlyConfigured("HELSEVEV_MAIL_TLS is no. Sign-in links must not travel in the clear.")
EMAIL_BACKEND = (
    "helsevev.commons.mail.actions.smtp.Backend" if EMAIL_HOST else "django.core.mail.backends.dummy.EmailBackend"
)

# --- Processes -------------------------------------------------------------------------------------------------------
WEB_PROCESSES = env.whole("HELSEVEV_WEB_PROCESSES", 2 if PRODUCTION else 1)
WEB_THREADS = env.whole("HELSEVEV_WEB_THREADS", 4)
if WEB_PROCESSES < 1 or WEB_THREADS < 1:
    raise ImproperlyConfigured("HELSEVEV_WEB_PROCESSES and HELSEVEV_WEB_THREADS must be 1 or more.")

# --- Language and time -----------------------------------------------------------------------------------------------
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("English"))]
LANGUAGE_CODE = "nb"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LOCALE_PATHS = [CHECKOUT / "locale", CHECKOUT / "locale" / "desk"]
TIME_ZONE = "Europe/Oslo"
FORMAT_MODULE_PATH = "helsevev.config.formats"
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
# Gathered and named by content in production; elsewhere served from where they lie.
STATIC_ROOT = DATA_DIR / "static" if PRODUCTION else None
STATICFILES_DIRS = [CHECKOUT / "frontend" / "dist"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Uploads never lie in memory: they stream to the data folder, and a page takes no more than it has said.
FILE_UPLOAD_HANDLERS = ["helsevev.commons.files.actions.incoming.Incoming"]
# "plan": read, planned and ranked in Norwegian, in each process; "database": by what the database alone can do.
SEARCH_ENGINE = env.choice("HELSEVEV_SEARCH_ENGINE", ("plan", "database"), "plan")
# Whether links of pages to other sites are asked now and then if they still lead anywhere.
VISIT_LINKS = env.flag("HELSEVEV_VISIT_LINKS", default=PRODUCTION)
FILES_LARGEST = env.whole("HELSEVEV_LARGEST_FILE_MB", 100) * 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- What the browser is told ----------------------------------------------------------------------------------------
# A browser follows a form only to places named here; a provider may take sign-ins elsewhere than at its own name.
ISSUER_ORIGINS = (
    ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC["issuer"])), *env.text("HELSEVEV_OIDC_ORIGINS").split()]
    if OIDC
    else []
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *ISSUER_ORIGINS],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
TRUSTED_PROXIES = int(env.flag("HELSEVEV_BEHIND_PROXY"))
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
CSRF_FAILURE_VIEW = "helsevev.commons.ui.views.csrf_failure"

# --- Logs ------------------------------------------------------------------------------------------------------------
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.choice("HELSEVEV_LOG", LOG_LEVELS, "WARNING")},
}
if "network" not in LEFT_OUT:
    # Inside the files, outside all that answers pages; in front of the session, which it doesn't open.
    sessions = MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware")
    MIDDLEWARE.insert(sessions, "helsevev.network.visits.middleware.VisitsMiddleware")
if "knowledge" not in LEFT_OUT:
    INSTALLED_APPS[:0] = knowledge.APPS  # before our rooms, which have a word with it when they start
    MIDDLEWARE.insert(MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware"), knowledge.FIRST)
    MIDDLEWARE += knowledge.MIDDLEWARE
    STORAGES["renditions"] = knowledge.renditions(DATA_DIR)
    globals().update(knowledge.settings(SITE_URL))
__version__ = VERSION
