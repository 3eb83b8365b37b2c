"""Doors into Wagtail: the administrator's list of tokens, the audit log, and what stays when people's records go."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .staff import TokensViewSet

STAYS = {"api.ApiToken.created_by": "It says who did something: that was done under the old number."}


@hooks.register("register_admin_viewset")
def tokens():
    return TokensViewSet()


@hooks.register("register_log_actions")
def actions_on_tokens(actions):
    actions.register_action("api.make_token", _("Make a token"), _("Token for a partner made"))
    actions.register_action("api.revoke_token", _("Withdraw a token"), _("Token for a partner withdrawn"))


@hooks.register("stays_with_record")
def stays_with_record():
    return STAYS
