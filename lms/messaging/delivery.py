"""One message on its way to a gateway: claimed by one worker, handed over, tried again, given up.

queued → sending → sent → delivered; back to queued for another try; failed. A worker holds what it claimed for LEASE:
was it killed, another one tries after that. Only there, and where a gateway's answer was lost, may a message go twice:
neither gateway knows a key of ours to recognise it by, and a code that came twice is better than none.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from .gateways import NotHandedOver, gateway_for
from .models import Message
from .opting import is_opted_out, opt_out

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # far above any gateway's timeout
PAUSES = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6)]
State, Reason = Message.State, Message.Reason


def deliver(key: UUID) -> bool:
    """Hand a message over if it is due and may leave now; whether the gateway took it. Idempotent."""
    message = Message.objects.due().select_related("country").filter(pk=key).first()
    if message is None or _has_to_wait(message) or not _claim(message):
        return False
    if message.tries > len(PAUSES) + 1:  # each of them ended in a kill
        return _give_up(message, Reason.OURS)
    gateway = gateway_for(message.channel)
    try:
        gateway_id = gateway.hand_over(message)
    except NotHandedOver as error:
        return _note_failure(message, error)
    except Exception:
        logger.exception("a gateway's own fault")
        return _note_failure(message, NotHandedOver(Reason.OURS))
    return _note_success(message, gateway.NAME, gateway_id)


def _has_to_wait(message: Message) -> bool:
    """Quiet hours may have begun, or a STOP come, since it was written."""
    if message.urgent:
        return False
    if is_opted_out(message.channel, message.address):
        _still(message).update(state=State.REFUSED, reason=Reason.OPTED_OUT, **message.without_secret)
        return True
    moment = message.allowed_at(timezone.now())
    if moment > timezone.now():
        _still(message).update(next_try_at=moment)
        return True
    return False


def _claim(message: Message) -> bool:
    """One statement: of two workers, the second finds nothing due any more."""
    claimed = {"state": State.SENDING, "tries": F("tries") + 1, "next_try_at": timezone.now() + LEASE}
    if not Message.objects.due().filter(pk=message.pk).update(**claimed):
        return False
    message.refresh_from_db()
    return True


def _note_success(message: Message, gateway: str, gateway_id: str) -> bool:
    """A report may have come before the gateway's answer: then it is delivered, and stays so."""
    now = timezone.now()
    handed = {"gateway": gateway, "gateway_id": gateway_id, "sent_at": now} | message.without_secret
    Message.objects.filter(pk=message.pk).update(**handed)
    _still(message).update(state=State.SENT, reason="", reason_code="")
    return True


def _note_failure(message: Message, error: NotHandedOver) -> bool:
    if error.reason == Reason.OPTED_OUT:
        opt_out(message.channel, message.address)
    if error.for_good or message.tries > len(PAUSES):
        return _give_up(message, error.reason, error.code)
    moment = message.allowed_at(timezone.now() + PAUSES[message.tries - 1])
    _still(message).update(state=State.QUEUED, next_try_at=moment, reason=error.reason, reason_code=error.code)
    return False


def _give_up(message: Message, reason: Reason, code: str = "") -> bool:
    _still(message).update(state=State.FAILED, reason=reason, reason_code=code, **message.without_secret)
    return False


def _still(message: Message):
    """The row, as long as it stands as this worker read it."""
    return Message.objects.filter(pk=message.pk, state=message.state, tries=message.tries)
