"""Argon2 over a secret that a server-wide pepper was mixed into: a stolen database alone yields no six-digit PINs."""

import hashlib
import hmac

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class PepperedArgon2(Argon2PasswordHasher):
    algorithm = "argon2_peppered"

    def encode(self, password, salt):
        return super().encode(_peppered(password), salt)

    def verify(self, password, encoded):
        return super().verify(_peppered(password), encoded)

    def harden_runtime(self, password, encoded):
        super().harden_runtime(_peppered(password), encoded)


class QuickPepperedArgon2(PepperedArgon2):
    """For the tests only."""

    time_cost, memory_cost, parallelism = 1, 8, 1


def _peppered(secret: str) -> str:
    return hmac.new(settings.SIGN_IN_PEPPER.encode(), secret.encode(), hashlib.sha256).hexdigest()
