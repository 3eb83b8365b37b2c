"""One person's machine: readable errors, plain cookies, a key that is written down here."""

from .base import *

DEBUG = env.flag("DEBUG", True)
SECRET_KEY = env.text("SECRET_KEY", "development-only-key-that-signs-nothing-of-worth")
SIGN_IN_PEPPER = SIGN_IN_PEPPER or "development-only-pepper"
PRINT_MESSAGES = True
MAKE_CERTIFICATE_KEYS = env.flag("MAKE_CERTIFICATE_KEYS", True)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING["handlers"]["console"].pop("formatter")  # plain lines, with an error's message: only this machine reads them
