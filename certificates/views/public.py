"""Checking a certificate: for anyone, without a sign-in, a cookie or a trace. The code travels by POST only."""

from datetime import timedelta
from functools import wraps

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from .. import codes, limits, verification
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
    try:
        limits.count_check(get_ip(request))
    except limits.TooManyChecks:
        return _page({"too_many_checks": True}, status=429)
    typed = request.POST.get("code", "")[:60]
    answer = verification.check(typed)
    return _page(_shown(answer, typed) | _compared(answer, request.POST.get("family_name")))


@require_GET
@leaves_no_trace
def scanned(request: HttpRequest) -> HttpResponse:
    """Where the square leads. The code is in the fragment, which browsers do not send: a script hands it on."""
    return _page({"scanned": True})


def _compared(answer: Answer, family_name: str | None) -> dict:
    if family_name is None or answer.certificate is None:
        return {}
    try:
        return {"compared": True, "name_matches": verification.name_matches(answer.certificate, family_name[:150])}
    except limits.TooManyNames:
        return {"too_many_names": True}


def _shown(answer: Answer, typed: str) -> dict:
    """What the page says. Of an unknown code nothing is said back, so that all unknown ones look alike."""
    hides_state = answer.specimen and answer.state in (State.VALID, State.EXPIRED)
    return {
        "state": "specimen" if hides_state else answer.state.value,
        "when": _when(answer) if not hides_state else _("not a certificate"),
        "facts": _facts(answer),
        "specimen": answer.specimen,
        "refused": answer.specimen or answer.state == State.REVOKED,
        "code": codes.printed(answer.certificate.code) if answer.certificate else "",
        "typed": typed if answer.state == State.TYPING_ERROR else "",
    }


def _when(answer: Answer) -> str:
    day = answer.since and date_format(answer.since, "j F Y")
    match answer.state:
        case State.VALID:
            return _("today, %(day)s") % {"day": day}
        case State.EXPIRED:
            return _("since %(day)s") % {"day": date_format(answer.since + timedelta(days=1), "j F Y")}
        case State.REVOKED:
            return _("on %(day)s") % {"day": day}
        case State.SUPERSEDED:
            return _("ask for the newer one")
        case State.UNKNOWN:
            return _("We did not issue this code, or may not show it")
    return _("A letter or number is wrong, missing or swapped")


def _facts(answer: Answer) -> list[tuple[str, str]]:
    certificate = answer.certificate
    if certificate is None:
        return []
    programme = _("%(title)s, version %(version)s")
    facts = [
        (_("Programme"), programme % {"title": certificate.title, "version": certificate.programme_version}),
        (_("Level"), certificate.level),
        (_("Awarded"), date_format(certificate.awarded_on, "j M Y")),
        (_("Valid until"), date_format(certificate.valid_until, "j M Y")),
        (_("Reason"), answer.reason),
        (_("Issued in"), certificate.country_name),
    ]
    return [(label, value) for label, value in facts if value]


def _page(context: dict, status: int = 200) -> HttpResponse:
    """Rendered without the request: no session, no messages, nobody's name."""
    context |= {"product_name": settings.PRODUCT_NAME, "checked_at": timezone.localtime()}
    return HttpResponse(render_to_string("certificates/verify.html", context), status=status)
