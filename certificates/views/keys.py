"""The published keys: for programs and for ministries, without a sign-in, a cookie or a trace."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ..keys import published

# Short, so that a key marked as compromised is known within minutes.
OPEN = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*", "X-Robots-Tag": "noindex, nofollow"}


@require_safe
def key_set(request: HttpRequest) -> HttpResponse:
    return JsonResponse(published.key_set(), content_type="application/jwk-set+json", headers=OPEN)


@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    pem = published.roots()
    if not pem:
        return HttpResponse("No key yet.\n", content_type="text/plain", headers=OPEN, status=404)
    named = {"Content-Disposition": 'attachment; filename="root.pem"'}
    return HttpResponse(pem, content_type="application/x-pem-file", headers=OPEN | named)
