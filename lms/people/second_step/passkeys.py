"""Passkeys: the browser makes a key and proves it has it. The page's script asks for the options, then sends a form."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from .. import limits, sign_in
from ..adapter import landing_url
from ..again import typed_lately
from ..languages import safe_next
from ..whereabouts.agents import words
from . import services
from .stage import PASSKEY
from .views import removed, show_codes


@never_cache
@require_POST
def options(request: HttpRequest) -> HttpResponse:
    """For signing in: the same for everyone, whoever she is. The phone shows its own list of who has one here."""
    return JsonResponse(dict(auth.begin_authentication()))


@never_cache
@sensitive_post_parameters("credential")
@require_POST
def use(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it asked for a finger or the phone's own code, so it is both steps."""
    if request.user.is_authenticated:
        return redirect(landing_url(request.user))
    form = LoginWebAuthnForm(data=request.POST)
    try:
        limits.check_address(request)
        if form.is_valid():
            return _let_in(request, form.cleaned_data["credential"])
        limits.count_against_address(request)
    except limits.NoTriesLeft:
        pass
    return render(request, "people/ways/passkey_unknown.html", status=403)


def _let_in(request: HttpRequest, passkey: Authenticator) -> HttpResponse:
    passkey.record_usage()
    how = {"type": passkey.type, "id": passkey.pk, "passwordless": True}
    return sign_in.let_in(request, passkey.user, sign_in.SECOND_STEP, safe_next(request), **how)


@typed_lately
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Make a passkey on this phone or laptop. Staff who have no recovery codes yet get them with it, this once."""
    form = AddWebAuthnForm(request.POST or None, user=request.user)
    error = ""
    if form.is_bound and form.is_valid():
        name = words(request.headers.get("User-Agent", "")) or _("A browser")
        try:
            codes = services.add_passkey(request, name, form.cleaned_data["credential"])
            return show_codes(request, codes) if codes else redirect(safe_next(request) or "people:my-sign-in")
        except services.TooManyPasskeys:
            error = _("You have ten passkeys. Remove one that you no longer use.")
    elif form.is_bound:
        error = _("That did not work. Try again.")
    return render(request, "people/ways/add_passkey.html", {"error": error, "next": safe_next(request)})


@typed_lately
@require_POST
def new_options(request: HttpRequest) -> HttpResponse:
    """For making one: the phone must ask for a finger or its own code, and keep the key by itself."""
    return JsonResponse(auth.begin_registration(request.user, True))


@typed_lately
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    return removed(request, get_object_or_404(Authenticator, pk=pk, user=request.user, type=PASSKEY))
