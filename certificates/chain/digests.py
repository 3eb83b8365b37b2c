"""What of an event the chain covers. Pure: no database and no clock.

A note and its salt are left out, so that they can be erased; the hash of both is covered and stays.
"""

import hashlib
from typing import TYPE_CHECKING

from lms.core.audit import chain

if TYPE_CHECKING:
    from ..models import CertificateEvent


def of_event(event: "CertificateEvent") -> str:
    """The same from every database: times in UTC to the microsecond, keys as text."""
    return chain.digest(
        {
            "pk": str(event.pk),
            "certificate": str(event.certificate_id),
            "kind": str(event.kind),
            "reason": str(event.reason),
            "note_sha256": event.note_sha256,
            "facts": event.facts,
            "at": chain.moment(event.at),
        }
    )


def of_note(salt: str, note: str) -> str:
    """SHA-256 of the salt, a line feed and the note, in UTF-8. Empty where nothing was noted."""
    return hashlib.sha256(f"{salt}\n{note}".encode()).hexdigest() if note else ""
