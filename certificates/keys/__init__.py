"""The keys that countries sign with. The private half is a file in settings.CERTIFICATE_KEYS, never anywhere else."""

from .active import existing_key, signing_key
from .errors import ClockWentBack, NoKey
from .loading import SigningKey

__all__ = ["ClockWentBack", "NoKey", "SigningKey", "existing_key", "signing_key"]
