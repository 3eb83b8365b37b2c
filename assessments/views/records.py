"""A learner's own record of an attempt: all of it once its key may be shown, before that without key and why."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import permissions, queries
from ..models import Attempt
from ..records import building, drawing, files, words


@require_safe
@never_cache
@login_required
def record(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    attempt = _hers(request, attempt_id)
    context = {"attempt": attempt} | words.context(_record(attempt))
    return render(request, "assessments/record.html", context)


@require_safe
@never_cache
@login_required
def as_json(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    attempt = _hers(request, attempt_id)
    return files.as_json(attempt, _record(attempt))


@require_safe
@never_cache
@login_required
def as_pdf(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    attempt = _hers(request, attempt_id)
    try:
        return files.as_pdf(attempt, _record(attempt), made_by=request.user, made_at=timezone.now())
    except drawing.MissingLibrary:
        raise Http404 from None


def _hers(request: HttpRequest, attempt_id: UUID) -> Attempt:
    """Her own, once it is handed in."""
    attempt = permissions.attempt_for(request.user, attempt_id)
    if attempt.is_open:
        raise Http404
    return attempt


def _record(attempt: Attempt) -> dict:
    return building.record(attempt, shown=queries.shown_items(attempt))
