"""Every setting, read from the environment; nonsense stops the start with one list of what is wrong.

The table in `docs/running.md` explains each name; `tests/test_docs.py` fails when one is missing there.
A value may also come from a file: `SECRET_KEY_FILE=/run/secrets/key`.
"""

import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from environs import EnvError, FileAwareEnv, validate

from buurtdraad.accounts.signing_in import providers
from buurtdraad.lib.origins import only_origins

PACKAGE = Path(__file__).parent

env = FileAwareEnv(eager=False, strip_whitespace=True)

# --- who this is for -------------------------------------------------------------------------
CITY_NAME = env.str("CITY_NAME", "")
CITY_CODE = env.str("CITY_CODE", "", validate=validate.Regexp(r"^(GM\d{4})?$", error="must look like GM0344"))
CITY_PHONE = env.str("CITY_PHONE", "")
CITY_WALK_IN = env.str("CITY_WALK_IN", "")
CITY_WHATSAPP = env.str("CITY_WHATSAPP", "", validate=validate.Regexp(r"^(\+?\d{8,15})?$", error="must be a number such as +31612345678"))
CITY_WEBSITE = env.str("CITY_WEBSITE", "")
CITY_REPORT_LINE_URL = env.str(
    "CITY_REPORT_LINE_URL", "", validate=validate.Regexp(r"^(https?://\S+)?$", error="must look like https://www.example.nl/melding")
)
CITY_THEME_CSS = env.path("CITY_THEME_CSS", None)
CITY_LOGO = env.path("CITY_LOGO", None)
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")
PAYING_IBAN = env.str(
    "PAYING_IBAN", "", validate=validate.Regexp(r"^([A-Z]{2}\d{2}[A-Z0-9]{8,30})?$", error="must be an IBAN without spaces")
)

# --- where it runs ---------------------------------------------------------------------------
BUURTDRAAD_HOME = env.path("BUURTDRAAD_HOME", Path(os.devnull))
VOTING_KEYS = env.path("VOTING_KEYS", None)
PORT = env.int("PORT", 8000, validate=validate.Range(1, 65535))
HOST = env.str("HOST", "127.0.0.1")
WEB_WORKERS = env.int("WEB_WORKERS", 2, validate=validate.Range(1, 64))
DEMO = env.bool("DEMO", False)
# Set by the supervisor only: the database is the one that it started itself.
EMBEDDED_DATABASE = env.bool("BUURTDRAAD_EMBEDDED", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
SITE_URL = env.str("SITE_URL", "", validate=validate.Regexp(r"^(https?://[^/\s]+)?/?$", error="must look like https://buurt.example.nl"))
HTTPS = env.bool("HTTPS", False)
CARD_FRAMES: list[str] = env.list("CARD_FRAMES", [], subcast=str.strip, validate=only_origins)
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", [])
SECRET_KEY = env.str("SECRET_KEY", "")
DATABASE_URL = env.str("DATABASE_URL", "", validate=validate.Regexp(r"^(postgres(ql)?://.*)?$", error="must start with postgresql://"))
CACHE_URL = env.str("CACHE_URL", "", validate=validate.Regexp(r"^(rediss?://.*)?$", error="must start with redis://"))
UPLOAD_MB = env.int("UPLOAD_MB", 10, validate=validate.Range(1, 100))
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", 16, validate=validate.Range(0, 4096))
LOG_FORMAT = env.str("LOG_FORMAT", "line", validate=validate.OneOf(["line", "json"]))
SLOW_PAGE_MS = env.int("SLOW_PAGE_MS", 1000, validate=validate.Range(0, 600_000))
METRICS_TOKEN = env.str(
    "METRICS_TOKEN", "", validate=validate.Regexp(r"^(\S{20,})?$", error="must be at least 20 characters without spaces")
)
DRAIN_SECONDS = env.int("DRAIN_SECONDS", 0, validate=validate.Range(0, 300))
LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]))

# --- services outside ------------------------------------------------------------------------
ADDRESS_SERVICE_URL = env.str("ADDRESS_SERVICE_URL", "https://api.pdok.nl/bzk/locatieserver/search/v3_1/")
MAP_TILES_URL = env.str("MAP_TILES_URL", "")
OUTGOING_TIMEOUT = env.float("OUTGOING_TIMEOUT", 3.0, validate=validate.Range(0.1, 60))
# The case system of the municipality (ZGW); off while there is no address.
ZGW_URL = env.str("ZGW_URL", "", validate=validate.Regexp(r"^(https?://[^\s@]+)?$", error="must look like https://openzaak.example.nl/"))
ZGW_CLIENT_ID = env.str("ZGW_CLIENT_ID", "")
ZGW_SECRET = env.str("ZGW_SECRET", "")
ZGW_ZAAKTYPE = env.str("ZGW_ZAAKTYPE", "")
ZGW_RSIN = env.str("ZGW_RSIN", "", validate=validate.Regexp(r"^(\d{9})?$", error="must be nine digits"))
ZGW_INTERNAL = env.bool("ZGW_INTERNAL", False)
MAIL_URL = env.str(
    "MAIL_URL",
    "",
    validate=validate.Regexp(
        r"^(smtp(\+tls|\+ssl)?://([^@/\s]+@)?[^@/:\s]+(:\d{1,5})?/?)?$", error="must look like smtp+tls://user:password@mail.example.nl:587"
    ),
)
MAIL_FROM = env.str("MAIL_FROM", "", validate=validate.Regexp(r"^([^@\r\n]+@[^@\s]+)?$", error="must hold an e-mail address"))

# --- signing in ------------------------------------------------------------------------------
PASSWORDS = env.bool("PASSWORDS", False)
OIDC_JSON = env.str("OIDC_PROVIDERS", "")

try:
    env.seal()
except EnvError as problem:
    raise ImproperlyConfigured(f"The settings in the environment are not right: {problem}") from None

try:
    OIDC_PROVIDERS = providers.parse(OIDC_JSON)
except providers.BadProvider as problem:
    raise ImproperlyConfigured(str(problem)) from None

if not SECRET_KEY:
    if DATABASE_URL and not EMBEDDED_DATABASE and "pytest" not in sys.modules:
        raise ImproperlyConfigured("SECRET_KEY is not set. Give it a long random text (at least 50 characters) and keep it.")
    SECRET_KEY = "only for commands that keep nothing and for tests"  # noqa: S105

if ZGW_URL and (_missing := [name for name in ("ZGW_CLIENT_ID", "ZGW_SECRET", "ZGW_ZAAKTYPE", "ZGW_RSIN") if not globals()[name]]):
    raise ImproperlyConfigured(f"{', '.join(_missing)} not set. A case system (ZGW_URL) needs all of these.")

if MAIL_URL and not MAIL_FROM:
    raise ImproperlyConfigured("MAIL_FROM is not set. Give the address that mail comes from, such as: Gemeente Utrecht <buurt@example.nl>")

# The one-click sign-in of the demo may exist only where nobody else can reach it.
DEMO = DEMO and EMBEDDED_DATABASE and HOST in {"127.0.0.1", "localhost", "::1"}
CITY_PHONE = CITY_PHONE or ("14 030" if DEMO else "")
CITY_WALK_IN = CITY_WALK_IN or ("Molenplein 4, op werkdagen van 9.00 tot 17.00 uur." if DEMO else "")
# Links in mail are whole addresses, and a job has no visitor whose address it could use.
SITE_URL = SITE_URL.rstrip("/") or (f"https://{ALLOWED_HOSTS[0]}" if HTTPS else f"http://{ALLOWED_HOSTS[0]}:{PORT}")
DEBUG = False

# --- Django ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "buurtdraad.running",
    "buurtdraad.pages",
    "buurtdraad.api",
    "buurtdraad.reports",
    "buurtdraad.budgets",
    "buurtdraad.fund",
    "buurtdraad.money",
    "buurtdraad.initiatives",
    "buurtdraad.placements",
    "buurtdraad.method",
    "buurtdraad.works",
    "buurtdraad.agendas",
    "buurtdraad.partners",
    "buurtdraad.challenges",
    "buurtdraad.figures",
    "buurtdraad.messages",
    "buurtdraad.accounts",
    "buurtdraad.places",
    "buurtdraad.audit",
    "buurtdraad.ui",
    "buurtdraad.lib",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "django_htmx",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "buurtdraad.lib.watching.inside.Inside",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "buurtdraad.lib.permissions.middleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "buurtdraad.accounts.acting.middleware",
    "allauth.account.middleware.AccountMiddleware",
    "buurtdraad.accounts.signing_in.middleware.SecondStep",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "buurtdraad.ui.refusing.RefusalPages",
]
ROOT_URLCONF = "buurtdraad.urls"
WSGI_APPLICATION = "buurtdraad.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "buurtdraad.ui.context.frame",
                "buurtdraad.places.context.of_the_city",
                "buurtdraad.accounts.context.person",
            ],
        },
    }
]

# --- database --------------------------------------------------------------------------------
# Without a DATABASE_URL there is none: commands that need one are started by `buurtdraad`, which gives it.
DATABASES: dict[str, dict] = {"default": {"ENGINE": "django.db.backends.dummy"}}
if DATABASE_URL:
    import dj_database_url

    DATABASES["default"] = dict(dj_database_url.parse(DATABASE_URL)) | {"OPTIONS": {"pool": {"min_size": 1, "max_size": 10, "timeout": 10}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "accounts:sign_in"
SESSION_ENGINE = "buurtdraad.accounts.signing_in.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "buurtdraad.ui.views.csrf_failed"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Of django-allauth: the second step, and the exchange with OpenID Connect providers. Accounts are our own.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
MFA_ADAPTER = "buurtdraad.accounts.signing_in.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A code stays good for the period before and after its own: people type slowly and clocks differ (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "buurtdraad.accounts.signing_in.openid.SocialAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = OUTGOING_TIMEOUT

# --- mail: without MAIL_URL nothing leaves, and the demo shows it on a page ----------------------
MAILERS: dict[str, dict] = {}
SILENCED_SYSTEM_CHECKS = ["mail.W001"]  # no mailer: that is meant, and `./run doctor` says so
DEFAULT_FROM_EMAIL = MAIL_FROM or f"buurt@{ALLOWED_HOSTS[0]}"
if MAIL_URL:
    _mail = urlsplit(MAIL_URL)
    MAILERS["default"] = {
        "OPTIONS": {
            "host": _mail.hostname,
            "port": _mail.port,
            "username": unquote(_mail.username or ""),
            "password": unquote(_mail.password or ""),
            "use_tls": _mail.scheme == "smtp+tls",
            "use_ssl": _mail.scheme == "smtp+ssl",
            "timeout": 10,
        }
    }

# --- languages: the address decides, nothing else ----------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("nl-x-simpel", "Makkelijk Nederlands"), ("en", "English")]
# Each room keeps its own words: <room>/locale/{nl,nl_X-simpel}/LC_MESSAGES/django.po
USE_I18N = True
FORMAT_MODULE_PATH = ["buurtdraad.ui.formats"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Built files carry a hash of their content in their name (`ui.built`).
WHITENOISE_IMMUTABLE_FILE_TEST = r"/ui/built/[\w-]+\.[0-9a-f]{10}\.\w+$"
# A file that is too large is cut off while it comes in; what passes is kept by `lib.uploads.keeping`.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "buurtdraad.lib.uploads.receiving.CutOff",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FORM_RENDERER = "buurtdraad.ui.renderer.PageRenderer"

# --- caches: one shared by the processes where the city has a Valkey, and in each process the frame of its pages ---
IN_PROCESS = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL} if CACHE_URL else {"BACKEND": IN_PROCESS},
    # By this name `{% cache %}` finds it.
    "template_fragments": {"BACKEND": IN_PROCESS, "LOCATION": "frame"},
}

# --- safety (internet.nl, `safety.md` of the design) -------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "buurtdraad.lib.watching.lines.Line", "format": "{asctime} {levelname} {name}{numbered}: {message}", "style": "{"},
        **({"json": {"()": "buurtdraad.lib.watching.json_lines.JsonLine"}} if LOG_FORMAT == "json" else {}),
    },
    "filters": {"no_votes": {"()": "buurtdraad.lib.unlogged.NoVotes"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.request": {"filters": ["no_votes"]},
        "django.security.csrf": {"filters": ["no_votes"]},
        "procrastinate": {"level": "WARNING"},
    },
}
