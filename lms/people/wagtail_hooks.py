"""Doors into Wagtail: the menu «People», what the audit log says, permissions, and what is due by date."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from lms.core.models import Country

from . import groups, leaving, merged_rows, sign_in_hooks
from .bulk import urls as bulk_urls
from .bulk.own import own_actions
from .bulk.tasks import resume_selections
from .devices import forget_old_devices
from .message_hooks import register as register_messages
from .models import Partner, Role, Site, User
from .permissions import KEEP_RECORDS
from .rights.doors import VIEWSETS as RIGHTS
from .rights.doors import register as register_rights
from .selections import forget_selections
from .staff import kept_views
from .staff import leaving as leaving_pages
from .staff import merging as merging_pages
from .staff.buttons import of_people
from .staff.merging import DoublesViewSet
from .staff.people import PeopleViewSet
from .staff.places import CountryViewSet, PartnerViewSet, SiteViewSet
from .staff.policies import PeoplePolicy, PlacePolicy

register_permission_policy(User, PeoplePolicy(User))
register_permission_policy(Site, PlacePolicy(Site, KEEP_RECORDS, "country"))
register_permission_policy(Partner, PlacePolicy(Partner, KEEP_RECORDS))
register_permission_policy(Country, PlacePolicy(Country, (Role.LEAD,), "pk", actions=("view", "change")))
hooks.register("person_buttons", of_people)
hooks.register("person_buttons", leaving_pages.buttons)
hooks.register("person_buttons", merging_pages.buttons)
hooks.register("merge_people", merged_rows.move)
hooks.register("rows_of_person", merged_rows.rows)
hooks.register("stays_with_record", merged_rows.stays)
hooks.register("person_buttons", sign_in_hooks.lift)
hooks.register("register_message_kinds", sign_in_hooks.kinds_of_signing_in)
hooks.register("register_log_actions", sign_in_hooks.actions_of_signing_in)
hooks.register("register_account_menu_item", sign_in_hooks.way_from_account)
hooks.register("tick", sign_in_hooks.forget_sign_ins)
hooks.register("people_bulk_actions", own_actions)
hooks.register("tick", resume_selections)
hooks.register("tick", forget_selections)
register_rights()
register_messages()


class PeopleGroup(ViewSetGroup):
    items = (PeopleViewSet, DoublesViewSet, SiteViewSet, PartnerViewSet, CountryViewSet, *RIGHTS)
    menu_label = _("People")
    menu_icon = "group"
    menu_order = 150


@hooks.register("register_admin_viewset")
def people_and_places():
    return PeopleGroup()


@hooks.register("construct_reports_menu")
def hide_site_history(request, items):
    """See staff/doors.py: it is closed to all but administrators."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name != "site-history"]


@hooks.register("construct_settings_menu")
def hide_users_and_groups(request, items):
    items[:] = [item for item in items if item.name not in ("users", "groups")]


@hooks.register("register_log_actions")
def actions_on_people(actions):
    actions.register_action("people.issue_code", _("Give a one-time code"), _("One-time code given"))
    actions.register_action("people.reset_secret", _("Reset PIN"), _("PIN reset, signed out everywhere"))
    actions.register_action("people.choose_secret", _("Choose a PIN"), _("PIN or password chosen"))
    actions.register_action("people.post", _("Post"), _("Posting begun"))
    actions.register_action("people.end_posting", _("End a posting"), _("Posting ended"))
    actions.register_action("people.transfer", _("Transfer"), _("Transferred"))
    actions.register_action("people.leave", _("Note a departure"), _("Departure noted"))
    actions.register_action("people.departure_taken_back", _("Take a departure back"), _("Departure taken back"))
    actions.register_action("people.rejoin", _("Take in again"), _("Came back"))
    actions.register_action("people.merge", _("Merge records"), _("Records merged"))


@hooks.register("role_permissions")
def translating():
    return {Role.TRAINER: {"wagtail_localize.submit_translation"}}


@hooks.register("tick")
def synchronise_postings():
    groups.synchronise_all()


@hooks.register("tick")
def forget_devices():
    forget_old_devices()


@hooks.register("tick")
def end_departures():
    leaving.end_departures()


@hooks.register("register_admin_urls")
def picked_from_lists():
    return [path("picked/", include(bulk_urls)), path("views/", include(kept_views))]
