"""What an entry of the audit log says, for people."""

from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry


def in_words(entry: ModelLogEntry) -> str:
    """What was done; the action's own name where no room registers it any more."""
    formatter = registry.get_formatter(entry)
    return str(getattr(formatter, "message", None) or getattr(formatter, "label", entry.action))
