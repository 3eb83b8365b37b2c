"""Intakes and cohorts in the Wagtail admin's menu, each scoped to the places of who looks."""

from django.contrib.auth import get_user_model
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import BasePermissionPolicy

from ..cohorts.admin import CohortViewSet
from ..credit.admin import CreditViewSet
from . import after, empty_sheet, permissions, views


class IntakeMenuItem(MenuItem):
    def is_shown(self, request):
        return permissions.may_take_in(request.user)


class IntakeList(generic.BaseListingView):
    """Sheets that were sent: open ones to finish, done ones to give slips from."""

    page_title = _("Intake")
    header_icon = "group"
    paginate_by = 50
    verbose_name_plural = _("intakes")
    columns = [
        TitleColumn("cohort_name", label=_("Cohort"), url_name="intake:show"),
        Column("country", label=_("Country")),
        Column("site", label=_("Site")),
        DateColumn("uploaded_at", label=_("Sent")),
        Column("state", label=_("State"), accessor="get_state_display"),
    ]

    def dispatch(self, request, *args, **kwargs):
        permissions.check_may_take_in(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return (
            permissions.intakes_for(self.request.user)
            .select_related("country", "site")
            .defer("rows", "lines", "decisions")
        )

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("New intake"), url=reverse("intake:send"), icon_name="plus")]


class IntakeViewSet(ViewSet):
    name = "intake"
    icon = "group"
    menu_label = _("Intakes")
    menu_item_class = IntakeMenuItem

    def get_urlpatterns(self):
        return [
            path("", IntakeList.as_view(), name="index"),
            path("new/", views.send, name="send"),
            path("template.csv", empty_sheet.as_csv, name="template"),
            path("template.xlsx", empty_sheet.as_workbook, name="workbook"),
            path("<uuid:pk>/", views.show, name="show"),
            path("<uuid:pk>/columns/", views.columns, name="columns"),
            path("<uuid:pk>/decide/", views.decide, name="decide"),
            path("<uuid:pk>/commit/", views.commit, name="commit"),
            path("<uuid:pk>/slips/", after.slips, name="slips"),
            path("<uuid:pk>/text/", after.text, name="text"),
            path("<uuid:pk>/undo/", after.undo, name="undo"),
            path("<uuid:pk>/discard/", views.discard, name="discard"),
        ]


class CohortPolicy(BasePermissionPolicy):
    """HR, leads and trainers of a whole country keep its cohorts. Nobody deletes one: enrolments name it."""

    def user_has_permission(self, user, action):
        return action != "delete" and user.is_active and permissions.cohort_countries_for(user).exists()

    def user_has_permission_for_instance(self, user, action, instance):
        return action != "delete" and permissions.cohorts_for(user).filter(pk=instance.pk).exists()

    def users_with_any_permission(self, actions):
        return get_user_model().objects.filter(is_active=True, postings__role__in=permissions.ROLES).distinct()

    def instances_user_has_any_permission_for(self, user, actions):
        return permissions.cohorts_for(user)


class IntakeGroup(ViewSetGroup):
    items = (IntakeViewSet, CreditViewSet, CohortViewSet)
    menu_label = _("Intake")
    menu_icon = "upload"
    menu_order = 210


def log_actions(actions):
    actions.register_action("intake.commit", _("Create people"), _("Created the people of a sheet"))
    actions.register_action("intake.undo", _("Undo an intake"), _("Undid an intake"))
    actions.register_action("intake.slips", _("Print slips"), _("Gave new one-time codes"))
