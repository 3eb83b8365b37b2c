"""A learner's own copy of a module: for her country, in the language she reads, without answers."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from curriculum.models import ModulePage

from ..models import Edition
from . import permissions, services
from .staff import as_file


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def hers(request: HttpRequest, module_key: UUID) -> HttpResponse:
    language = get_language()
    module = permissions.module_of_hers(request.user, module_key, language)
    wanted = (module, request.user.country, language, Edition.LEARNER)
    if request.method == "POST":
        services.ask_for(*wanted, by=request.user)
        return redirect("assessments:handbook-show", module_key)
    context = {"module": module, "handbook": services.drawn_now(*wanted)}
    context |= {"back_url": module.get_url(request), "back_text": module.title}
    return render(request, "assessments/handbook/hers.html", context)


@require_safe
@never_cache
@login_required
def take(request: HttpRequest, module_key: UUID, handbook_id: UUID) -> HttpResponse:
    module = permissions.module_of_hers(request.user, module_key, get_language())
    return as_file(permissions.handbook_of_hers(request.user, module, handbook_id))


def link(request: HttpRequest, page: Page, slot: str, **_details) -> str:
    """Below the units of a module: the way to its handbook, for those who are enrolled."""
    if slot != "units" or not isinstance(page, ModulePage) or getattr(request, "standing", None) is None:
        return ""
    return render_to_string("assessments/handbook/link.html", {"module": page}, request)
