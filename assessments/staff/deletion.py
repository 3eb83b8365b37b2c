"""A quiz or practical that people have answered or shown is not deleted, nor what it stands under."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from .. import queries


def refuse_one(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page])


def refuse_many(request: HttpRequest, action_type: str, objects: Iterable, action) -> HttpResponse | None:
    if action_type != "delete":
        return None
    return _refuse(request, [thing for thing in objects if isinstance(thing, Page)])


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    for page in pages:
        if queries.has_records_below(page):
            words = _(
                "“%(title)s” cannot be deleted: people’s attempts or observations belong to it. Withdraw it instead."
            )
            messages.error(request, words % {"title": page.get_admin_display_title()})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
