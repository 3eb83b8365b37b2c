"""What waits for HR, list by list: to confirm, withdrawals, blocked, not yet drawn, specimens, results taken back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.ui.components import Component

from lms.people.models import User

from .. import many, services
from ..permissions import certificate_changed_by, certificates_changed_by, check_keeps_certificates
from .lists import LISTS, List

ON_A_PAGE = 50


@require_safe
@never_cache
def to_do(request: HttpRequest, waiting: str = "") -> HttpResponse:
    """The list that is asked for, else the first in which something waits."""
    check_keeps_certificates(request.user)
    counts = {one.name: one.rows(certificates_changed_by(request.user)).count() for one in LISTS.values()}
    shown = _list(waiting or next((name for name, count in counts.items() if count), "awards"))
    page = Paginator(shown.rows(certificates_changed_by(request.user)), ON_A_PAGE).get_page(request.GET.get("p"))
    says = shown.says(page.object_list)
    context = _heads() | {
        "tabs": [(one, counts[one.name]) for one in LISTS.values()],
        "shown": shown,
        "page": page,
        "rows": [(certificate, says.get(certificate.pk, "")) for certificate in page],
    }
    return render(request, "certificates/staff/to_do.html", context)


@require_POST
def change(request: HttpRequest, waiting: str) -> HttpResponse:
    """Those that were ticked, or all of the list, and are still in it."""
    check_keeps_certificates(request.user)
    shown = _list(waiting)
    if not shown.verb:
        raise Http404
    rows = shown.rows(certificates_changed_by(request.user))
    try:
        rows = rows if "all" in request.POST else rows.filter(pk__in=request.POST.getlist("certificate"))
        keys = list(rows.values_list("pk", flat=True))
    except ValidationError:
        keys = []
    _tell(request, shown, len(keys), many.change(shown.verb, keys, request.user))
    return redirect("staff_certificates:to-do-list", waiting)


@require_POST
def try_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_changed_by(request.user, pk)
    if services.try_again(certificate, by=request.user):
        messages.success(request, _("Certificate %(code)s is being drawn again.") % {"code": certificate})
    return redirect("staff_certificates:show", pk)


class WaitingPanel(Component):
    """On the admin's first page: HR is told what waits, without going to look."""

    name = "certificates_waiting"
    template_name = "certificates/staff/waiting.html"
    order = 90

    def __init__(self, user: User):
        self.user = user

    @cached_property
    def counts(self) -> dict[str, int]:
        """Withdrawals of her own are somebody else's to confirm."""
        certificates = certificates_changed_by(self.user)
        counts = {one.name: one.rows(certificates) for one in LISTS.values() if one.is_told}
        counts["withdrawals"] = counts["withdrawals"].exclude(withdrawn_by=self.user.pk)
        return {name: rows.count() for name, rows in counts.items()}

    def get_context_data(self, parent_context):
        return {"told": [(name, LISTS[name].told % {"n": count}) for name, count in self.counts.items() if count]}


def _list(name: str) -> List:
    if name not in LISTS:
        raise Http404
    return LISTS[name]


def _tell(request: HttpRequest, shown: List, asked: int, changed: int | None) -> None:
    if changed is None:
        words = ngettext(
            "%(n)s certificate is gone through now. It leaves the list when it is done.",
            "%(n)s certificates are gone through now. They leave the list as they are done.",
            asked,
        )
        messages.success(request, words % {"n": asked})
        return
    (messages.success if changed else messages.warning)(request, shown.done % {"n": changed})


def _heads() -> dict:
    title = _("Certificates to do")
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("staff_certificates:index"), "label": _("Certificates")},
        {"url": "", "label": _("To do")},
    ]
    return {"header_title": title, "header_icon": "list-ul", "page_subtitle": title, "breadcrumbs_items": trail}
