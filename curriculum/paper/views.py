"""A module's job aid on its own page and as a PDF. Served by the module page, so its gate was asked before."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..models import ModulePage
from . import job_aids, press


@require_safe
@never_cache
def job_aid(request: HttpRequest, module: ModulePage) -> HttpResponse:
    if not module.job_aid:
        raise Http404
    aid = job_aids.on_screen(module, request.country)
    context = {"page": module, "aid": aid, "back_url": module.get_url(request), "back_text": module.title}
    return render(request, "curriculum/job_aid.html", context)


@require_safe
@never_cache
def job_aid_as_pdf(request: HttpRequest, module: ModulePage) -> HttpResponse:
    if not module.job_aid:
        raise Http404
    try:
        pdf = job_aids.draw(module, request.country)
    except press.MissingLibrary as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    name = f"job-aid-{module.slug}-{request.country.pk.lower()}-{get_language()}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
