"""The code after the password; setting up the app; recovery codes."""

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.core import squares

from .. import limits, sign_in
from ..again import typed_lately
from ..languages import safe_next
from ..permissions import needs_password
from . import services
from .stage import APP, PASSKEY, SecondStep

CODE_SECONDS = 120  # as long as a code of the app is taken at most, see MFA_TOTP_TOLERANCE
SQUARE_MM = 48


@login_stage_required(stage=SecondStep.key, redirect_urlname="people:sign-in")
@sensitive_post_parameters("code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Between the password and the site: the app's code, a recovery code, or a passkey. Counted as PINs are."""
    person = request._login_stage.login.user
    error, status = "", 200
    if request.method == "POST":
        form = _shown(request, person)
        try:
            sign_in.counted(request, person.staff_number, lambda: _is_right(person, form))
            form.save()
            return request._login_stage.exit()
        except sign_in.WrongSecret:
            error = get_adapter().error_messages["incorrect_code"]
        except limits.NoTriesLeft:
            error, status = _("There were too many wrong tries. Wait one hour, or ask your administrator."), 429
    has_passkey = Authenticator.objects.filter(user=person, type=PASSKEY).exists()
    context = {"error": error, "has_passkey": has_passkey}
    return render(request, "people/ways/second_step.html", context, status=status)


@login_stage_required(stage=SecondStep.key, redirect_urlname="people:sign-in")
@require_POST
def second_step_options(request: HttpRequest) -> HttpResponse:
    """What her browser needs to show a passkey as the second step."""
    return JsonResponse(dict(begin_authentication(request._login_stage.login.user)))


def _shown(request: HttpRequest, person) -> Form:
    kind = AuthenticateForm if "code" in request.POST else AuthenticateWebAuthnForm
    return kind(user=person, data=request.POST)


def _is_right(person, form: Form) -> bool:
    """A code is taken once only: who looked over her shoulder cannot type it after her."""
    if not form.is_valid():
        return False
    return "code" not in form.fields or limits.use_once(f"{person.pk} {form.cleaned_data['code']}", CODE_SECONDS)


@never_cache
@login_required
@require_safe
def needed(request: HttpRequest) -> HttpResponse:
    """Where the admin sends staff who have no second step: an app, or a passkey."""
    return render(request, "people/ways/needed.html", {"next": safe_next(request)})


@typed_lately
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_app(request: HttpRequest) -> HttpResponse:
    """The square code to scan, and the first code as proof. For staff; then the recovery codes, this once."""
    if not needs_password(request.user):
        raise Http404
    form = ActivateTOTPForm(request.POST or None, user=request.user)
    if form.is_bound and form.is_valid():
        codes = services.add_app(request, form)
        return show_codes(request, codes) if codes else redirect(safe_next(request) or "people:my-sign-in")
    address = get_adapter().build_totp_url(request.user, form.secret)
    context = {
        "form": form,
        "square": squares.svg(address, SQUARE_MM, _("Square code for your app")),
        "address": address,
        "secret": " ".join(form.secret[at : at + 4] for at in range(0, len(form.secret), 4)),
        "next": safe_next(request),
        "is_needed": not sign_in.took_second_step(request),
    }
    return render(request, "people/ways/set_up_app.html", context)


@typed_lately
@require_POST
def remove_app(request: HttpRequest) -> HttpResponse:
    """For who is no longer staff. Staff take a new app in its place, or a passkey."""
    app = Authenticator.objects.filter(user=request.user, type=APP).first()
    if not app:
        return redirect("people:my-sign-in")
    return removed(request, app)


def removed(request: HttpRequest, authenticator: Authenticator) -> HttpResponse:
    """Remove it, or say why not."""
    try:
        services.remove(request, authenticator)
    except services.LastSecondStep:
        return render(request, "people/ways/last_step.html", status=409)
    return redirect("people:my-sign-in")


@typed_lately
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    if not Authenticator.objects.filter(user=request.user, type__in=[APP, PASSKEY]).exists():
        return redirect("people:my-sign-in")
    return show_codes(request, services.new_recovery_codes(request))


def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Shown this once, stored by no browser and no proxy."""
    context = {"codes": [f"{code[:4]} {code[4:]}" for code in codes], "next": safe_next(request)}
    response = render(request, "people/ways/recovery_codes.html", context)
    response["Cache-Control"] = "no-store"
    return response
