"""Wiring of the installation. What differs between installations comes from the environment (docs/operations.md)."""

import os
from pathlib import Path

import django_stubs_ext

from traektoria.config import env
from traektoria.config.mail import read_mail

django_stubs_ext.monkeypatch()  # generics of Django (``ModelForm[School]``) at run time too

os.umask(0o077)  # whatever the server or a command writes is readable to its own account only

PACKAGE = Path(__file__).resolve().parent.parent

DATA = env.directory("TRAEKTORIA_DATA", Path.cwd() / "var")
DATASETS = env.directory("TRAEKTORIA_DATASETS", DATA / "datasets")
BALLOTS = env.directory("TRAEKTORIA_BALLOTS", DATA / "ballots")  # keys of secret votes: never in a backup
MEDIA_ROOT = env.directory("TRAEKTORIA_UPLOADS", DATA / "uploads")
FILE_UPLOAD_TEMP_DIR = env.directory("", DATA / "temporary")  # swept at start of what killed requests left
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

DEBUG = env.flag("TRAEKTORIA_DEBUG", False)
DEMO = env.flag("TRAEKTORIA_DEMO", False)
SECRET_KEY = env.secret("TRAEKTORIA_SECRET", DATA / "secret")
ALLOWED_HOSTS = env.words("TRAEKTORIA_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = env.flag("TRAEKTORIA_HTTPS", False)
CSRF_TRUSTED_ORIGINS = env.words("TRAEKTORIA_ORIGINS", "")
ADDRESS = env.address("TRAEKTORIA_ADDRESS", CSRF_TRUSTED_ORIGINS)  # links in letters begin with it

DATABASES = {"default": env.database(env.text("DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "traektoria.demo",
    "traektoria.desk",
    "traektoria.documents",
    "traektoria.planning",
    "traektoria.events",
    "traektoria.consultations",
    "traektoria.routes",
    "traektoria.diagnostics",
    "traektoria.results",
    "traektoria.tutors",
    "traektoria.video",
    "traektoria.people",
    "traektoria.organisations",
    "traektoria.messaging",
    "traektoria.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "traektoria.core.middleware.Compression",
    "traektoria.core.middleware.ContentSecurityPolicy",
    "traektoria.core.middleware.BeforeReading",
    "traektoria.core.gate.Gate",
    "traektoria.people.sessions.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "traektoria.people.middleware.CurrentActor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "traektoria.core.middleware.BodyLimit",
    "allauth.account.middleware.AccountMiddleware",
    "traektoria.core.middleware.HumaneErrors",
]

ROOT_URLCONF = "traektoria.config.urls"
WSGI_APPLICATION = "traektoria.config.wsgi.application"

TEMPLATES = [
    {"BACKEND": "traektoria.core.templating.HouseTemplates", "NAME": "house", "DIRS": [PACKAGE / "templates"]},
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",  # sentences that libraries bring; no page
        "NAME": "library",
        "APP_DIRS": True,
    },
]
FORM_RENDERER = "traektoria.core.forms.HouseRenderer"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "traektoria.demo.backends.DemoPasswordOnlyInDemo",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "traektoria.people.adapter.HouseAccounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_RATE_LIMITS = False  # ours are in the database: people/throttle.py
ACCOUNT_FORMS = {"change_password": "traektoria.people.account_forms.OwnPasswordForm"}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 24 * 3600
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("TRAEKTORIA_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Traektoria"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: typed while the code changed, or by a telephone that is a little slow
MFA_FORMS = {
    "authenticate": "traektoria.people.account_forms.CodeForm",
    "reauthenticate": "traektoria.people.account_forms.CodeAgainForm",
    "activate_totp": "traektoria.people.account_forms.FirstCodeForm",
}
_mail = read_mail()
EMAIL_BACKEND = _mail.backend
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starttls, _mail.ssl
EMAIL_TIMEOUT = 20  # seconds; a relay that does not answer holds up nobody
VIDEO_HOSTS = env.words("TRAEKTORIA_VIDEO_HOSTS", "")  # video servers in networks of one's own: host or host:port
TASKS = {"default": {"BACKEND": "traektoria.core.tasks.backend.OnceBackend"}}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _mail.sender

LANGUAGE_CODE = env.text("TRAEKTORIA_LANGUAGE", "ru")
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = sorted(path for path in (PACKAGE / "locale").iterdir() if path.is_dir())
TIME_ZONE = env.text("TRAEKTORIA_TIME_ZONE", "Europe/Moscow")
USE_TZ = True
FORMAT_MODULE_PATH = ["traektoria.config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "traektoria.config.storage.TolerantManifest"},
}
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # fields of a form; files are not among them
LONGEST_TEXT = 100_000  # signs of one field; each form has its own limits, far below
UPLOAD_LIMIT = int(env.text("TRAEKTORIA_UPLOAD_LIMIT", str(40_000_000)))
EVIDENCE_OF_PERSON = env.number("TRAEKTORIA_EVIDENCE_OF_PERSON", 500_000_000)
EVIDENCE_OF_CENTRE = env.number("TRAEKTORIA_EVIDENCE_OF_CENTRE", 20_000_000_000)
BODY_LIMIT = 5 * UPLOAD_LIMIT  # several files at once, where no script sends them one by one

_CACHE = env.directory("TRAEKTORIA_CACHE", DATA / "cache")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": _CACHE,
        "OPTIONS": {"MAX_ENTRIES": 5000},  # of 300, Django's default, sign-ins of a busy hour push each other out
    }
}
COMPILED_TEMPLATES = _CACHE / "templates"
SESSION_ENGINE = "traektoria.people.sessions"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "traektoria.core.views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # other hosts of the owner's domain are not ours to bind
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "traektoria.core.secret_paths.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
