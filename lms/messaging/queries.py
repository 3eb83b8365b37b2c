"""Figures about the outbox."""

from uuid import UUID

from django.db.models import Count, QuerySet

from .models import Message


def counts_by_state(messages: QuerySet[Message]) -> list[dict]:
    """Every state in its order with its label and count, also the empty ones. One query."""
    found = dict(messages.order_by().values_list("state").annotate(n=Count("pk")))
    return [
        {
            "state": state.value,
            "label": state.label,
            "count": found.get(state.value, 0),
            "is_open": state in Message.OPEN,
        }
        for state in Message.State
    ]


def counts_of_batch(batch: UUID) -> list[dict]:
    return counts_by_state(Message.objects.filter(batch=batch))
