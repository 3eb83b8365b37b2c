"""A message to a person: where it goes, in her language, by her country's clock."""

from uuid import UUID

from lms.messaging.models import Channel, Message
from lms.messaging.services import send

from .models import User


def address_of(person: User) -> tuple[Channel, str] | None:
    """Her phone, else her e-mail; None where HR knows neither."""
    if person.phone:
        return Channel.SMS, str(person.phone)
    return (Channel.EMAIL, person.email) if person.email else None


def message_person(
    person: User, kind: str, *, context: dict[str, str] | None = None, batch: UUID | None = None
) -> Message | None:
    """Put a message of this kind for her into the outbox, in the caller’s transaction; None without an address."""
    found = address_of(person)
    if not found:
        return None
    channel, address = found
    return send(
        kind,
        channel=channel,
        address=address,
        language=person.language,
        country=person.country_id,
        about=person.pk,
        batch=batch,
        context=context,
    )
