"""What anymail's webhooks tell about an e-mail, through its own signal."""

from . import reports
from .models import Channel, Message

REASONS = {"unsubscribed": Message.Reason.OPTED_OUT, "complained": Message.Reason.OPTED_OUT}
REASONS |= {"bounced": Message.Reason.ADDRESS, "rejected": Message.Reason.UNDELIVERED}
REASONS |= {"failed": Message.Reason.UNDELIVERED}


def note_event(event, **kwargs) -> None:
    """A complaint comes after the delivery: it changes no state, but is an opt-out."""
    if not event.message_id:
        return
    rows = Message.objects.filter(channel=Channel.EMAIL, gateway_id=event.message_id)
    reason = REASONS.get(event.event_type)
    if event.event_type in ("delivered", "opened", "clicked"):
        reports.note_delivered(rows)
    elif reason == Message.Reason.OPTED_OUT:
        reports.note_refused(rows)
    elif reason:
        reports.note_undelivered(rows, event.message_id, reason)
