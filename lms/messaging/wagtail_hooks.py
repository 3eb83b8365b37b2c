"""What is due in the outbox."""

from wagtail import hooks

from .services import forget_old_messages
from .tasks import sweep

hooks.register("tick", sweep)
hooks.register("tick", forget_old_messages)
