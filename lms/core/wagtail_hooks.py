"""What any Wagtail site does when it is due. Other rooms register their own «tick» beside these."""

from django.core.management import call_command
from wagtail import hooks


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
