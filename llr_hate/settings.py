"""Settings, read from the environment; `docs/DEPLOY.md` lists each variable.

What is not in the environment is looked up in `<LLR_DATA_DIR>/env`, which `./scripts/run` writes, so that
`manage.py` and `pytest` work in the same folder without exporting anything.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from llr_hate.safety import refuse_unsafe_production

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
DATA_DIR = Path(env.str("LLR_DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
if (DATA_DIR / "env").is_file():
    env.read_env(str(DATA_DIR / "env"), overwrite=False)

MODE = env.str("LLR_MODE", default="development")
if MODE not in {"development", "demo", "test", "production"}:
    raise environ.ImproperlyConfigured(
        f"LLR_MODE is {MODE!r}; it must be development, demo, test or production."
    )
IS_PRODUCTION = MODE == "production"
IS_DEMO = MODE == "demo"
# How much of the invented world is built: the browser tests need little of it.
DEMO_SCALE = env.float("LLR_DEMO_SCALE", default=1.0)

# The partnership as data: its organisations, areas, plans and words.
PARTNERSHIP_DIR = Path(env.str("LLR_PARTNERSHIP_DIR", default=str(BASE_DIR / "partnership" / "llr")))
# Pages of a case that stand in rooms above casework: what they are called, and their address by name.
CASE_PAGES_OF_OTHER_ROOMS = (("Reviews", "reviews:case_review"),)

DEBUG = env.bool("LLR_DEBUG", default=False)
SECRET_KEY = env.str("DJANGO_SECRET_KEY", default="" if IS_PRODUCTION else "not-secret-development-only")
# Those of before: what they signed (invitations, sessions) is still good, and nothing new is signed with them.
SECRET_KEY_FALLBACKS = env.list("DJANGO_SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("LLR_ALLOWED_HOSTS", default=[] if IS_PRODUCTION else ["127.0.0.1", "localhost"])
BASE_URL = env.str("LLR_BASE_URL", default="http://127.0.0.1:8000")
# Where links lead that go out to a person who told us: the portal, under a host name that says nothing. Empty: none do.
LINK_BASE_URL = env.str("LLR_LINK_BASE_URL", default="" if IS_PRODUCTION else BASE_URL)
CSRF_TRUSTED_ORIGINS = [each for each in (BASE_URL, LINK_BASE_URL) if each and IS_PRODUCTION]

INSTALLED_APPS = [
    "llr_hate",
    "api",
    "actionplans",
    "centres",
    "insight",
    "reviews",
    "rights",
    "casework",
    "reporting",
    "partners",
    "outbox",
    "documents",
    "files",
    "audit",
    "vault",
    "govuk",
    "scope",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "drf_spectacular",
    "crispy_forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

LANGUAGE_CODE = "en-gb"
# The staff's language. Those of the public's pages are the partnership's (`languages.toml`).
LANGUAGES = [("en-gb", "English")]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "llr_hate.headers.SafeHeadersMiddleware",
    "llr_hate.headers.OnePolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "llr_hate.logs.RequestLogMiddleware",
    "llr_hate.methods.OnlyReadAndSendMiddleware",
    "partners.speaking.LanguageMiddleware",
    "partners.refusing.StillTryingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "partners.speaking.RetypingMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partners.middleware.ClosedByDefaultMiddleware",
    "partners.middleware.StaffScopeMiddleware",
    "partners.kept_forms.KeptFormMiddleware",
]

ROOT_URLCONF = "llr_hate.urls"
WSGI_APPLICATION = "llr_hate.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "llr_hate.context.world",
                "llr_hate.context.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"

# A connection is kept, so a server that went away without a goodbye must be noticed while nobody asks it anything.
KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
# Two roles in one database: llr_app serves and is held by row-level security; llr_owner migrates.
_served = env.db("DATABASE_URL", default="postgres://llr_app@127.0.0.1:5432/llr")
_owned = env.db(
    "DATABASE_OWNER_URL", default=env.str("DATABASE_URL", default="postgres://llr_owner@127.0.0.1/llr")
)
DATABASES = {
    "default": _served
    | {
        "ENGINE": "llr_hate.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": KEEPALIVE | _served.get("OPTIONS", {}),
    },
    "owner": _owned | {"TEST": {"MIRROR": None}},
}
DATABASE_ROUTERS = ["scope.router.OneDatabase"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = ["partners.who_is_asking.StaffBackend"]
# The tests make hundreds of people: for them alone a password costs nothing.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher" if MODE == "test" else "partners.passwords.ModestArgon2"
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:today"
# Where somebody's work is handed over when they leave: a page of the room that knows the work.
LEAVING_VIEW = "casework:hand_over"
# Where reporters come back with a code, which somebody may try to guess.
COME_BACK_VIEW = "reporting:back"
LOGOUT_REDIRECT_URL = "reporting:start"
ACCOUNT_ADAPTER = "partners.sign_in.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = False
# Who has no account gets no mail, and the page says the same to everybody.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Beside these a person and a network together have few tries (partners/tries.py): allauth's own count for an account
# from everywhere would let anybody keep anybody else out.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "30/m/ip"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "partners.forms.SignInForm",
    "reset_password": "partners.forms.ForgottenPasswordForm",
    "reset_password_from_key": "partners.forms.NewPasswordForm",
    "change_password": "partners.forms.ChangePasswordForm",
    "reauthenticate": "partners.forms.PasswordAgainForm",
}
# Organisations' own sign-in. It makes no account, joins none by its address alone, and keeps no token.
SOCIALACCOUNT_ADAPTER = "partners.organisations_sign_in.OrganisationsSignIn"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
MFA_ADAPTER = "partners.sign_in.SecondFactorAdapter"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "partners.forms.CodeForm",
    "reauthenticate": "partners.forms.CodeAgainForm",
    "activate_totp": "partners.forms.FirstCodeForm",
    "authenticate_webauthn": "partners.forms.PasskeyForm",
    "reauthenticate_webauthn": "partners.forms.PasskeyAgainForm",
    "add_webauthn": "partners.forms.NewPasskeyForm",
    "edit_webauthn": "partners.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "LLR hate incident portal"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION

# A site beside ours on the same domain can plant cookies here, and could so lead somebody into a draft of its own;
# browsers take a cookie of this name from nobody but this very host.
HOST_ONLY = "__Host-" if IS_PRODUCTION else ""
SESSION_ENGINE = "partners.who_is_asking"
SESSION_COOKIE_NAME = f"{HOST_ONLY}llr_staff"
SESSION_COOKIE_AGE = int(timedelta(hours=8).total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_NAME = f"{HOST_ONLY}llr_form"
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "llr_hate.errors.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# The partnership's own words, then the product's.
LOCALE_PATHS = [PARTNERSHIP_DIR / "locale", BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
# Served files carry a hash in their names once they are collected; `runserver` and the tests use them as they are.
HASHED_STATIC = env.bool("LLR_HASHED_STATIC", default=IS_PRODUCTION) and MODE != "test"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
# What is sent is in memory, or on disk under a key that only this process has: nothing sent ever lies there readable.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "files.uploads.LockedFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# Only these pages take more than that; elsewhere larger files are not taken in at all.
LARGE_FILES_AT = {"reporting:evidence", "reporting:way_back_evidence", "reporting_staff:evidence"}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

_cache = env.cache("CACHE_URL", default="locmemcache://")
if _cache["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    _cache["BACKEND"] = "llr_hate.cache.SharedOrOwnCache"
CACHES = {"default": _cache}
EMAIL_BACKEND = env.str("LLR_EMAIL_BACKEND", default="outbox.mail_folder.MailFolder")
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("LLR_FROM_EMAIL", default="no-reply@portal.example")
# A mail server that hangs must not hold up what else is to be delivered.
EMAIL_TIMEOUT = 10
if env.str("LLR_SMTP_URL", default=""):
    vars().update(env.email_url("LLR_SMTP_URL"))
# What a person who told us finds in their inbox, perhaps beside somebody: it must say nothing.
REPORTER_FROM_EMAIL = env.str("LLR_REPORTER_FROM_EMAIL", default=DEFAULT_FROM_EMAIL)
NOTIFY = {
    "api_key": env.str("LLR_NOTIFY_API_KEY", default=""),
    "url": env.str("LLR_NOTIFY_URL", default="https://api.notifications.service.gov.uk"),
    "text": env.str("LLR_NOTIFY_TEXT_TEMPLATE", default=""),
    "letter": env.str("LLR_NOTIFY_LETTER_TEMPLATE", default=""),
}
# Texts and letters as files, where they can be read instead of sent.
MESSAGE_FOLDER = None if IS_PRODUCTION else DATA_DIR / "messages"

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="memory://")
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

KEYS_FILE = env.str("LLR_KEYS_FILE", default=str(DATA_DIR / "keys.json"))
# The virus scanner: clamd's socket, or host:port. Without one, files that people send stay held.
CLAMD = env.str("LLR_CLAMD", default="")
# Where the audit trail's head is written down: in production a share of another machine.
AUDIT_HEADS_FILE = env.str("LLR_AUDIT_HEADS_FILE", default=str(DATA_DIR / "audit-heads.jsonl"))

SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing to another site. With "no-referrer" browsers send our own forms with "Origin: null", which the form's
# protection refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
_behind_proxy = env.bool("LLR_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_proxy else None
# Whose tries to sign in are counted together: the network that the proxy names, else the one that asks.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _behind_proxy else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "LLR hate incident portal",
    "DESCRIPTION": "What the partnership publishes about its plans, for partners' systems.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "llr_hate.logs.QuietJsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LLR_LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"level": "INFO"},
        # Its records carry the whole request, form data included: our own line replaces it.
        "django.request": {"level": "CRITICAL", "propagate": False},
        "django.security": {"level": "WARNING"},
        # Its records quote exceptions and arguments: `llr_hate/celery.py` says where a task failed instead.
        "celery.app.trace": {"level": "CRITICAL", "propagate": False},
        # Its records quote what the other side said, which may quote a number.
        "notifications_python_client": {"level": "CRITICAL", "propagate": False},
        # Its records carry the address, and an invitation's address is the way in.
        "django.security.csrf": {"level": "CRITICAL", "propagate": False},
    },
}

if IS_PRODUCTION:
    refuse_unsafe_production(
        secret_key=SECRET_KEY,
        debug=DEBUG,
        allowed_hosts=ALLOWED_HOSTS,
        base_url=BASE_URL,
        served=DATABASES["default"],
        owned=DATABASES["owner"],
        keys_file=KEYS_FILE,
        broker_url=CELERY_BROKER_URL,
        email_backend=EMAIL_BACKEND,
        reporter_from_email=REPORTER_FROM_EMAIL,
        link_base_url=LINK_BASE_URL,
        notify=NOTIFY,
        data_dir=DATA_DIR,
    )
