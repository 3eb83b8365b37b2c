"""The one gate before the curriculum's pages: hers and open, hers but locked or withdrawn, or not hers."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Page

from curriculum.models import CurriculumPage, ModulePage, ProgrammePage, UnitPage

from . import queries
from .permissions import asked_of, reads_everything
from .steps import Standing

GATED = (CurriculumPage, ModulePage, ProgrammePage, UnitPage)
ALWAYS_OPEN = (CurriculumPage, ProgrammePage)


def pass_or_answer(page: Page, request: HttpRequest, *_serve_arguments) -> HttpResponse | None:
    """None lets the page be served; `request.standing` is then the enrolment under which she reads it."""
    if not isinstance(page, GATED):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    hers = [standing for standing in queries.standings(request.user) if asked_of(page, standing)]
    request.standing = next((standing for standing in hers if _is_open(page, standing)), None)
    if request.standing or reads_everything(request.user):
        return None
    if not hers:
        raise Http404
    return _closed(page, request, hers[0])


def documents_need_sign_in(document, request: HttpRequest) -> HttpResponse | None:
    """A lesson's downloads are for those who read lessons: nothing of them is for strangers."""
    return None if request.user.is_authenticated else redirect_to_login(request.get_full_path())


def _is_open(page: Page, standing: Standing) -> bool:
    return isinstance(page, ALWAYS_OPEN) or any(step.is_open for step in asked_of(page, standing))


def _closed(page: Page, request: HttpRequest, standing: Standing) -> HttpResponse:
    """A kind page instead of the unit: what comes before it, or why it was withdrawn."""
    path = queries.path(request, standing)
    steps = asked_of(page, standing)
    step = next((step for step in steps if step.state == "locked"), steps[0])
    context = {"page": page, "step": step, "path": path, "back_url": reverse("wagtail_serve", args=("",))}
    name = "withdrawn" if step.state == "withdrawn" else "locked"
    return render(request, f"learning/{name}.html", context)
