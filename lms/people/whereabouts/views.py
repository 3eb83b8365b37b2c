"""«Signing in»: where she is signed in, her picture on a shared phone, her passkeys and second step."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..devices import NoRoomHere, forget_face, of_browser, remember_face
from ..models import CLOTHS, User
from ..permissions import needs_password
from ..second_step.services import codes_left
from ..second_step.stage import APP, PASSKEY
from ..sign_in import let_out
from . import notices, sessions


@never_cache
@login_required
@require_safe
def my_sign_in(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    person = request.user
    own = list(Authenticator.objects.filter(user=person, type__in=[APP, PASSKEY]).order_by("created_at"))
    here = of_browser(request).filter(person=person).first()
    context = {
        "error": error,
        "places": sessions.places_of(person, request.session.session_key),
        "new_devices": notices.to_notice(request),
        "here": here,
        "faces": [(name, label, CLOTHS[name]) for name, label in User.Face.choices],
        "passkeys": [
            {"pk": row.pk, "name": row.wrap().name, "since": row.created_at} for row in own if row.type == PASSKEY
        ],
        "app": next((row for row in own if row.type == APP), None),
        "is_staff": needs_password(person),
        "codes_left": codes_left(person) if own else 0,
        "has_second_step": bool(own),
    }
    return render(request, "people/ways/my_sign_in.html", context, status=status)


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out in one place. Twice is as once; another person's is not found, and so nothing happens."""
    sessions.end_session(request.user, pk)
    return redirect("people:my-sign-in")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_others(request: HttpRequest) -> HttpResponse:
    """Asks first; then signs out everywhere but here."""
    if request.method != "POST":
        return render(request, "people/ways/end_others.html")
    sessions.end_sessions(request.user, but=request.session.session_key)
    return redirect("people:my-sign-in")


@login_required
@require_POST
def remember(request: HttpRequest) -> HttpResponse:
    face = request.POST.get("face", "")
    if face not in User.Face.values:
        return _page(request, _("Choose a picture first."), status=400)
    try:
        remember_face(request, face)
    except NoRoomHere:
        return _page(request, _("Six people are remembered on this phone. One of them has to go first."), status=409)
    return redirect("people:my-sign-in")


@login_required
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    forget_face(request)
    return redirect("people:my-sign-in")


@login_required
@require_POST
def it_was_me(request: HttpRequest, pk: int) -> HttpResponse:
    notices.was_her(request, pk)
    return redirect("people:my-sign-in")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def it_was_not_me(request: HttpRequest) -> HttpResponse:
    """Asks first; then nothing of hers opens the site until a trainer gives her a code."""
    if request.method != "POST":
        return render(request, "people/ways/was_not_me.html")
    notices.was_not_her(request)
    let_out(request)
    return redirect("people:forgot")
