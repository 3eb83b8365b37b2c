"""The library's name in the menu: «Media» says nothing to a trainer."""

from django.http import HttpRequest
from django.utils.translation import gettext as _


def call_it_recordings(request: HttpRequest, menu_items: list) -> None:
    for item in menu_items:
        if item.name == "media":
            item.label = _("Recordings")
