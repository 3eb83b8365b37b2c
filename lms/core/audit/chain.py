"""The format of a hash chain, version 1. Pure: no database and no clock. Certificates use the same functions.

    digest of an entry   SHA-256 of its canonical JSON: keys in order, no spaces, UTF-8, as hexadecimal digits
    hash of a link       SHA-256 of these lines, each ended by a line feed, in UTF-8:
                             lms-chain-1
                             the link's number, from 1
                             the hash of the link before it, empty for the first
                             when it was made, in UTC, as 2026-11-21T10:30:00.000123+00:00
                             the digests that it covers, in order, one a line

Whoever holds the number and the hash of one link can check everything up to it, and that nothing was cut off before it.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

FORMAT = "lms-chain-1"


def canonical(entry: dict) -> bytes:
    """One writing only. Raises TypeError for values that JSON does not know."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(entry: dict) -> str:
    return hashlib.sha256(canonical(entry)).hexdigest()


def moment(at: datetime) -> str:
    """The same from every database: in UTC to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def link(number: int, previous_hash: str, at: datetime, digests: Iterable[str]) -> str:
    """The hash of a link."""
    hashed = hashlib.sha256()
    for line in (FORMAT, str(number), previous_hash, moment(at), *digests):
        hashed.update(f"{line}\n".encode())
    return hashed.hexdigest()
