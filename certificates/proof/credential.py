"""What the square on a certificate says: a signed statement that needs no register to be believed.

COSE_Sign1 (RFC 9052) with ES256 over a CBOR array, in Base32 without padding, behind the `#` of an address.
The array, in this order; a new order needs a new FORMAT, and `static/js/credential.js` reads the same one:

    format · code (13 characters of 5 bits) · programme's code · its version · awarded on · valid until (days since
    1970) · salt · family name, as a commitment · number of the status list · index there · flags
"""

import base64
import hashlib
from datetime import date
from urllib.parse import urlsplit

import cbor2

from ..award import snapshots
from ..keys import SigningKey
from . import codes, es256, names

FORMAT = 2
SPECIMEN, OWN_TITLE = 1, 2  # flags; above them the number of the language
LANGUAGES = ("en", "pt", "fr", "sw")  # of what is printed; new ones come last
ITERATIONS = (
    100_000  # makes guessing names from a photographed square dear; one typed name costs a phone about a second
)
COMMITMENT = 10  # bytes: two names in 10²⁴ agree

_ALGORITHM, _KID, _ES256, _SIGN1 = 1, 4, -7, 18  # IANA's registers of COSE header parameters, algorithms, CBOR tags
_EPOCH = date(1970, 1, 1)


def make(snapshot: dict, key: SigningKey, status_list: int, status_index: int) -> str:
    """The credential of this snapshot, signed by its country. Never the same twice: made once and kept."""
    payload = cbor2.dumps(_statement(snapshot, status_list, status_index))
    protected = cbor2.dumps({_ALGORITHM: _ES256, _KID: bytes.fromhex(key.kid)})
    signature = es256.signed(key.private_key, cbor2.dumps(["Signature1", protected, b"", payload]))
    message = cbor2.CBORTag(_SIGN1, [protected, {}, payload, signature])
    return base64.b32encode(cbor2.dumps(message)).decode().rstrip("=")


def address(base_url: str, credential: str) -> str:
    """`HTTPS://HOST/V#2.<credential>`: upper case makes a smaller square, the fragment never reaches a server's log."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}/v#2.{credential}".upper()


def commitment(salt: bytes, family_name: str) -> bytes:
    """What stands for the name: it can be compared with a typed one, slowly, and not read."""
    letters = names.normalised(family_name).encode()
    return hashlib.pbkdf2_hmac("sha256", letters, salt, ITERATIONS, COMMITMENT)


def _statement(snapshot: dict, status_list: int, status_index: int) -> list:
    salt, holder = bytes.fromhex(snapshot["salt"]), snapshot["holder"]
    return [
        FORMAT,
        codes.packed(snapshot["code"]),
        snapshot["programme"]["code"],
        snapshot["programme"]["version"],
        _days(snapshot["awarded_on"]),
        _days(snapshot["valid_until"]),
        salt,
        commitment(salt, holder["family_name"] or holder["name"]),
        status_list,
        status_index,
        _flags(snapshot),
    ]


def _flags(snapshot: dict) -> int:
    """What the page needs to say the title as it is printed: its language, and whether it is the neutral one."""
    programme = snapshot["programme"]
    own = OWN_TITLE if programme["printed_title"] != programme["neutral_title"] else 0
    return (SPECIMEN if snapshot["specimen"] else 0) | own | LANGUAGES.index(snapshot["language"]) << 2


def _days(written: str) -> int:
    return (snapshots.day(written) - _EPOCH).days
