"""How a gateway proves that a request is its own."""

import base64
import hashlib
import hmac
from collections.abc import Mapping


def twilio_signature(token: str, url: str, fields: Mapping[str, str]) -> str:
    """HMAC-SHA1 of the address as Twilio called it and the form's fields by name, in base64:
    https://www.twilio.com/docs/usage/security#validating-requests."""
    text = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()
