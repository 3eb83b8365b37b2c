"""The doors to learners that pass by the editor's form: an approval from a list, publishing many pages at once."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from .form import blocking_on


def checks_of(page: Page) -> str:
    """The address of the editor with its checks open."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) + "#checks"


def refuse_many(request: HttpRequest, action_type: str, objects: Iterable, action) -> HttpResponse | None:
    """Publish none of these pages while one of them has something that must be put right first."""
    if action_type != "publish":
        return None
    for page in _asked_for(request, objects):
        if blocking_on(page.get_latest_revision_as_object()):
            says = _("Nothing was published: “%(title)s” has something that must be put right first.")
            buttons = [messages.button(checks_of(page), _("Look at it"))]
            messages.error(request, says % {"title": page.get_admin_display_title()}, buttons=buttons)
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def _asked_for(request: HttpRequest, objects: Iterable) -> Iterable[Page]:
    for page in objects:
        if isinstance(page, Page):
            yield page.specific
            if request.POST.get("include_descendants"):
                yield from page.get_descendants().filter(alias_of=None).specific()
