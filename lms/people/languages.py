"""The same page in another language: slugs are the same everywhere, so only the first part of the path differs."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def in_language(path: str, language: str) -> str:
    """«/en/learn/» as «/pt/learn/». A path without a language stays as it is."""
    first, slash, rest = path.removeprefix("/").partition("/")
    if first in dict(settings.LANGUAGES):
        return f"/{language}{slash}{rest}"
    return path


def safe_next(request: HttpRequest) -> str:
    """Where the form or the address says to go on to, if that is a path of this site; otherwise nothing."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_ours and url.startswith("/") else ""
