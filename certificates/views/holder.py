"""What a holder sees of her certificates and does with them: files, renewal, which title is printed."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.learning.services import AlreadyEnrolled

from .. import permissions, services
from ..award import titles
from ..holding import held_by
from ..models import TitleChoice
from ..renewal.services import Elsewhere, NotRenewable, OutOfWindow, open_renewal
from .files import card_of, pdf_of


class TitleForm(forms.Form):
    own_title = forms.TypedChoiceField(choices=[("no", ""), ("yes", "")], coerce=lambda value: value == "yes")


@login_required
@never_cache  # a phone goes from hand to hand, and has a way back
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    held = held_by(request.user, timezone.localdate())
    context = {
        "rows": [row for row in held if not row.is_old],
        "older": [row for row in held if row.is_old],
        "choice": TitleChoice.objects.filter(person=request.user).first(),
        "check_at": settings.BASE_URL.split("://")[-1] + reverse("verification:check"),
        "back_url": _home(),
        "back_text": _("Home"),
    }
    return render(request, "certificates/mine.html", context)


@login_required
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pdf_of(request, permissions.own_certificate(request.user, pk))


@login_required
@require_safe
def card(request: HttpRequest, pk: UUID) -> HttpResponse:
    return card_of(request, permissions.own_certificate(request.user, pk))


@login_required
@require_POST
def renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Opens her renewal. Pressed twice, the second leads to the first."""
    certificate = permissions.own_certificate(request.user, pk)
    try:
        open_renewal(certificate, by=request.user)
    except AlreadyEnrolled:
        return redirect(_home())
    except OutOfWindow as error:
        day = {"day": date_format(error.args[0].opens_on, "j F Y")}
        messages.warning(request, _("It can be renewed from %(day)s until its grace is over.") % day)
    except (NotRenewable, Elsewhere):
        messages.warning(request, _("This certificate cannot be renewed here. Ask your country office."))
    else:
        messages.success(request, _("Your renewal is open."))
        return redirect(_home())
    return redirect("certificates:mine")


@login_required
@require_POST
def choose_title(request: HttpRequest) -> HttpResponse:
    form = TitleForm(request.POST)
    if form.is_valid():
        titles.choose_title(request.user, form.cleaned_data["own_title"])
        messages.success(request, _("Saved. Your next certificates print this title."))
    else:
        messages.warning(request, _("Choose one of the two titles."))
    return redirect("certificates:mine")


@login_required
@require_POST
def print_title(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new certificate with the other title. Pressed twice, the second finds the old one replaced."""
    certificate, form = permissions.own_certificate(request.user, pk), TitleForm(request.POST)
    try:
        if form.is_valid():
            titles.print_title(certificate, form.cleaned_data["own_title"], by=request.user)
            messages.success(request, _("Your new certificate is being drawn. It has a code of its own."))
    except titles.TooOften:
        messages.warning(request, _("Not more today. Try again tomorrow."))
    except (services.NotStanding, services.NothingToChange):
        messages.warning(request, _("There is nothing to change."))
    except services.CannotReplace as error:
        messages.warning(request, str(error))
    return redirect("certificates:mine")


def _home() -> str:
    return reverse("wagtail_serve", args=[""])
