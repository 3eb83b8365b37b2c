"""What `./run demo` serves: as production serves it, on one machine, with its own keys kept in DATA_DIR."""

from .base import *

DEBUG = False
SECRET_KEY = env.secret(DATA_DIR / "secret-key", "SECRET_KEY")
SIGN_IN_PEPPER = SIGN_IN_PEPPER or env.secret(DATA_DIR / "sign-in-pepper")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
MAKE_CERTIFICATE_KEYS = env.flag("MAKE_CERTIFICATE_KEYS", True)
PRINT_MESSAGES = True  # its people are invented, and so are their codes
STAFF_SECOND_STEP = False  # whoever looks at the demo has no authenticator of its invented staff
