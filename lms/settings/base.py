"""What holds everywhere. dev, test and production say only how they differ."""

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import env

ROOT = env.ROOT
DATA_DIR = env.folder("DATA_DIR", ROOT / "var")

PRODUCT_NAME = env.text("PRODUCT_NAME", "Health Learning")
BASE_URL = env.text("BASE_URL", "http://localhost:8000")
QUICK_HIDE_URL = env.text("QUICK_HIDE_URL", "https://www.wikipedia.org/")

INSTALLED_APPS = [
    "lms.core",
    "lms.messaging",
    "lms.people",
    "curriculum",
    "lms.learning",
    "assessments",
    "certificates",
    "lms.pages",
    "lms.reports",
    "lms.api",
    "lms.starter",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtailmedia",
    "wagtail.embeds",
    "wagtail.sites",
    "lms.people.users_app.ClosedUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "anymail",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "lms.core.middleware.health_check",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lms.core.middleware.LanguageOfPath",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lms.people.middleware.country",
    "lms.people.middleware.clock",
    "lms.pages.middleware.site",
    "lms.people.middleware.admin_needs_password",
    "lms.people.middleware.admin_needs_second_step",
    "lms.people.middleware.last_seen",
    "lms.people.rights.middleware.ToldFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lms.core.middleware.ContentSecurityPolicy",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates", ROOT / "assessments" / "question_types"],  # a question type brings its template
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.core.context.product",
            ],
            "builtins": ["lms.core.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Limits and locks are kept here: it must be shared by all processes.
    # Large: where entries are culled, a limit on wrong PINs would be forgotten.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Rendered lesson bodies: the key carries the revision, so each process may keep its own.
    "bodies": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "bodies",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}

# People and sign-in ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["lms.people.backends.StaffNumberBackend"]
PASSWORD_HASHERS = ["lms.people.hashers.PepperedArgon2"]
SIGN_IN_PEPPER = env.text("SIGN_IN_PEPPER", "")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [])
AUTH_PASSWORD_VALIDATORS = [{"NAME": "lms.people.secrets.SecretValidator"}]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "/cms/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lms.core.views.csrf_failure"

ACCOUNT_ADAPTER = "lms.people.adapter.AccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_number"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = False  # lms.people.limits counts: allauth's own would lock a class behind one router out
STAFF_SECOND_STEP = env.flag("STAFF_SECOND_STEP", True)
MFA_ADAPTER = "lms.people.second_step.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a phone's clock is often half a minute off
MFA_RATE_LIMITS = False

# Languages and countries ----------------------------------------------------------------------------------------------

USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Africa/Nairobi")
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", _("English")),
    ("pt", _("Portuguese")),
    ("fr", _("French")),
    ("sw", _("Swahili")),
]
LOCALE_PATHS = [ROOT / "locale"]
MACHINE_TRANSLATED = {"pt", "fr", "sw"}  # their catalogues wait for a speaker; the choice of language says so
WAGTAIL_I18N_ENABLED = True
PHONENUMBER_DB_FORMAT = "E164"

# Messages -------------------------------------------------------------------------------------------------------------

SMS_GATEWAY = env.text("SMS_GATEWAY", "console")
PRINT_MESSAGES = False  # the console’s gateway: their text too, not only that one would have left
AFRICASTALKING_URL = env.text("AFRICASTALKING_URL", "https://api.africastalking.com")
AFRICASTALKING_USERNAME = env.text("AFRICASTALKING_USERNAME", "")
AFRICASTALKING_API_KEY = env.text("AFRICASTALKING_API_KEY", "")
AFRICASTALKING_FROM = env.text("AFRICASTALKING_FROM", "")
AFRICASTALKING_TOKEN = env.text("AFRICASTALKING_TOKEN", "")
TWILIO_URL = env.text("TWILIO_URL", "https://api.twilio.com")
TWILIO_ACCOUNT_SID = env.text("TWILIO_ACCOUNT_SID", "")
TWILIO_AUTH_TOKEN = env.text("TWILIO_AUTH_TOKEN", "")
TWILIO_FROM = env.text("TWILIO_FROM", "")
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "messages@localhost")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20
ANYMAIL = dict(pair.split("=", 1) for pair in env.words("ANYMAIL", []))

# Partners' programs ---------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{PRODUCT_NAME}: certificates",
    "DESCRIPTION": "Says what a certificate is worth today. It never tells a name.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
}

# Files ----------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Certificates: never below MEDIA_ROOT, no address of their own.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "private", "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Keys that certificates are signed with: files, outside the tree in production, in no backup and no database.
CERTIFICATE_KEYS = env.text("CERTIFICATE_KEYS", str(DATA_DIR / "keys"))
MAKE_CERTIFICATE_KEYS = env.flag("MAKE_CERTIFICATE_KEYS", False)

# Wagtail --------------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = PRODUCT_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_MODERATION_ENABLED = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILLOCALIZE_DISABLE_ON_DELETE = False
WAGTAILIMAGES_AVIF_QUALITY, WAGTAILIMAGES_WEBP_QUALITY = 45, 35  # a rich photograph 360 px wide: under 15 kB
WAGTAILMEDIA = {
    "MEDIA_MODEL": "curriculum.Recording",
    "MEDIA_FORM_BASE": "curriculum.recordings.forms.RecordingForm",
    "AUDIO_EXTENSIONS": ["ogg", "mp3", "m4a"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}

# Security -------------------------------------------------------------------------------------------------------------

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}

LOG_LEVEL = env.text("LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "lms.core.logs.JsonFormatter"}},
    # The handler too: the task worker sets its own logger to INFO.
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "level": LOG_LEVEL}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Wagtail writes titles of what people edit: they stay in its audit log.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
    },
}
