"""The admin's colours, and what any Wagtail site does when it is due. Other rooms add their own «tick»."""

import logging

from django.core.management import call_command
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .audit import checking, sealing

logger = logging.getLogger(__name__)


@hooks.register("tick")
def publish_scheduled():
    call_command("publish_scheduled")


@hooks.register("tick")
def clear_sessions():
    call_command("clearsessions")


@hooks.register("tick")
def forget_finished_tasks():
    """Their results are of no use after two weeks."""
    call_command("prune_db_task_results", verbosity=0)


@hooks.register("tick")
def seal_audit_log():
    """What is new, and a look at the newest seals: the whole chain is read by `audit_check`."""
    sealing.seal()
    for fault in checking.check_newest():
        logger.error("audit log: %s", fault)


@hooks.register("insert_global_admin_css")
def staff_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/staff.css"))


@hooks.register("register_log_actions")
def taking_lists_away(actions):
    actions.register_action("core.export", _("Take a list as a file"), _("List taken as a file"))
