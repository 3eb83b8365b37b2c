"""Pages that people have worked on, or still have to, are not deleted: the editor is told so in a sentence.

Rooms above hang in their own records by the hook `records_of_pages(keys)`, which answers querysets.
"""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from .models import Cohort, Completion, Enrolment, Place, Requirement


def refuse_one(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page])


def refuse_many(request: HttpRequest, action_type: str, objects: Iterable, action) -> HttpResponse | None:
    if action_type != "delete":
        return None
    return _refuse(request, [thing for thing in objects if isinstance(thing, Page)])


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    for page in pages:
        if carries_records(page):
            sentence = _(
                "“%(title)s” cannot be deleted: people have learned with it, or still have to. Withdraw it instead."
            )
            messages.error(request, sentence % {"title": page.get_admin_display_title()})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def carries_records(page: Page) -> bool:
    """Whether anything about people points to this page or to one below it."""
    keys = list(page.get_descendants(inclusive=True).values_list("translation_key", flat=True))
    hung_in = [rows for hook in hooks.get_hooks("records_of_pages") for rows in hook(keys)]
    return any(rows.exists() for rows in [*_records(keys), *hung_in])


def _records(keys: list) -> list[QuerySet]:
    return [
        Requirement.objects.filter(unit_key__in=keys),
        Requirement.objects.filter(module_key__in=keys),
        Completion.objects.filter(unit_key__in=keys),
        Place.objects.filter(unit_key__in=keys),
        Enrolment.objects.filter(programme_key__in=keys),
        Cohort.objects.filter(programme_key__in=keys),
    ]
