"""The ways from the list of questions to files and back."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from ..exchange import permissions


def exchange_buttons(request: HttpRequest) -> list[Button]:
    """Export keeps the filters and the search of the list."""
    found = f"?{request.GET.urlencode()}" if request.GET else ""
    buttons = []
    if permissions.may_import(request.user):
        buttons.append(Button(_("Import"), url=reverse("question-import:send"), icon_name="upload", priority=80))
    if permissions.may_export(request.user):
        url = reverse("question-export:bank") + found
        buttons.append(Button(_("Export these"), url=url, icon_name="download", priority=90))
    return buttons
