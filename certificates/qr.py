"""The square on a certificate: an address in upper case with its credential, or else its code, in the fragment.

The four modules of quiet zone around it are the page's: nothing else is drawn there.
"""

from urllib.parse import urlsplit

from lms.core.squares import svg

from . import credential as credentials

__all__ = ["address", "svg"]


def address(snapshot: dict, credential: str) -> str:
    """`HTTPS://HOST/V#2.<credential>`, or `#1.<code>`: upper case makes a smaller square; no log sees the fragment."""
    if credential:
        return credentials.address(snapshot["check_at"], credential)
    parts = urlsplit(snapshot["check_at"])
    return f"{parts.scheme}://{parts.netloc}/v#1.{snapshot['code']}".upper()
