"""The square on a certificate: an address in upper case with the code in its fragment.

The four modules of quiet zone around it are the page's: nothing else is drawn there.
"""

from urllib.parse import urlsplit

from lms.core.squares import svg

__all__ = ["address", "svg"]


def address(base_url: str, code: str) -> str:
    """`HTTPS://HOST/V#1.<code>`: upper case makes a smaller square, the fragment never reaches a server's log."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}/v#1.{code}".upper()
