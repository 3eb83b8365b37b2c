import logging
import sys

from django.core.management.base import BaseCommand
from wagtail import hooks

from lms.core import health

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does what is due: every function registered under the hook «tick». Run it every minute."

    def handle(self, **options):
        failed = [run for run in hooks.get_hooks("tick") if not _succeeds(run)]
        health.tick_ran()
        if failed:
            sys.exit(1)


def _succeeds(run) -> bool:
    """One that fails is logged and stops none of the others."""
    try:
        run()
    except Exception:
        logger.exception("tick: %s.%s failed", run.__module__, run.__name__)
        return False
    return True
