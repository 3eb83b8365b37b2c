"""A person's ways in, for staff above her: reset, and lift the lock-out."""

from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from .. import services
from ..models import User
from ..permissions import may_reset, person_for
from ..slips import Slip, print_slips
from .pages import person_page, person_url


@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask first; then the slip with the code, this once."""
    person = _below(request, pk)
    if request.method == "POST":
        code = services.reset_secret(person, by=request.user, second_step="second_step" in request.POST)
        return print_slips(request, [Slip(person, code)], back_url=person_url("show", person))
    context = {"has_second_step": is_mfa_enabled(person)}
    return person_page(request, "people/staff/reset.html", person, _("Reset PIN"), **context)


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask first: more wrong tries for her are also more for somebody else."""
    person = _below(request, pk)
    if request.method != "POST":
        return person_page(request, "people/staff/lift.html", person, _("Lift the lock-out"))
    services.lift_lock_out(person, by=request.user)
    messages.success(request, _("She can try again now."))
    return redirect(person_url("show", person))


def _below(request: HttpRequest, pk: UUID) -> User:
    person = person_for(request.user, pk)
    if not may_reset(request.user, person):
        raise PermissionDenied
    return person
