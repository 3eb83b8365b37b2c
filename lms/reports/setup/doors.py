"""The page's address below /cms/, and its place in the settings menu."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from lms.people.models import Role
from lms.people.permissions import holds

from . import urls


class SetupMenuItem(MenuItem):
    def is_shown(self, request):
        return holds(request.user, Role.LEAD, Role.HR, in_a_country=True)


def addresses():
    return [path("set-up/", include(urls))]


def menu_item():
    return SetupMenuItem(_("Set up a country"), reverse("country_setup:index"), name="set-up", icon_name="globe")
