"""Nothing leaves: a line says that something would have. With PRINT_MESSAGES its text too, or nobody could sign in."""

import sys

from django.conf import settings

from ..models import Message

NAME = "console"


def hand_over(message: Message) -> str:
    line = f"{message.get_channel_display()} {message.pk} ({message.kind}, {message.language})"
    words = f"\n  to {message.address}: {message.subject}\n  {message.body}" if settings.PRINT_MESSAGES else ""
    sys.stdout.write(f"{line}{words}\n")
    return ""
