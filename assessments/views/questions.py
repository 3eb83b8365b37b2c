"""What a learner answers: one question a screen, all on one page, and a missed safety question until it is right."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from curriculum.bodies import body_for

from .. import queries, question_types, services
from ..models import Attempt
from ..read_again import read_again
from . import answers, results
from .addresses import (
    answer_url,
    check_url,
    is_on_one_page,
    is_over,
    item_of,
    place_of,
    put_right_url,
    question_url,
    time_left,
    while_offered,
)

NAME = "a"  # of the answer's fields in the form; on the page of all questions with the question's number


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def question(request: HttpRequest, attempt_id: UUID, number: int) -> HttpResponse:
    return _save(request, attempt_id, number) if request.method == "POST" else _show(request, attempt_id, number=number)


@while_offered
def _show(request: HttpRequest, attempt: Attempt, number: int) -> HttpResponse:
    item = item_of(attempt, number)
    if not attempt.is_open or is_over(attempt):
        return redirect(place_of(attempt))
    if is_on_one_page(attempt):
        return redirect(question_url(attempt, number))
    given = results.newest(attempt)
    return _ask(request, attempt, number, given.get(item["id"]), given=given)


def _save(request: HttpRequest, attempt_id: UUID, number: int) -> HttpResponse:
    """One request, one answer. The attempt is read once, under its lock, by the service."""

    def read(attempt: Attempt) -> tuple[str, Any]:
        return _given(attempt, number, request.POST, NAME)

    answer_id, of_page = answers.answer_id(request), not answers.by_script(request)
    try:
        answer = services.take_answer(request.user, attempt_id, answer_id, read, of_page=of_page)
    except (services.HandedIn, services.Withdrawn, services.AlreadyAnswered, services.NotAnAnswer) as refusal:
        return _refused(request, attempt_id, number=number, refusal=refusal)
    return answers.saved(request, _following(answer.attempt, number))


def _given(attempt: Attempt, number: int, data: QueryDict, name: str) -> tuple[str, Any]:
    item = item_of(attempt, number)
    return item["id"], question_types.get(item["type"]).read(item["item"], data, name)


def _following(attempt: Attempt, number: int) -> str:
    """After an answer: in practice its feedback, otherwise the next question."""
    return question_url(attempt, number if attempt.is_practice else number + 1)


@while_offered
def _refused(request: HttpRequest, attempt: Attempt, number: int, refusal: Exception) -> HttpResponse:
    if isinstance(refusal, services.HandedIn):
        return _past(request, attempt, refusal)
    if isinstance(refusal, services.AlreadyAnswered):
        return answers.go_instead(request, _following(attempt, number), _("Your first answer stands."))
    item_id, response = _given(attempt, number, request.POST, NAME)
    return _incomplete(request, attempt.item(item_id)) or _ask(
        request, attempt, number, response, given=results.newest(attempt), incomplete=True
    )


def _past(request: HttpRequest, attempt: Attempt, refusal: Exception) -> HttpResponse:
    """A page that was left open: it says so, and leads to the result."""
    if isinstance(refusal, services.OutOfTime):
        reason = _("The time is over. An answer that came later does not count.")
    else:
        reason = _("This quiz is handed in already. An answer that came later does not count.")
    messages.warning(request, reason)
    return answers.go_instead(request, place_of(attempt), reason)


def _incomplete(request: HttpRequest, item: dict) -> HttpResponse | None:
    """For a script, what is missing; a form is shown again with what she gave."""
    if not answers.by_script(request):
        return None
    return JsonResponse({"state": "refused", "reason": str(question_types.get(item["type"]).ask)}, status=422)


def _ask(
    request: HttpRequest, attempt: Attempt, number: int, response, *, given: dict[str, Any], incomplete=False
) -> HttpResponse:
    item = attempt.paper[number - 1]
    context = (
        _question(attempt, item, response)
        | time_left(attempt)
        | {
            "number": number,
            "cells": results.progress(attempt, number, given),
            "saved": item["id"] in given,
            "incomplete": incomplete,
            "previous_url": question_url(attempt, number - 1) if number > 1 else "",
            "next_url": question_url(attempt, number + 1),
            "check_url": check_url(attempt),
            "quiz": queries.quiz_link(attempt),
        }
    )
    if attempt.is_practice and item["id"] in given:
        context |= results.feedback(
            attempt, queries.quiz_to_read(attempt), item, given[item["id"]], request.country.code
        )
    return render(request, "assessments/question.html", context, status=422 if incomplete else 200)


def _question(attempt: Attempt, item: dict, response) -> dict:
    type_ = question_types.get(item["type"])
    shown = {"attempt": attempt, "item": item, "type": type_, "name": NAME, "answer_id": uuid4()}
    return shown | type_.context(item["item"], response)


# All on one page ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@while_offered
def questions(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Every question with its own answer. A script saves each by its question's address; without one, all at once."""
    if request.method == "POST":
        return _save_all(request, attempt)
    if not attempt.is_open or not is_on_one_page(attempt) or is_over(attempt):
        return redirect(place_of(attempt))
    return _ask_all(request, attempt, {})


def _save_all(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Keeps all that is complete. What is not is shown again as she gave it, and named."""
    try:
        half_given = _keep_given(request, attempt)
    except services.HandedIn as refusal:
        attempt.refresh_from_db()
        return _past(request, attempt, refusal)
    if half_given:
        return _ask_all(request, attempt, half_given)
    if request.POST.get("then") == "check":
        return answers.SeeOther(check_url(attempt))
    messages.success(request, _("Saved on the server."))
    return answers.SeeOther(reverse("assessments:attempt-questions", args=[attempt.pk]))


def _keep_given(request: HttpRequest, attempt: Attempt) -> dict[str, Any]:
    """Saves what is complete and new; returns by item id what is not complete. Raises HandedIn."""
    before, half_given = results.newest(attempt), {}
    for number in range(1, len(attempt.paper) + 1):
        item_id, response = given = _given(attempt, number, request.POST, f"{NAME}{number}")
        if response is None or response == before.get(item_id):
            continue
        answer_id = answers.answer_id(request, prefix=f"q{number}")
        try:
            services.take_answer(request.user, attempt.pk, answer_id, lambda _attempt, given=given: given, of_page=True)
        except services.NotAnAnswer:
            half_given[item_id] = response
    return half_given


def _ask_all(request: HttpRequest, attempt: Attempt, half_given: dict[str, Any]) -> HttpResponse:
    given = results.newest(attempt)
    rows = [
        _row(attempt, number, item, given, half_given.get(item["id"], given.get(item["id"])))
        | {"incomplete": item["id"] in half_given}
        for number, item in enumerate(attempt.paper, 1)
    ]
    context = time_left(attempt) | {
        "attempt": attempt,
        "rows": rows,
        "answered": sum(row["saved"] for row in rows),
        "incomplete": [row for row in rows if row["incomplete"]],
        "cells": ["done" if row["saved"] else "open" for row in rows],
        "scripts": sorted({row["type"].script for row in rows if row["type"].script}),
        "check_url": check_url(attempt),
        "quiz": queries.quiz_link(attempt),
    }
    return render(request, "assessments/questions.html", context, status=422 if half_given else 200)


def _row(attempt: Attempt, number: int, item: dict, given: dict, response) -> dict:
    """A question of the page. Its field is drawn here: the page's own loop then looks up no template."""
    type_ = question_types.get(item["type"])
    name = f"{NAME}{number}"
    return {
        "number": str(number),  # a number would be put into the language's form at each place
        "item": item,
        "type": type_,
        "name": name,
        "url": answer_url(attempt, number),
        "answer_id": uuid4(),
        "saved": item["id"] in given,
        "field": render_to_string(type_.template, type_.context(item["item"], response) | {"name": name}),
    }


# Put right ------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@while_offered
def put_right(request: HttpRequest, attempt: Attempt, number: int) -> HttpResponse:
    """A missed safety question with its card, asked until it is right."""
    item = item_of(attempt, number)
    if request.method == "POST":
        return _put_right(request, attempt, number, item)
    if item["id"] not in attempt.to_put_right:
        return redirect(put_right_url(attempt) or place_of(attempt))
    return _ask_again(request, attempt, number, None)


def _put_right(request: HttpRequest, attempt: Attempt, number: int, item: dict) -> HttpResponse:
    response = question_types.get(item["type"]).read(item["item"], request.POST, NAME)
    try:
        services.put_right(attempt, item["id"], response, answers.id_of_act(request, attempt, response))
    except services.NothingToPutRight:
        return answers.go_instead(request, put_right_url(attempt) or place_of(attempt), _("This one is right."))
    except services.NotAnAnswer:
        return _incomplete(request, item) or _ask_again(request, attempt, number, response, incomplete=True)
    attempt.refresh_from_db()
    here = reverse("assessments:question-put-right", args=[attempt.pk, number])
    pending = here if item["id"] in attempt.to_put_right else put_right_url(attempt)
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
