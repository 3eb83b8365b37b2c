"""The way from the admin into the trainer’s room."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from lms.learning.attendance.permissions import may_enter


class RoomMenuItem(MenuItem):
    def is_shown(self, request):
        return may_enter(request.user)


def menu_item() -> RoomMenuItem:
    return RoomMenuItem(_("My cohorts"), reverse("room:cohorts"), name="my-cohorts", icon_name="list-ul", order=105)
