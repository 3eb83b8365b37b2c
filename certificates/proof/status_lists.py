"""Which bits of which list speak of a certificate, and the signed lists that phones keep for when there is no net.

W3C Bitstring Status List 1.0: 131,072 bits, the most significant first, for each country and number once for
«revoked» and once for «superseded», secured as a JWT. How many bits are set says nothing: among them are decoys that
no certificate gets, hundreds from the first day and a few more each month, so that neither their number nor a new one
tells of a withdrawal.
"""

import base64
import gzip
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache

from django.conf import settings

from ..keys import SigningKey
from ..models import Certificate, StatusList
from . import es256

BITS = 131_072
CANDIDATES = 32  # all taken: hardly ever before a list is nine tenths full
HOLDS = timedelta(days=7)
DECOYS, AT_ONCE, LATER = 900, 0.6, timedelta(days=3650)  # of each purpose: most at once, the others over ten years


class Purpose(StrEnum):
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


STANDARD = {Purpose.REVOKED: "revocation", Purpose.SUPERSEDED: "superseded"}  # only the first is the standard's word


def free_bit(country_code: str) -> dict[str, int]:
    """{status_list, status_index} of a certificate to come. The constraint catches who was quicker.

    Opens the country's first list, and the next when the last is nearly full.
    """
    newest = StatusList.objects.filter(country_code=country_code).last()
    number = newest.number if newest else 0
    index = newest and _free_index(newest)
    while index is None:
        number += 1
        opened, _ = StatusList.objects.get_or_create(country_code=country_code, number=number)
        index = _free_index(opened)
    return {"status_list": number, "status_index": index}


def signed_list(row: StatusList, purpose: Purpose, key: SigningKey, now: datetime) -> str:
    """The list as it stands now, as a JWT. One query, whatever its length."""
    address = f"{settings.BASE_URL}/status/{row.country_code}/{row.number}/{purpose}"
    subject = {
        "id": f"{address}#list",
        "type": "BitstringStatusList",
        "statusPurpose": STANDARD[purpose],
        "encodedList": encoded({*_indices(row, purpose), *decoys(row.seed, purpose, row.opened_at, now)}),
    }
    return _jwt(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": settings.BASE_URL,
            "validFrom": _written(now),
            "validUntil": _written(now + HOLDS),
            "credentialSubject": subject,
            "iat": int(now.timestamp()),
            "exp": int((now + HOLDS).timestamp()),
        },
        key,
    )


def encoded(indices: Iterable[int]) -> str:
    """The bits of these set, the first bit the most significant one of the first byte: gzip, base64url, «u» before."""
    bits = bytearray(BITS // 8)
    for index in indices:
        bits[index >> 3] |= 0x80 >> (index & 7)
    return "u" + _base64url(gzip.compress(bytes(bits), mtime=0))


def decoys(seed: str, purpose: Purpose, opened_at: datetime, now: datetime) -> Iterator[int]:
    """Those that are set by now. What is set stays set."""
    for index, share in _decoys(seed, purpose):
        if opened_at + max(share - AT_ONCE, 0) / (1 - AT_ONCE) * LATER <= now:
            yield index


def all_decoys(seed: str) -> set[int]:
    """Those of both purposes, now or later: no certificate gets one."""
    return {index for purpose in Purpose for index, _ in _decoys(seed, purpose)}


@cache
def _decoys(seed: str, purpose: Purpose) -> list[tuple[int, float]]:
    """Index and, from 0 to 1, when. How many there are differs from list to list, by up to a third."""
    how_many = DECOYS - _drawn(seed, purpose, -1) % (DECOYS // 3)
    drawn = (_drawn(seed, purpose, number) for number in range(how_many))
    return [(number % BITS, (number >> 17) % 10_000 / 10_000) for number in drawn]


def _drawn(seed: str, purpose: Purpose, number: int) -> int:
    digest = hmac.digest(bytes.fromhex(seed), f"{purpose}:{number}".encode(), "sha256")
    return int.from_bytes(digest[:8])


def _free_index(row: StatusList) -> int | None:
    """None: of many drawn at random every one is taken."""
    candidates = {secrets.randbelow(BITS) for _ in range(CANDIDATES)} - all_decoys(row.seed)
    certificates = Certificate.objects.filter(country_code=row.country_code, status_list=row.number)
    taken = certificates.filter(status_index__in=candidates).values_list("status_index", flat=True)
    free = list(candidates.difference(taken))
    return secrets.choice(free) if free else None


def _indices(row: StatusList, purpose: Purpose) -> Iterable[int]:
    certificates = Certificate.objects.filter(country_code=row.country_code, status_list=row.number)
    ended = {Purpose.REVOKED: "revoked_at__isnull", Purpose.SUPERSEDED: "superseded_at__isnull"}
    return certificates.filter(**{ended[purpose]: False}).order_by().values_list("status_index", flat=True)


def _jwt(claims: dict, key: SigningKey) -> str:
    header = {"alg": "ES256", "typ": "vc+jwt", "kid": key.kid}
    message = ".".join(_base64url(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
    return f"{message}.{_base64url(es256.signed(key.private_key, message.encode()))}"


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
