"""The gate: fast hashing, files in memory, tasks run when a test says so."""

from .base import *

DEBUG = False
SECRET_KEY = "test-key"
SIGN_IN_PEPPER = "test-pepper"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Fifty at once on a slow machine wait for their turn, however long it takes.
DATABASES["default"]["OPTIONS"] |= (
    {"timeout": 300}
    if DATABASES["default"]["ENGINE"].endswith("sqlite3")
    else {"pool": DATABASES["default"]["OPTIONS"]["pool"] | {"timeout": 300}}
)
PASSWORD_HASHERS = ["lms.people.hashers.QuickPepperedArgon2"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test"}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAKE_CERTIFICATE_KEYS = True
WHITENOISE_AUTOREFRESH = True
STAFF_SECOND_STEP = False  # most tests sign staff in without a form; those of the second step turn it on
