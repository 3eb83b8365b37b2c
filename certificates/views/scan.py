"""Where the square on a certificate leads: a page that is the same for everybody, and what a phone has to keep."""

import hashlib
import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import keys, saying
from ..award import neutral_titles
from ..models import StatusList
from ..proof import status_lists
from ..proof.status_lists import Purpose
from .public import leaves_no_trace

STATES = ("valid", "expired", "withdrawn", "replaced", "not_found", "changed", "specimen", "unchecked")
FILES = (
    "css/base.css",
    "css/verify.css",
    "img/mark.svg",
    "js/hide.js",
    "js/scan.js",
    "js/credential.js",
    "js/camera.js",
)
WORKER = settings.ROOT / "static" / "js" / "scan-worker.js"
A_WHILE = "3600"  # seconds: somebody has to make the key
OPEN = {"Access-Control-Allow-Origin": "*", "X-Robots-Tag": "noindex, nofollow"}


@require_safe
@leaves_no_trace
def page(request: HttpRequest) -> HttpResponse:
    """The code or the credential is in the fragment, which browsers do not send: only a script sees it."""
    return HttpResponse(_page())


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """From the root, so that it may keep /V. Its first lines change with the page and with each file."""
    files = [reverse("verification:scanned"), *map(static, FILES)]
    version = hashlib.sha256("\n".join([*files, _page()]).encode()).hexdigest()[:12]
    head = f"const SHELL = {json.dumps(f'scan-{version}')}, FILES = {json.dumps(files)};\n"
    return HttpResponse(
        head + WORKER.read_text(), content_type="text/javascript", headers={"Cache-Control": "no-cache"} | OPEN
    )


@require_safe
def status_list(request: HttpRequest, issued_by: str, number: int, purpose: str) -> HttpResponse:
    """Short in caches: what is withdrawn acts at once where the register is asked, and here within a minute."""
    if purpose not in set(Purpose):
        raise Http404
    row = get_object_or_404(StatusList, country_code=issued_by, number=number)
    try:
        key = keys.existing_key(issued_by)
    except keys.NoKey:
        return HttpResponse(status=503, headers=OPEN | {"Retry-After": A_WHILE})
    signed = status_lists.signed_list(row, Purpose(purpose), key, timezone.now())
    return HttpResponse(
        signed, content_type="application/vc+jwt", headers=OPEN | {"Cache-Control": "public, max-age=60"}
    )


@require_safe
def programme_titles(request: HttpRequest) -> HttpResponse:
    return JsonResponse(neutral_titles.by_code(), headers=OPEN | {"Cache-Control": "public, max-age=3600"})


def _page() -> str:
    context = {"product_name": settings.PRODUCT_NAME, "words": json.dumps(saying.for_scripts()), "states": STATES}
    return render_to_string("certificates/scan.html", context)
