"""Doors into Wagtail: the report's addresses below its own reports, the menu, what the audit log says."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from . import buttons, menu, urls
from .record import views as record
from .room import doors as room_doors
from .setup import doors as setup_doors
from .status import home

hooks.register("person_buttons", record.to_record)
hooks.register("curriculum_fact_buttons", buttons.of_fact)
hooks.register("curriculum_change_buttons", buttons.of_change)
hooks.register("register_page_header_buttons", buttons.of_page)
hooks.register("construct_reports_menu", menu.add_reports)
hooks.register("construct_homepage_panels", home.tell_numbers)
hooks.register("register_admin_menu_item", room_doors.menu_item)
hooks.register("register_admin_urls", setup_doors.addresses)
hooks.register("register_settings_menu_item", setup_doors.menu_item)


@hooks.register("register_admin_urls")
def report_addresses():
    return [path("reports/", include(urls))]


@hooks.register("register_log_actions")
def looking_at_people(actions):
    actions.register_action("reports.view_person", _("Look at a person"), _("Record of a person looked at"))
