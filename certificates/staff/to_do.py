"""What waits for HR: certificates to confirm, and those that could not be drawn."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.ui.components import Component

from .. import services
from ..models import Certificate
from ..permissions import certificate_changed_by, certificates_changed_by, check_keeps_certificates
from ..standings import Standing, rows


@require_safe
def to_do(request: HttpRequest) -> HttpResponse:
    check_keeps_certificates(request.user)
    context = {
        "to_confirm": _waiting(request.user, Standing.TO_CONFIRM),
        "blocked": _waiting(request.user, Standing.BLOCKED),
        "header_title": _("Certificates to do"),
        "header_icon": "list-ul",
        "page_subtitle": _("Certificates to do"),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("staff_certificates:index"), "label": _("Certificates")},
            {"url": "", "label": _("To do")},
        ],
    }
    return render(request, "certificates/staff/to_do.html", context)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Those that were ticked and are still hers to confirm; one that was withdrawn meanwhile is left out."""
    check_keeps_certificates(request.user)
    try:
        ticked = list(_waiting(request.user, Standing.TO_CONFIRM).filter(pk__in=request.POST.getlist("certificate")))
    except ValidationError:
        ticked = []
    confirmed = sum(_confirmed(certificate, request.user) for certificate in ticked)
    done = ngettext("%(n)s certificate confirmed.", "%(n)s certificates confirmed.", confirmed) % {"n": confirmed}
    (messages.success if confirmed else messages.warning)(request, done)
    return redirect("staff_certificates:to-do")


@require_POST
def try_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_changed_by(request.user, pk)
    if services.try_again(certificate, by=request.user):
        messages.success(request, _("Certificate %(code)s is being drawn again.") % {"code": certificate})
    return redirect("staff_certificates:to-do")


class WaitingPanel(Component):
    """On the admin's first page: HR is told what waits, without going to look."""

    name = "certificates_waiting"
    template_name = "certificates/staff/waiting.html"
    order = 90

    def __init__(self, user):
        self.user = user

    @cached_property
    def counts(self) -> dict[str, int]:
        return {
            "blocked": _waiting(self.user, Standing.BLOCKED).count(),
            "to_confirm": _waiting(self.user, Standing.TO_CONFIRM).count(),
        }

    def get_context_data(self, parent_context):
        return self.counts


def _waiting(user, wanted: Standing):
    return rows(certificates_changed_by(user), wanted, timezone.localdate()).order_by("awarded_on", "code")


def _confirmed(certificate: Certificate, by) -> bool:
    try:
        services.confirm_certificate(certificate, by=by)
    except services.NotStanding:
        return False
    return True
