"""One-time codes on paper: a neutral slip for each person, to cut out and hand over. Shown once, kept nowhere."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from .models import User
from .services import CODE_LIFETIME


@dataclass(frozen=True)
class Slip:
    person: User
    code: str


@sensitive_variables("slips")
def print_slips(request: HttpRequest, slips: list[Slip], back_url: str) -> HttpResponse:
    """The page to print. Never stored by a browser or a proxy."""
    context = {
        "slips": slips,
        "back_url": back_url,
        "use_before": timezone.localdate() + CODE_LIFETIME,
        "address": settings.BASE_URL.split("://")[-1],
    }
    response = render(request, "people/slip_page.html", context)
    response["Cache-Control"] = "no-store"
    return response
