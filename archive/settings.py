"""All settings of an instance; each that an operator may change is read from the environment."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from archive.environment import env_bool, env_choice, env_int, env_list, env_secret, refuse_unsafe
from search import engines

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything an instance writes lives here.
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()

DEBUG = env_bool("DEBUG", False)
SECRET_KEY = env_secret("SECRET_KEY", DATA_DIR / "secret_key")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "archive",
    "archive.apps.ArchiveAdminConfig",
    "django.contrib.auth",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "archive.accounts.apps.AttemptsConfig",
    "archive.accounts.apps.AccountsConfig",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "corsheaders",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "programmes",
    "search",
]

MIDDLEWARE = [
    "archive.measuring.Requests",
    "archive.routing.Readers",
    "django.middleware.security.SecurityMiddleware",
    "archive.headers.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "archive.unavailable.Unavailable",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "archive.templating.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "archive.context.page",
            ],
            "builtins": ["programmes.templatetags.addressing"],
        },
    },
]


def database(url: str) -> dict[str, object]:
    """The database at `url`; SQLite is tuned for a web service of several processes."""
    try:
        config = environ.Env.db_url_config(url)
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL={url!r} ist keine Adresse einer Datenbank: {error}"
        ) from error
    engine = config.get("ENGINE")
    if engine == "django.db.backends.sqlite3":
        config["CONN_MAX_AGE"] = 600  # opening one costs more than the query of a page made before
        config["OPTIONS"] = {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                # FULL: what was saved is on the disk; NORMAL may lose the last commits when the power fails.
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000;"
                "PRAGMA cache_size=-20000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        }
    elif engine == "django.db.backends.postgresql":
        # As many as threads may want at once; without a word the pool stops at four, and the fifth waits for half a minute.
        pool = {"min_size": 1, "max_size": 16, "timeout": 10}
        config["OPTIONS"] = {**config.get("OPTIONS", {}), "pool": pool}
    else:
        raise ImproperlyConfigured(
            f"DATABASE_URL={url!r}: möglich sind sqlite:///… und postgresql://…"
        )
    return config


DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'archive.sqlite3'}"
    )
}
# Hot standbys of a PostgreSQL primary, comma-separated; anonymous reading goes to them.
for _number, _url in enumerate(env_list("DATABASE_STANDBY_URLS", []), start=1):
    DATABASES[f"standby{_number}"] = {**database(_url), "TEST": {"MIRROR": "default"}}
STANDBYS = tuple(name for name in DATABASES if name.startswith("standby"))
DATABASE_ROUTERS = ["archive.routing.Standbys"] if STANDBYS else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# whoosh:FOLDER | postgresql://… | opensearch://host1,host2/…
SEARCH_URL = os.environ.get("SEARCH_URL") or f"whoosh:{DATA_DIR / 'index'}"
try:
    engines.check(SEARCH_URL)
except engines.UnknownEngine as _wrong:
    raise ImproperlyConfigured(str(_wrong)) from None

MEDIA_ROOT = DATA_DIR / "originals"
MEDIA_URL = "/originale/"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# With HASHED_STATIC (`manage.py serve` sets it) files are collected once, compressed, and kept by browsers for ever.
HASHED_STATIC = env_bool("HASHED_STATIC", False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC

# Numbers and whole pages, each process its own; both are keyed by the edition, so nothing needs to be cleared.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "numbers",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
    "searches": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "searches",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
    "held": {"BACKEND": "programmes.held.HeldCache", "LOCATION": "held"},
}

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "templates" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "admin:login"
SESSION_ENGINE = "archive.accounts.sessions"
SESSION_COOKIE_AGE = env_int("SESSION_DAYS", 14) * 86_400
# optional | required: whether everyone at the desk must set up a second device (a code from an app).
TWO_FACTOR = env_choice("TWO_FACTOR", ("optional", "required"))
OTP_TOTP_ISSUER = "Versprochen"
# Wrong passwords for a name from one place; after so many the login there rests. Addresses are kept as a keyed hash.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "archive.accounts.entrance.pseudonym"
AXES_LOCKOUT_CALLABLE = "archive.accounts.entrance.locked_out"
AXES_VERBOSE = False

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
# One address behind TLS: set HTTPS=true and cookies and redirects insist on it.
HTTPS = env_bool("HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Whether the names beside and the lists of browsers insist on TLS too is for their owner to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# smtp://user:password@host:25, smtp+tls://…; without it there are no alerts by e-mail.
EMAIL_URL = os.environ.get("EMAIL_URL", "")
ALERTS = bool(EMAIL_URL)
if EMAIL_URL:
    globals().update(environ.Env.email_url_config(EMAIL_URL))
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "versprochen@localhost")
# Where the archive stands for its visitors, for links in e-mails: https://archiv.example.org
SITE_URL = os.environ.get("SITE_URL", "")

# Data may be read from any site; nothing can be written and no cookie is sent.
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_URLS_REGEX = r"^/(?:api|daten|zitieren|oembed|suche|feed)(?:/|$)"
CORS_EXPOSE_HEADERS = (
    *("ETag", "Link", "Retry-After"),
    *("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"),
)
# How often a minute one visitor may ask for what costs most; 0 is without limit, and pages have none.
VISITOR_RATES = {
    "search": env_int("SEARCH_RATE", 90, at_least=0),
    "suggest": env_int("SUGGEST_RATE", 300, at_least=0),
    "feed": env_int("FEED_RATE", 60, at_least=0),
    "download": env_int("DOWNLOAD_RATE", 20, at_least=0),
}
# Proxies in front of the archive whose X-Forwarded-For is to be believed.
PROXIES = env_int("PROXIES", 0)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    # Requests of one address; a page of the API holds up to 500 rows.
    "DEFAULT_THROTTLE_RATES": {"anon": os.environ.get("API_RATE", "300/minute")},
    "NUM_PROXIES": PROXIES,
    "EXCEPTION_HANDLER": "programmes.api.errors.problem",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Versprochen",
    "DESCRIPTION": "What German municipal election programmes promise: documents, sections, pledges. Read-only.",
    "VERSION": "1",
    "LICENSE": {"name": "MIT (the software; the texts keep their own rights)"},
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": [],
    "SERVE_AUTHENTICATION": [],
}

# Figures for Prometheus at /metrics; several processes write theirs into one folder.
METRICS = env_bool("METRICS", False)
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
if METRICS:
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(DATA_DIR / "metrics"))
    Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)

# Bytes. A programme of a thousand pages is below it; a larger upload is refused with a sentence.
MAX_DOCUMENT_BYTES = env_int("MAX_DOCUMENT_MB", 50) * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # an archivist hands in a whole election at once

# LOG_FORMAT=json: one JSON object a line, for whoever collects logs. No address of a visitor is logged.
LOG_FORMAT = env_choice("LOG_FORMAT", ("plain", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # The cluster's client tells each try that failed with all its lines; the search says it in a sentence.
    "loggers": {"opensearch": {"level": "ERROR"}},
}

# Jobs of the desk wait in the database; `manage.py work` does them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
UPLOADS_ROOT = DATA_DIR / "uploads"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "programmes.files.NamelessUploadHandler",
]

# How many processes read files side by side.
READING_PROCESSES = env_int("READING_PROCESSES", os.cpu_count() or 1)
# What reading one file may take, in a process of its own, before it is refused.
READING_SECONDS = env_int("READING_SECONDS", 15)
READING_MEGABYTES = env_int("READING_MEGABYTES", 400)

if not DEBUG:
    refuse_unsafe(
        hosts=ALLOWED_HOSTS,
        secret=SECRET_KEY,
        secret_file=DATA_DIR / "secret_key",
        site=SITE_URL,
        https=HTTPS,
    )
