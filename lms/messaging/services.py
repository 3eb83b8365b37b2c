"""Changes to the outbox: put messages into it, take them out again, forget them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from lms.core.models import Country, PlatformSettings

from .kinds import Kind, kinds
from .models import Channel, Message, MessageTemplate
from .opting import is_opted_out, opt_in, opt_out, opted_out_of
from .segments import length_of, plain
from .tasks import deliver, deliver_due
from .words import fill

__all__ = ["Letter", "is_opted_out", "opt_in", "opt_out", "send", "send_all", "words_of"]

URGENT = 50  # before every other task
SUBJECT = Message._meta.get_field("subject").max_length


@dataclass(frozen=True)
class Letter:
    """Where one message of a kind goes and what fills its placeholders. `about` is the person's key."""

    channel: Channel | str
    address: str
    language: str = settings.LANGUAGE_CODE
    country: str | None = None
    about: UUID | None = None
    context: dict[str, str] = field(default_factory=dict)


class NotWaiting(Exception):
    """The message has left already, or was cancelled."""


class NothingToSend(Exception):
    """Its text or its address is gone."""


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

    `context` fills the kind's placeholders (KeyError for a missing one); `about` is the person's key, `country` her
    country's code. To an address that opted out it is written down as «not wanted», unless it is urgent.
    """
    return send_all(kind, [Letter(channel, address, language, country, about, context or {})], batch=batch)[0]


@transaction.atomic
def send_all(kind: str, letters: Iterable[Letter], *, batch: UUID | None = None) -> list[Message]:
    """As `send`, for many at once: a fixed number of queries and one task. Raises as `send`."""
    wanted, letters = kinds()[kind], list(letters)
    words, countries = _templates(kind), Country.objects.in_bulk({letter.country for letter in letters} - {None})
    refusing = set() if wanted.urgent else opted_out_of((letter.channel, letter.address) for letter in letters)
    messages = [_write(wanted, letter, words, countries.get(letter.country), batch) for letter in letters]
    for message in messages:
        if (str(message.channel), message.address) in refusing:
            message.state, message.reason = Message.State.REFUSED, Message.Reason.OPTED_OUT
    Message.objects.bulk_create(messages, batch_size=500)
    _enqueue(messages)
    return messages


def words_of(kind: Kind, channel: Channel | str, language: str) -> tuple[str, str]:
    """Subject and body with their placeholders: the template of the CMS, or the kind's own words."""
    return _words(kind, channel, language, _templates(kind.name))


def built_in_words(kind: Kind, channel: Channel | str, language: str) -> tuple[str, str]:
    """The kind's own words in a language; an SMS has no subject."""
    with translation.override(language):
        subject, body = kind.words()
        return ("" if channel == Channel.SMS else str(subject)), str(body)


@transaction.atomic
def cancel(message: Message) -> Message:
    """Take a message out before it leaves. Raises NotWaiting."""
    waiting = Message.objects.filter(pk=message.pk, state=Message.State.QUEUED)
    if not waiting.update(state=Message.State.CANCELLED, **message.without_secret):
        raise NotWaiting
    message.refresh_from_db()
    return message


def cancel_batch(batch: UUID) -> int:
    """Take out what has not left of what was sent together; returns how many."""
    waiting = Message.objects.filter(batch=batch, state=Message.State.QUEUED)
    secret = waiting.filter(secret=True).update(state=Message.State.CANCELLED, body="")
    return secret + waiting.update(state=Message.State.CANCELLED)


@transaction.atomic
def try_again(message: Message) -> Message:
    """Put a message that failed back, with all its tries. Idempotent. Raises NotWaiting and NothingToSend."""
    message = Message.objects.select_for_update(of=("self",)).select_related("country").get(pk=message.pk)
    if message.state == Message.State.QUEUED:
        return message
    if message.state != Message.State.FAILED:
        raise NotWaiting
    if not (message.address and message.body):
        raise NothingToSend
    message.state, message.tries, message.reason, message.reason_code = Message.State.QUEUED, 0, "", ""
    message.next_try_at = message.allowed_at(timezone.now())
    message.save(update_fields=["state", "tries", "reason", "reason_code", "next_try_at"])
    _enqueue([message])
    return message


def forget_old_messages() -> int:
    """For the tick: the words and addresses of what is older than the platform keeps; returns how many."""
    before = timezone.now() - timedelta(days=PlatformSettings.load().keep_messages_days)
    old = Message.objects.filter(created_at__lt=before).exclude(address="")
    old.filter(state=Message.State.QUEUED).update(state=Message.State.CANCELLED)
    return old.update(address="", subject="", body="")


def _templates(kind: str) -> dict[tuple[str, str], tuple[str, str]]:
    rows = MessageTemplate.objects.filter(kind=kind).values_list("channel", "language", "subject", "body")
    return {(channel, language): (subject, body) for channel, language, subject, body in rows}


def _words(kind: Kind, channel: Channel | str, language: str, templates: dict) -> tuple[str, str]:
    return templates.get((str(channel), language)) or built_in_words(kind, channel, language)


def _write(kind: Kind, letter: Letter, templates: dict, country: Country | None, batch: UUID | None) -> Message:
    is_sms = letter.channel == Channel.SMS
    subject, body = (fill(text, letter.context) for text in _words(kind, letter.channel, letter.language, templates))
    body = plain(body) if is_sms else body
    now = timezone.now()
    message = Message(
        kind=kind.name,
        channel=letter.channel,
        language=letter.language,
        address=letter.address,
        subject="" if is_sms else " ".join(subject.split())[:SUBJECT],
        body=body,
        country=country,
        about=letter.about,
        batch=batch,
        urgent=kind.urgent,
        secret=kind.secret,
        segments=length_of(body).segments if is_sms else 1,
        created_at=now,
    )
    message.next_try_at = message.allowed_at(now)
    return message


def _enqueue(messages: list[Message]) -> None:
    """In the same transaction: what may go now goes as soon as it is committed. The tick sees to the rest."""
    now = timezone.now()
    ready = [message for message in messages if message.state == Message.State.QUEUED and message.next_try_at <= now]
    if len(ready) == 1:
        deliver.using(priority=URGENT if ready[0].urgent else 0).enqueue(str(ready[0].pk))
    elif ready:
        deliver_due.enqueue()
