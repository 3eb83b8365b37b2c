"""Leads to the text about her data, once, before anything else. Reads the session only: no query."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from .consent import DUE

# Signing in and out, language, her own data and certificates: hers with or without having read a text.
OPEN = {"people", "certificates", "verification", "core"}


class ToldFirst:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Pages that somebody opens. What a page fetches, and what she sends, is let through: nothing is lost."""
        if not _is_opened(request) or request.resolver_match.namespace in OPEN:
            return None
        if not request.session.get(DUE):
            return None
        return redirect(f"{reverse('people:told')}?{urlencode({'next': request.get_full_path()})}")


def _is_opened(request: HttpRequest) -> bool:
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method == "GET" and has_session and "text/html" in request.headers.get("Accept", "")
