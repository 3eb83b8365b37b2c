"""A learner's way through a quiz: start, one question after another, check, hand in, result, put right."""

from functools import wraps
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.bodies import body_for

from .. import permissions, queries, question_types, services
from ..models import Attempt, QuizPage
from ..read_again import read_again
from . import answers, results

NAME = "a"  # of the answer's fields in the form


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def start(request: HttpRequest, page: QuizPage) -> HttpResponse:
    """The quiz's own page: the rules before she starts. Served by a hook, after learning's gate."""
    is_hers = getattr(request, "standing", None) is not None
    if request.method == "POST" and is_hers:
        return _start(request, page)
    state = queries.quiz_state(request.user, page)
    context = {"page": page, "state": state, "is_hers": is_hers, "rules": results.rules(page, state, request.country)}
    if state.standing or state.last:
        context["attempt_url"] = place_of(state.standing or state.last)
    return render(request, "assessments/quiz_page.html", context)


def _start(request: HttpRequest, page: QuizPage) -> HttpResponse:
    try:
        attempt = services.start_attempt(request.user, page, request.country, get_language())
    except (services.NoTriesLeft, services.NothingToAsk):
        return answers.SeeOther(page.get_url(request))  # the page says why
    return answers.SeeOther(place_of(attempt))


def place_of(attempt: Attempt) -> str:
    """Where she goes on: the first question without an answer, the check, or the result."""
    if not attempt.is_open:
        return reverse("assessments:attempt-result", args=[attempt.pk])
    answered = set(attempt.answers.values_list("item_id", flat=True))
    numbers = [number for number, item in enumerate(attempt.paper, 1) if item["id"] not in answered]
    return question_url(attempt, numbers[0] if numbers else len(attempt.paper) + 1)


def question_url(attempt: Attempt, number: int) -> str:
    """The address of a question; after the last one, of the check."""
    if number > len(attempt.paper):
        return reverse("assessments:attempt-check", args=[attempt.pk])
    return reverse("assessments:question-answer", args=[attempt.pk, number])


def while_offered(view):
    """Gives the view her own attempt; while its quiz is withdrawn, leads to the page that says why."""

    @wraps(view)
    def offered(request: HttpRequest, attempt_id: UUID, **kwargs) -> HttpResponse:
        attempt = permissions.attempt_for(request.user, attempt_id)
        if attempt.completed_at is None and queries.is_withdrawn(attempt):
            quiz = queries.quiz_to_read(attempt)
            url = quiz.get_url(request) if quiz else reverse("wagtail_serve", args=[""])
            return answers.go_instead(request, url, _("This quiz is withdrawn for now. Your answers are kept."))
        return view(request, attempt, **kwargs)

    return offered


def _item(attempt: Attempt, number: int) -> dict:
    if not 1 <= number <= len(attempt.paper):
        raise Http404
    return attempt.paper[number - 1]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@while_offered
def question(request: HttpRequest, attempt: Attempt, number: int) -> HttpResponse:
    item = _item(attempt, number)
    if request.method == "POST":
        return _save(request, attempt, number, item)
    if not attempt.is_open:
        return redirect(place_of(attempt))
    return _ask(request, attempt, number, results.newest(attempt).get(item["id"]))


def _save(request: HttpRequest, attempt: Attempt, number: int, item: dict) -> HttpResponse:
    response = question_types.get(item["type"]).read(item["item"], request.POST, NAME)
    following = question_url(attempt, number if attempt.is_practice else number + 1)
    try:
        services.save_answer(attempt, item["id"], response, answers.answer_id(request, attempt, response))
    except services.HandedIn:
        return answers.go_instead(request, place_of(attempt), _("This quiz is handed in."))
    except services.AlreadyAnswered:
        return answers.go_instead(request, following, _("Your first answer stands."))
    except services.NotAnAnswer:
        return _incomplete(request, item) or _ask(request, attempt, number, response, incomplete=True)
    return answers.saved(request, following)


def _incomplete(request: HttpRequest, item: dict) -> HttpResponse | None:
    """For a script, what is missing; a form is shown again with what she gave."""
    if not answers.by_script(request):
        return None
    return JsonResponse({"state": "refused", "reason": str(question_types.get(item["type"]).ask)}, status=422)


def _ask(request: HttpRequest, attempt: Attempt, number: int, response, *, incomplete=False) -> HttpResponse:
    given = results.newest(attempt)
    item = attempt.paper[number - 1]
    context = _question(attempt, item, response) | {
        "number": number,
        "cells": results.progress(attempt, number, given),
        "saved": item["id"] in given,
        "incomplete": incomplete,
        "previous_url": question_url(attempt, number - 1) if number > 1 else "",
        "next_url": question_url(attempt, number + 1),
        "check_url": question_url(attempt, len(attempt.paper) + 1),
        "quiz": queries.quiz_to_read(attempt),
    }
    if attempt.is_practice and item["id"] in given:
        context |= results.feedback(attempt, context["quiz"], item, given[item["id"]], request.country.code)
    return render(request, "assessments/question.html", context, status=422 if incomplete else 200)


def _question(attempt: Attempt, item: dict, response) -> dict:
    type_ = question_types.get(item["type"])
    shown = {"attempt": attempt, "item": item, "type": type_, "name": NAME, "answer_id": uuid4()}
    return shown | type_.context(item["item"], response)


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
    context = {"attempt": attempt, "rows": rows, "missing": sum(not row["answered"] for row in rows)}
    cells = results.progress(attempt, 0, given)
    return render(request, "assessments/check.html", context | {"cells": cells, "quiz": queries.quiz_to_read(attempt)})


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
    later = Attempt.objects.filter(person=request.user, unit_key=attempt.unit_key, cycle=attempt.cycle)
    newest = later.filter(number__gt=attempt.number).order_by("number").last() or attempt
    if newest.is_open or newest != attempt:
        return redirect(place_of(newest))
    return render(request, "assessments/result.html", results.context(request, attempt))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@while_offered
def put_right(request: HttpRequest, attempt: Attempt, number: int) -> HttpResponse:
    """A missed safety question with its card, asked until it is right."""
    item = _item(attempt, number)
    if request.method == "POST":
        return _put_right(request, attempt, number, item)
    if item["id"] not in attempt.to_put_right:
        return redirect(results.put_right_url(attempt) or place_of(attempt))
    return _ask_again(request, attempt, number, None)


def _put_right(request: HttpRequest, attempt: Attempt, number: int, item: dict) -> HttpResponse:
    response = question_types.get(item["type"]).read(item["item"], request.POST, NAME)
    try:
        services.put_right(attempt, item["id"], response, answers.answer_id(request, attempt, response))
    except services.NothingToPutRight:
        return answers.go_instead(request, results.put_right_url(attempt) or place_of(attempt), _("This one is right."))
    except services.NotAnAnswer:
        return _incomplete(request, item) or _ask_again(request, attempt, number, response, incomplete=True)
    attempt.refresh_from_db()
    here = reverse("assessments:question-put-right", args=[attempt.pk, number])
    pending = here if item["id"] in attempt.to_put_right else results.put_right_url(attempt)
    return answers.saved(request, pending or place_of(attempt))


def _ask_again(request: HttpRequest, attempt: Attempt, number: int, response, *, incomplete=False) -> HttpResponse:
    item = attempt.paper[number - 1]
    quiz = queries.quiz_to_read(attempt)
    places = read_again(quiz, [item], request.country.code)[item["id"]] if quiz else []
    context = _question(attempt, item, response) | {
        "cards": [_card(place, request.country) for place in places],
        "left": len(attempt.to_put_right),
        "incomplete": incomplete,
        "was_wrong": attempt.answers.filter(item_id=item["id"], put_right=True).exists(),
        "quiz": quiz,
    }
    return render(request, "assessments/put_right.html", context, status=422 if incomplete else 200)


def _card(place, country) -> dict:
    """The card as the lesson shows it, and the way there."""
    return {"html": body_for(place.lesson, country).cards[place.card_number - 1], "link": results.link(place)}
