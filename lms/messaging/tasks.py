"""What a worker does for the outbox."""

from time import monotonic
from uuid import UUID

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from . import delivery
from .models import Message

AT_ONCE = 200
LONGEST = 60  # seconds


@task()
def deliver(message_id: str) -> bool:
    """Hand one message over, if it is due and nobody else does."""
    return delivery.deliver(UUID(message_id))


@task()
def deliver_due() -> int:
    """Hand over what is due, the urgent first. After AT_ONCE or LONGEST another task goes on: where a gateway hangs,
    somebody's code need not wait for all the others."""
    due = list(Message.objects.due().order_by("-urgent", "next_try_at").values_list("pk", flat=True)[:AT_ONCE])
    handed, until = 0, monotonic() + LONGEST
    for done, key in enumerate(due, start=1):
        handed += delivery.deliver(key)
        if done == AT_ONCE or (monotonic() > until and done < len(due)):
            deliver_due.enqueue()
            break
    return handed


def sweep() -> None:
    """For the tick: quiet hours that are over, another try, what a kill left behind. One task waits at a time."""
    waiting = DBTaskResult.objects.ready().filter(task_path=deliver_due.module_path)
    if Message.objects.due().exists() and not waiting.exists():
        deliver_due.enqueue()
