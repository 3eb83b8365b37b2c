"""The frame of every page about one person in the admin, and the way to it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import User
from ..permissions import may_edit, person_for


def editable_person(request: HttpRequest, pk: UUID) -> User:
    """Somebody whose record this user may change: a 404 where he may not see her, a «forbidden» where only that."""
    person = person_for(request.user, pk)
    if not may_edit(request.user, person):
        raise PermissionDenied
    return person


def person_url(name: str, person: User, *args) -> str:
    return reverse(f"staff_people:{name}", args=[person.pk, *args])


def person_page(request: HttpRequest, template: str, person: User, title: str, **context) -> HttpResponse:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    crumbs += [{"url": reverse("staff_people:index"), "label": _("People")}]
    crumbs += [{"url": person_url("show", person) if title else "", "label": str(person)}]
    crumbs += [{"url": "", "label": title}] if title else []
    context |= {"person": person, "header_title": title or str(person), "header_icon": "user"}
    context |= {
        "page_title": title or str(person),
        "page_subtitle": title,
        "breadcrumbs_items": crumbs,
        "action_url": request.path,
    }
    return render(request, template, context)
