"""The PIN or password once more, before something that would open another way in."""

from functools import wraps

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from . import limits, sign_in
from .languages import safe_next
from .permissions import needs_password

LATELY = 15 * 60


def typed_lately(view):
    """For a signed-in person who proved within a quarter of an hour who she is; others are asked first."""

    @never_cache
    @login_required
    @wraps(view)
    def asked_first(request: HttpRequest, *args, **kwargs):
        if sign_in.proved_lately(request, LATELY):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("people:my-sign-in")
        return redirect(f"{reverse('people:again')}?{urlencode({'next': back})}")

    return asked_first


@never_cache
@login_required
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Counted as at the sign-in: a phone left lying open gives nobody more tries."""
    person, step, tries_left = request.user, "secret", None
    if request.method == "POST" and request.POST.get("secret"):
        try:
            proof = sign_in.prove(request, person.staff_number, request.POST["secret"])
            if not proof.code:
                record_authentication(request, person, proof.method, reauthenticated=True)
                return redirect(safe_next(request) or "people:my-sign-in")
        except sign_in.WrongSecret as wrong:
            tries_left = wrong.tries_left
        except limits.NoTriesLeft:
            step = "wait"
    way = sign_in.PASSWORD if needs_password(person) else sign_in.PIN
    context = {"way": way, "step": step, "tries_left": tries_left, "next": safe_next(request)}
    context["tries_an_hour"] = limits.TRIES
    return render(request, "people/ways/again.html", context, status=429 if step == "wait" else 200)
