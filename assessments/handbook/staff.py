"""The menu «Handbooks»: ask for one, see how far it is, take it."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from lms.people.models import User

from ..models import Edition, Handbook
from . import permissions, services
from .forms import HandbookForm

SHOWN = 20
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
LIST = {"url": reverse_lazy("handbooks:index"), "label": gettext_lazy("Handbooks")}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    if not permissions.may_print(request.user):
        raise Http404
    form = HandbookForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("handbooks:show", _asked_for(form.cleaned_data, request.user).pk)
        except services.NothingToPrint:
            form.add_error("country", _("This programme asks for nothing in this country. Choose another country."))
    recent = permissions.handbooks_for(request.user).select_related("country")[:SHOWN]
    context = {"form": form, "handbooks": recent, "breadcrumbs_items": [HOME, LIST | {"url": ""}]}
    heads = {"page_title": _("Handbooks"), "header_title": _("Handbooks"), "header_icon": "doc-full"}
    return render(request, "assessments/handbook/index.html", context | heads)


def _asked_for(chosen: dict, by: User) -> Handbook:
    return services.ask_for(chosen["page"], chosen["country"], chosen["language"], chosen["edition"], by=by)


@require_safe
@never_cache
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Waiting, being drawn, ready, or why it failed."""
    handbook = permissions.handbook_for(request.user, pk)
    context = {"handbook": handbook, "breadcrumbs_items": [HOME, LIST, {"url": "", "label": handbook.title}]}
    heads = {"page_title": handbook.title, "header_title": handbook.title, "header_icon": "doc-full"}
    return render(request, "assessments/handbook/show.html", context | heads)


@require_safe
@never_cache
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file. That somebody took the answers is logged."""
    handbook = permissions.handbook_for(request.user, pk)
    if handbook.edition == Edition.FACILITATOR:
        log(handbook, "assessments.take_handbook", user=request.user)
    return as_file(handbook)


def as_file(handbook: Handbook) -> FileResponse:
    """Raises Http404 where it is not drawn, or its file is gone."""
    if not handbook.drawn_at:
        raise Http404
    try:
        file = handbook.pdf.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=handbook.file_name, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response


class ForPrinters(MenuItem):
    def is_shown(self, request):
        return permissions.may_print(request.user)


class HandbookViewSet(ViewSet):
    name = "handbooks"
    icon = "doc-full"
    menu_label = gettext_lazy("Handbooks")
    menu_order = 208
    menu_item_class = ForPrinters
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", index, name="index"),
            path("<uuid:pk>/", show, name="show"),
            path("<uuid:pk>/file/", take, name="take"),
        ]


def log_actions(actions):
    actions.register_action("assessments.take_handbook", _("Take a handbook"), _("Facilitator’s handbook taken"))
