"""The page's address below /cms/, and its place in the settings menu."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import urls
from .views import countries_set_up_by


class SetupMenuItem(MenuItem):
    def is_shown(self, request):
        return countries_set_up_by(request.user).exists()


def addresses():
    return [path("set-up/", include(urls))]


def menu_item():
    return SetupMenuItem(_("Set up a country"), reverse("country_setup:index"), name="set-up", icon_name="globe")
