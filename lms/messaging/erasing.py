"""When a person is erased: nothing is sent to her any more, and what was said to her is not kept."""

from uuid import UUID

from django.db import transaction

from .models import Message


@transaction.atomic
def forget_about(key: UUID) -> int:
    """Empty every message about this key and cancel what waits. That there were messages stays. Returns how many."""
    messages = Message.objects.filter(about=key)
    messages.filter(state__in=Message.OPEN).update(state=Message.State.CANCELLED)
    return messages.update(address="", subject="", body="", gateway_id="")
