"""«Check a PDF»: files go in, what each is comes out, nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods
from wagtail.admin.viewsets.base import ViewSet

from ..checks.files import MOST_FILES, InMemory, look_at
from ..checks.forms import FilesForm
from ..permissions import check_keeps_certificates
from ..proof.judging import MOST_BYTES
from .menu import RegisterMenuItem

MOST_IN_ALL = (MOST_FILES + 1) * MOST_BYTES


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check_files(request: HttpRequest) -> HttpResponse:
    """A request that says it is too large is answered before any of it is read: the token stands in its body."""
    check_keeps_certificates(request.user)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_IN_ALL:
        return _page(request, FilesForm(), status=413, refusal=_("That is too much. Send fewer files at a time."))
    request.upload_handlers = [InMemory(request)]
    return _check_files(request)


@csrf_protect
def _check_files(request: HttpRequest) -> HttpResponse:
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    found = look_at(form.cleaned_data["files"], request.user) if form.is_valid() else []
    return _page(request, FilesForm() if found else form, found=found)


class FilesViewSet(ViewSet):
    name = "staff_certificate_files"
    url_prefix = "certificate-files"
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("Check a PDF")
    menu_item_class = RegisterMenuItem

    def get_urlpatterns(self):
        return [path("", check_files, name="index")]


def _page(request: HttpRequest, form: FilesForm, status: int = 200, **context) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("staff_certificates:index"), "label": _("Certificates")},
        {"url": "", "label": _("Check a PDF")},
    ]
    heads = {"breadcrumbs_items": crumbs, "header_title": _("Check a PDF"), "page_subtitle": _("Check a PDF")}
    heads |= {"header_icon": "doc-full-inverse", "form": form}
    return render(request, "certificates/checks/files.html", heads | context, status=status)
