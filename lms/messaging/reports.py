"""What gateways tell afterwards: delivered or not, and answers such as STOP. Each may come twice, late, or first."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from .models import Channel, Message
from .opting import opt_in, opt_out

STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "ARRET", "ARRÊT", "PARAR", "ACHA"}
START = {"START", "UNSTOP", "COMMENCER", "COMEÇAR", "COMECAR", "ANZA"}
State = Message.State
_BEFORE_DELIVERY = (State.QUEUED, State.SENDING, State.SENT, State.FAILED)


def note_delivered(messages: QuerySet[Message]) -> int:
    """They arrived, whatever was reported before; returns how many were not known to have."""
    now = timezone.now()
    arrived = {"state": State.DELIVERED, "delivered_at": now, "reason": "", "reason_code": ""}
    return _close(messages.filter(state__in=_BEFORE_DELIVERY), now, **arrived)


def note_taken(messages: QuerySet[Message], gateway_id: str) -> int:
    """The gateway has them. News only where its answer was lost: they are not sent again. Never back from delivered."""
    answer_was_lost = messages.filter(state__in=Message.OPEN).exclude(gateway_id=gateway_id)
    return _close(answer_was_lost, timezone.now(), state=State.SENT, gateway_id=gateway_id)


def note_undelivered(
    messages: QuerySet[Message], gateway_id: str, reason: Message.Reason = Message.Reason.UNDELIVERED, code: str = ""
) -> int:
    """The try of this id did not arrive. About an earlier try, or after a delivery, it is no news."""
    this_try = Q(state=State.SENT, gateway_id=gateway_id) | Q(state__in=Message.OPEN) & ~Q(gateway_id=gateway_id)
    rows = list(messages.filter(this_try).values_list("channel", "address"))
    failed = {"state": State.FAILED, "reason": reason, "reason_code": code[:40], "gateway_id": gateway_id}
    count = _close(messages.filter(this_try), timezone.now(), **failed)
    if reason == Message.Reason.OPTED_OUT:
        _opt_out(rows)
    return count


def note_refused(messages: QuerySet[Message]) -> None:
    """Whoever got them wants no more: said after they arrived, so their state stays."""
    _opt_out(messages.values_list("channel", "address"))


def note_answer(address: str, text: str) -> None:
    """An SMS from this number: STOP and START in their languages are heard, all else is not kept."""
    word = re.sub(r"[^\w]", "", text).upper()
    if word in STOP:
        opt_out(Channel.SMS, address)
    elif word in START:
        opt_in(Channel.SMS, address)


def _opt_out(addresses: Iterable[tuple[str, str]]) -> None:
    for channel, address in addresses:
        if address:
            opt_out(channel, address)


def _close(messages: QuerySet[Message], now: datetime, **changes) -> int:
    """They wait for no worker any more, so a secret's text goes."""
    keys = list(messages.values_list("pk", flat=True))
    count = messages.update(sent_at=Coalesce("sent_at", now), **changes)
    Message.objects.filter(pk__in=keys, secret=True).exclude(state__in=Message.OPEN).update(body="")
    return count
