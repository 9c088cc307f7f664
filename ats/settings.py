"""One settings file, driven by the environment; `docs/running.md` lists the variables.

Without `DATABASE_URL` the embedded servers that `manage.py up` starts are used: it writes
their addresses and a secret key into `DATA_DIR/services.env`.
"""

import os
from pathlib import Path

import environ


class Env(environ.Env):  # type: ignore[misc]
    """A copy: the file's values must not pass for variables that somebody set."""

    ENVIRON = dict(os.environ)


BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
if (DATA_DIR / "services.env").exists():
    Env.read_env(DATA_DIR / "services.env")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
# How many people the company employs: laws that begin at a size hold unless this is smaller.
COMPANY_EMPLOYEES: int | None = env.int("COMPANY_EMPLOYEES", default=None)
COMPANY_NAME = env("COMPANY_NAME", default="Northlight Research")
# The public board at /v1/boards/: its name in addresses (else the company's), and the key that
# lets another site send applications in.
BOARD_TOKEN = env("BOARD_TOKEN", default="").lower()
BOARD_API_KEY = env("BOARD_API_KEY", default="")

INSTALLED_APPS = [
    "interviews",
    "candidates",
    "requisitions",
    "ats",
    "unfold.apps.BasicAppConfig",
    "ats.apps.ConsoleConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ats.api.middleware.problems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "ats.urls"
WSGI_APPLICATION = "ats.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "ats" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"console": "ats.admin.tags"},
        },
    }
]

DATABASES = {
    "default": env.db("DATABASE_URL", default="postgresql://127.0.0.1:5432/evenhand")
    | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "ats.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
if TESTING := env.bool("TESTING", default=False):
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "/console/login/"
LOGIN_REDIRECT_URL = "/console/"

# Valkey carries hints, limits and nothing else; PostgreSQL holds every promise.
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
# Networks that calendar feeds may lie in although they are not public: 10.20.0.0/16, say.
FETCH_ALLOWED_NETWORKS = env.list("FETCH_ALLOWED_NETWORKS", default=[])
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=2.0)

EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{DATA_DIR / 'mail'}")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST") or "127.0.0.1"
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="recruiting@northlight.example")

# One clock for every process of a test run; refused anywhere else (ats.E001).
TEST_CLOCK_FILE = env("TEST_CLOCK_FILE", default="")

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(DATA_DIR / "static"))
MEDIA_ROOT = env("MEDIA_ROOT", default=str(DATA_DIR / "files"))
# Who was erased, outside of the database: keep it where a restore does not bring back an old one.
ERASURE_LEDGER = env("ERASURE_LEDGER", default=str(DATA_DIR / "erasures.jsonl"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# Tests serve static files from where they are written; everybody else collects them first.
WHITENOISE_USE_FINDERS = TESTING
# A resume is at most 10 MiB; the rest of a form is small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# HTTPS is on unless the site's own address says otherwise (a laptop, `make run`).
SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SESSION_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
X_FRAME_OPTIONS = "DENY"

REST_FRAMEWORK = {
    # How many proxies of our own stand before the site: only they may say who the caller is.
    "NUM_PROXIES": env.int("TRUSTED_PROXIES", default=0),
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "ats.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "ats.api.pagination.KeysetPagination",
    "DEFAULT_FILTER_BACKENDS": ["ats.api.filters.StrictFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "ats.api.schema.Schema",
    "EXCEPTION_HANDLER": "ats.api.errors.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Evenhand API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": "The recruiting pipeline, for hiring managers and the tools that act for them.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [
        "ats.api.schema.name_enums",
        "ats.api.schema.document_problems",
    ],
}

# The console's look; `ats/site.py` has what depends on who asks.
UNFOLD = {
    "SITE_TITLE": "Evenhand",
    "SITE_HEADER": "Evenhand",
    "SITE_SUBHEADER": COMPANY_NAME,
    "SITE_URL": "/",
    "SITE_ICON": "ats.site.icon",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": "ats.site.icon"}],
    "THEME": "light",
    "BORDER_RADIUS": "8px",
    "SHOW_HISTORY": False,
    "STYLES": ["ats.site.stylesheet"],
    "SIDEBAR": {"navigation": "ats.site.navigation"},
    "COLORS": {
        "primary": {
            "50": "oklch(98% .014 180)",
            "100": "oklch(95% .04 180)",
            "200": "oklch(90% .075 180)",
            "300": "oklch(82% .11 181)",
            "400": "oklch(70% .12 183)",
            "500": "oklch(58% .105 185)",
            "600": "oklch(50% .088 187)",
            "700": "oklch(43.5% .075 188)",
            "800": "oklch(38% .062 188)",
            "900": "oklch(33% .052 189)",
            "950": "oklch(26% .04 190)",
        },
        "base": {
            "50": "oklch(98.4% .002 106)",
            "100": "oklch(96.6% .003 106)",
            "200": "oklch(92.4% .004 85)",
            "300": "oklch(87% .006 75)",
            "400": "oklch(71% .01 60)",
            "500": "oklch(53% .013 58)",
            "600": "oklch(44% .012 67)",
            "700": "oklch(36% .011 70)",
            "800": "oklch(27% .008 50)",
            "900": "oklch(21.5% .007 56)",
            "950": "oklch(15% .005 49)",
        },
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "ats.logs.Line",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
}
