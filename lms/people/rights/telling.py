"""The page before going on: what is told about her data, and what to do if she does not agree."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.core.models import PlatformSettings

from ..adapter import landing_url
from ..languages import safe_next
from .consent import DUE, acknowledge, text_due


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest) -> HttpResponse:
    """Shown until it was read. Sent twice, or read on another phone meanwhile: she goes on."""
    text = text_due(request.user)
    is_this = text and request.POST.get("version") == str(text.version)
    if request.method == "POST" and is_this:
        acknowledge(request.user, text)
        text = None
    if text is None:
        request.session.pop(DUE, None)
        return redirect(safe_next(request) or landing_url(request.user))
    return render(request, "people/rights/told.html", {"text": text, "next": safe_next(request)})


@never_cache
@login_required
@require_safe
def not_agreed(request: HttpRequest) -> HttpResponse:
    """Whom to talk to, and what stays hers."""
    help_line = request.user.country.help_line or PlatformSettings.load().help_line
    return render(request, "people/rights/not_agreed.html", {"help_line": help_line})
