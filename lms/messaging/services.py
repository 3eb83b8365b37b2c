"""Changes to the outbox: put a message into it."""

from uuid import UUID

from django.conf import settings
from django.utils import translation

from .kinds import Kind, kinds
from .models import Channel, Message, MessageTemplate


def send(
    kind: str,
    *,
    channel: Channel | str,
    address: str,
    language: str = settings.LANGUAGE_CODE,
    country: str | None = None,
    about: UUID | None = None,
    batch: UUID | None = None,
    context: dict[str, str] | None = None,
) -> Message:
    """Write a message of a kind into the outbox, in the caller's transaction. It leaves when it may.

    `context` fills the kind's placeholders; `about` is the person's key, `country` her country's code.
    """
    wanted = kinds()[kind]
    subject, body = (text.format_map(context or {}) for text in words_of(wanted, channel, language))
    return Message.objects.create(
        kind=kind,
        channel=channel,
        language=language,
        address=address,
        subject=subject if channel == Channel.EMAIL else "",
        body=body,
        country_id=country,
        about=about,
        batch=batch,
        urgent=wanted.urgent,
        secret=wanted.secret,
    )


def words_of(kind: Kind, channel: Channel | str, language: str) -> tuple[str, str]:
    """Subject and body with their placeholders: the template of the CMS, or the kind's own words."""
    if template := MessageTemplate.objects.filter(kind=kind.name, channel=channel, language=language).first():
        return template.subject, template.body
    with translation.override(language):
        return kind.words()
