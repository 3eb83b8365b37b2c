"""Saving, renaming and deleting one's own views of a list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from .. import saved_views
from ..models import SavedView

app_name = "staff_views"
PAGES = {"people": "staff_people:index", "report": "reports:people"}
LONGEST = SavedView._meta.get_field("name").max_length


@require_POST
def save(request: HttpRequest, listing: str) -> HttpResponse:
    """The filters are those of this address; the list knows them as its own."""
    if listing not in PAGES:
        raise Http404
    name, url = request.POST.get("name", "").strip()[:LONGEST], reverse(PAGES[listing])
    if not name:
        messages.error(request, _("Give the view a name."))
    else:
        try:
            saved_views.save_view(request.user, PAGES[listing], name, request.GET)
        except saved_views.NameTaken:
            messages.error(request, _("You have a view of this name already."))
        except saved_views.TooManyViews:
            messages.error(request, _("You have 20 views of this list: delete one first."))
        except saved_views.FiltersTooLong:
            messages.error(request, _("Too many filters to save."))
    return redirect(f"{url}?{request.GET.urlencode()}")


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    view, name = _own(request, pk), request.POST.get("name", "").strip()[:LONGEST]
    try:
        if name:
            saved_views.rename_view(view, name)
    except saved_views.NameTaken:
        messages.error(request, _("You have a view of this name already."))
    return redirect(f"{reverse(view.page)}?{view.query}")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    view = _own(request, pk)
    view.delete()
    return redirect(reverse(view.page))


def _own(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView, pk=pk, owner=request.user)


urlpatterns = [
    path("<slug:listing>/save/", save, name="save"),
    path("<int:pk>/rename/", rename, name="rename"),
    path("<int:pk>/delete/", delete, name="delete"),
]
