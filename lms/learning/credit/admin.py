"""Earlier training in the Wagtail admin's menu."""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from lms.people.models import User
from lms.people.staff.policies import PeoplePolicy

from ..intake.permissions import ROLES as SENDS
from ..models import CreditSheet
from . import permissions, views


class CreditMenuItem(MenuItem):
    def is_shown(self, request):
        """From the postings that the menu has read already."""
        policy = PeoplePolicy(User)
        sends = policy.holds(request.user, SENDS, in_a_country=False)
        return sends or policy.holds(request.user, permissions.DECIDES, in_a_country=True)


def state(sheet: CreditSheet) -> str:
    if sheet.decided_at:
        return _("Approved") if sheet.approved else _("Refused")
    return _("Waits for a second person") if sheet.handed_on_at else _("To look over")


class SheetList(generic.BaseListingView):
    page_title = _("Earlier training")
    header_icon = "history"
    paginate_by = 50
    columns = [
        TitleColumn("country", label=_("Country"), url_name="credit:show"),
        Column("uploaded_by", label=_("Sent by")),
        DateColumn("uploaded_at", label=_("Sent")),
        Column("state", label=_("State"), accessor=state),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not permissions.may_open(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return permissions.sheets_for(self.request.user).select_related("country", "uploaded_by").defer("rows")

    @cached_property
    def header_buttons(self):
        if not permissions.may_send(self.request.user):
            return []
        return [HeaderButton(_("Send a sheet"), url=reverse("credit:send"), icon_name="plus")]


class CreditViewSet(ViewSet):
    name = "credit"
    url_prefix = "earlier-training"
    icon = "history"
    menu_label = _("Earlier training")
    menu_item_class = CreditMenuItem

    def get_urlpatterns(self):
        return [
            path("", SheetList.as_view(), name="index"),
            path("new/", views.send, name="send"),
            path("template.csv", views.template, name="template"),
            path("<uuid:pk>/", views.show, name="show"),
            path("<uuid:pk>/hand-on/", views.hand_on, name="hand-on"),
            path("<uuid:pk>/discard/", views.discard, name="discard"),
            path("<uuid:pk>/approve/", views.approve, name="approve"),
            path("<uuid:pk>/refuse/", views.refuse, name="refuse"),
        ]


def log_actions(actions):
    actions.register_action("learning.credit_sent", _("Hand on earlier training"), _("Earlier training handed on"))
    actions.register_action("learning.credit_approved", _("Approve earlier training"), _("Earlier training credited"))
    actions.register_action("learning.credit_refused", _("Refuse earlier training"), _("Earlier training refused"))
