"""A message to a person: where it goes, in her language, by her country's clock."""

from uuid import UUID

from lms.messaging.models import Channel, Message
from lms.messaging.services import Letter, send_all

from .models import User


def address_of(person: User) -> tuple[Channel, str] | None:
    """Her phone, else her e-mail; None where HR knows neither."""
    if person.phone:
        return Channel.SMS, str(person.phone)
    return (Channel.EMAIL, person.email) if person.email else None


def letter_to(person: User, context: dict[str, str] | None = None) -> Letter | None:
    """For `send_all`, where many are written to at once; None without an address."""
    found = address_of(person)
    return found and Letter(*found, person.language, person.country_id, person.pk, context or {})


def message_person(
    person: User, kind: str, *, context: dict[str, str] | None = None, batch: UUID | None = None
) -> Message | None:
    """Put a message of this kind for her into the outbox, in the caller’s transaction; None without an address."""
    letter = letter_to(person, context)
    return send_all(kind, [letter], batch=batch)[0] if letter else None
