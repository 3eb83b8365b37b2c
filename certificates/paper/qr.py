"""The square on a certificate: an address in upper case with its credential, or else its code, in the fragment.

The four modules of quiet zone around it are the page's: nothing else is drawn there.
"""

from urllib.parse import urlsplit

from lms.core import squares

from ..proof import credential as credentials

MASK = 3  # any reads well over what looks like noise; to weigh all eight costs as much as all the words of the page


def address(snapshot: dict, credential: str) -> str:
    """`HTTPS://HOST/V#2.<credential>`, or `#1.<code>`: upper case makes a smaller square; no log sees the fragment."""
    if credential:
        return credentials.address(snapshot["check_at"], credential)
    parts = urlsplit(snapshot["check_at"])
    return f"{parts.scheme}://{parts.netloc}/v#1.{snapshot['code']}".upper()


def symbol(snapshot: dict, credential: str) -> list[list[bool]]:
    """The dark modules, row by row."""
    return squares.modules(address(snapshot, credential), MASK)
