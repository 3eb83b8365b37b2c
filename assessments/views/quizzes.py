"""A learner's way through a quiz: its rules before she starts, the check, handing in, the result."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import permissions, queries, rules, services
from ..models import Attempt, QuizPage
from . import answers, results
from .addresses import is_over, place_of, question_url, time_left, while_offered


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def start(request: HttpRequest, page: QuizPage) -> HttpResponse:
    """The quiz's own page: the rules before she starts. Served by a hook, after learning's gate."""
    is_hers = getattr(request, "standing", None) is not None
    if request.method == "POST" and is_hers:
        return _start(request, page)
    state = queries.quiz_state(request.user, page)
    held = rules.for_quiz(page, state, request.country, timezone.now())
    context = {"page": page, "state": state, "is_hers": is_hers, "rules": held, "is_test": page.purpose in rules.TESTS}
    if state.standing or state.last:
        context["attempt_url"] = place_of(state.standing or state.last)
    return render(request, "assessments/quiz_page.html", context)


def _start(request: HttpRequest, page: QuizPage) -> HttpResponse:
    try:
        attempt = services.start_attempt(request.user, page, request.country, get_language())
    except rules.MayNotStart:
        return answers.SeeOther(page.get_url(request))  # the page says why
    return answers.SeeOther(place_of(attempt))


@require_safe
@never_cache
@login_required
@while_offered
def check(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """All questions before handing in, and which have no answer yet."""
    if not attempt.is_open:
        return redirect(place_of(attempt))
    given = results.newest(attempt)
    rows = [
        {"number": number, "item": item, "answered": item["id"] in given, "url": question_url(attempt, number)}
        for number, item in enumerate(attempt.paper, 1)
    ]
    context = time_left(attempt) | {
        "attempt": attempt,
        "rows": rows,
        "missing": [row for row in rows if not row["answered"]],
        "over": is_over(attempt),
        "cells": results.progress(attempt, 0, given),
        "quiz": queries.quiz_link(attempt),
    }
    return render(request, "assessments/check.html", context)


@require_POST
@login_required
@while_offered
def hand_in(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    attempt = services.hand_in(attempt)
    return answers.SeeOther(place_of(attempt))


@require_safe
@never_cache
@login_required
def result(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    attempt = permissions.attempt_for(request.user, attempt_id)
    stands = _that_stands(attempt)
    if stands.is_open or stands != attempt:
        return redirect(place_of(stands))
    return render(request, "assessments/result.html", results.context(request, attempt))


def _that_stands(attempt: Attempt) -> Attempt:
    """The newest of its quiz and cycle, unless another is the one to go on with: a regrade may pass an earlier one."""
    all_ = Attempt.objects.filter(person=attempt.person, unit_key=attempt.unit_key, cycle=attempt.cycle)
    newest = all_.order_by("number").last()
    if newest == attempt and attempt.number == 1:
        return attempt
    state = queries.quiz_state(attempt.person, queries.quiz_page(attempt))
    return state.standing if state.standing and state.cycle == attempt.cycle else newest
