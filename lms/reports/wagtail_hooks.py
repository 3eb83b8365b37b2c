"""Doors into Wagtail: the report's addresses below its own reports, the menu, what the audit log says."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import buttons, permissions, urls

hooks.register("curriculum_fact_buttons", buttons.of_fact)
hooks.register("curriculum_change_buttons", buttons.of_change)
hooks.register("register_page_header_buttons", buttons.of_page)


class ReportMenuItem(MenuItem):
    def is_shown(self, request):
        return permissions.may_read_reports(request.user)


@hooks.register("register_admin_urls")
def report_addresses():
    return [path("reports/", include(urls))]


@hooks.register("register_reports_menu_item")
def people_in_the_menu():
    label, address = _("People and certificates"), reverse("reports:people")
    return ReportMenuItem(label, address, name="people-and-certificates", icon_name="group", order=1)


@hooks.register("register_log_actions")
def looking_at_people(actions):
    actions.register_action("reports.view_person", _("Look at a person"), _("Record of a person looked at"))
