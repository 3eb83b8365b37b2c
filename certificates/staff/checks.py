"""«Check many»: send a sheet, watch it being checked, look at the answers, take the file. Each sees only her own."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.viewsets.base import ViewSet

from lms.core.export import log_export

from ..checks import carrying, showing
from ..checks.forms import CheckForm
from ..checks.reading import MAX_BYTES, TOO_LARGE
from ..permissions import bulk_check_of, bulk_checks_of
from .menu import RegisterMenuItem

A_PAGE = 50
FORM_BYTES = 512 * 1024  # what the form holds beside the file


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def send(request: HttpRequest) -> HttpResponse:
    """A request that says it is too large is answered before any of it is read: the token stands in its body."""
    earlier = bulk_checks_of(request.user).defer("rows", "answers")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + FORM_BYTES:
        return _page(request, "send", 413, form=CheckForm(), earlier=earlier, refusal=TOO_LARGE)
    return _send(request, earlier)


@csrf_protect
def _send(request: HttpRequest, earlier) -> HttpResponse:
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if not form.is_valid():
        return _page(request, "send", form=form, earlier=earlier)
    try:
        check = carrying.begin_check(request.user, form.cleaned_data["key"], form.cleaned_data["sheet"])
    except carrying.NotHers as error:
        raise Http404 from error
    return redirect("staff_certificate_checks:show", check.pk)


@require_safe
@never_cache
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """While it is checked: how far. Afterwards: the answers, those to look at first."""
    check = bulk_check_of(request.user, pk)
    if check.state in carrying.UNDER_WAY:
        return _page(request, "progress", check=check)
    wanted = request.GET.get("show", showing.ALL)
    if wanted not in showing.FILTERS:
        raise Http404
    context = {
        "check": check,
        "headings": showing.headings(check),
        "rows": Paginator(showing.shown(check, wanted), A_PAGE).get_page(request.GET.get("p")),
        "filters": showing.filters(check, wanted),
        "shown": wanted,
    }
    return _page(request, "show", **context)


@require_safe
@never_cache
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Each fetch is logged, with its number of rows only."""
    check = bulk_check_of(request.user, pk)
    if not check.results:
        raise Http404
    log_export(request, "certificates-checked", "xlsx", check.row_count)
    name = f"certificates-checked-{timezone.localtime(check.uploaded_at):%Y%m%d}.xlsx"
    return FileResponse(check.results.open("rb"), as_attachment=True, filename=name)


class ChecksViewSet(ViewSet):
    name = "staff_certificate_checks"
    url_prefix = "certificate-checks"
    icon = "tasks"
    menu_label = gettext_lazy("Check many")
    menu_item_class = RegisterMenuItem

    def get_urlpatterns(self):
        return [
            path("", send, name="index"),
            path("<uuid:pk>/", show, name="show"),
            path("<uuid:pk>/file/", file, name="file"),
        ]


def _page(request: HttpRequest, name: str, status: int = 200, **context) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("staff_certificates:index"), "label": _("Certificates")},
        {"url": "" if name == "send" else reverse("staff_certificate_checks:index"), "label": _("Check many")},
    ]
    crumbs += [{"url": "", "label": _("Result")}] if name != "send" else []
    heads = {"breadcrumbs_items": crumbs, "header_title": _("Check many"), "page_subtitle": _("Check many")}
    heads |= {"header_icon": "tasks"}
    return render(request, f"certificates/checks/{name}.html", heads | context, status=status)
