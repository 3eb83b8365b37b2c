"""Checking a certificate: for anyone, without a sign-in, a cookie or a trace. The code travels by POST only."""

from functools import wraps

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .. import limits, saying, verification
from ..proof import codes
from ..verification import Answer, State

QUIET = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}


def leaves_no_trace(view):
    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        response = view(request)
        for name, value in QUIET.items():
            response[name] = value
        return response

    return wrapped


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@leaves_no_trace
def check(request: HttpRequest) -> HttpResponse:
    """A token against forged requests would set a cookie, and nothing is changed here."""
    if request.method != "POST":
        return _page({})
    typed = request.POST.get("code", "")[:60]
    try:
        limits.count_check(get_ip(request), well_formed=codes.is_code(typed))
    except limits.TooManyChecks:
        return _page({"too_many_checks": True}, status=429)
    answer = verification.check(typed)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(saying.said(answer))
    return _page(_shown(answer, typed) | _compared(answer, request.POST.get("family_name")))


def _compared(answer: Answer, family_name: str | None) -> dict:
    if family_name is None or answer.certificate is None:
        return {}
    try:
        return {"compared": True, "name_matches": verification.name_matches(answer.certificate, family_name[:150])}
    except limits.TooManyNames:
        return {"too_many_names": True}


def _shown(answer: Answer, typed: str) -> dict:
    return saying.said(answer) | {
        "code": codes.printed(answer.certificate.code) if answer.certificate else "",
        "typed": typed if answer.state == State.TYPING_ERROR else "",
    }


def _page(context: dict, status: int = 200) -> HttpResponse:
    """Rendered without the request: no session, no messages, nobody's name."""
    context |= {"product_name": settings.PRODUCT_NAME, "checked_at": timezone.localtime()}
    return HttpResponse(render_to_string("certificates/verify.html", context), status=status)
