"""The menu «Messages» and what messages to many hang in: imported by wagtail_hooks."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from lms.messaging.models import Message, MessageTemplate
from lms.messaging.staff.outbox import OutboxViewSet
from lms.messaging.staff.templates import TemplateViewSet

from . import broadcasts
from .models import Broadcast
from .permissions import KEEP_RECORDS
from .staff.broadcasts import BroadcastViewSet
from .staff.policies import BroadcastPolicy, MessagePolicy, TemplatePolicy


class MessagesGroup(ViewSetGroup):
    items = (BroadcastViewSet, OutboxViewSet, TemplateViewSet)
    menu_label = _("Messages")
    menu_icon = "mail"
    menu_order = 160


def messages_menu() -> MessagesGroup:
    return MessagesGroup()


def kinds_of_people() -> list:
    return [broadcasts.KIND]


def actions_on_messages(actions) -> None:
    actions.register_action("people.broadcast", _("Write to many"), _("Message to many sent"))
    actions.register_action("people.cancel_broadcast", _("Cancel a message to many"), _("Message to many cancelled"))
    actions.register_action("messaging.try_again", _("Try a message again"), _("Message put back to be sent"))
    actions.register_action("messaging.cancel", _("Cancel a message"), _("Message cancelled"))


def register() -> None:
    """Policies first: they must stand before any view asks."""
    register_permission_policy(Message, MessagePolicy(Message, KEEP_RECORDS, "country", actions=("view", "change")))
    register_permission_policy(MessageTemplate, TemplatePolicy(MessageTemplate, KEEP_RECORDS, actions=("view",)))
    register_permission_policy(Broadcast, BroadcastPolicy(Broadcast))
    hooks.register("register_admin_viewset", messages_menu)
    hooks.register("register_message_kinds", kinds_of_people)
    hooks.register("register_log_actions", actions_on_messages)
    hooks.register("tick", broadcasts.resume_broadcasts)
    hooks.register("tick", broadcasts.forget_broadcasts)
