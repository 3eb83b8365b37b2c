"""«Practise what you missed»: five questions a day, each with why at once."""

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from curriculum.models import ModulePage

from .. import permissions, question_types, reveal, services
from ..models import PracticeTurn, Question
from ..practice import queries as practice
from ..read_again import read_again_in
from . import answers, results

NAME = "a"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """Where today's practice stands: to start, the next question, done, or nothing due."""
    if request.method == "POST":
        turns = services.start_practice(request.user, request.country, get_language())
        return answers.SeeOther(_next_url(turns))
    turns = practice.turns_of(request.user, timezone.localdate())
    if any(not turn.answered_at for turn in turns):
        return redirect(_next_url(turns))
    if turns:
        return render(request, "assessments/practice/done.html", _learnt(request, turns))
    due = practice.due(request.user, request.country, practice.remembered(request.user))
    return render(request, "assessments/practice/today.html", {"count": min(len(due), practice.A_DAY)})


def _next_url(turns: list[PracticeTurn]) -> str:
    """The first question without an answer; after the last one, the day's own page."""
    left = [turn for turn in turns if not turn.answered_at]
    return reverse("assessments:practice-turn", args=[left[0].pk]) if left else reverse("assessments:practice-today")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def turn(request: HttpRequest, turn_id: UUID) -> HttpResponse:
    """One question of a day: asked, or answered with why. One that a certifying quiz may ask by now is closed."""
    asked = permissions.practice_turn_for(request.user, turn_id)
    turns = practice.turns_of(request.user, asked.day)
    if asked not in turns:
        return answers.go_instead(request, reverse("assessments:practice-today"), _("A quiz before you may ask this."))
    if request.method == "POST":
        return _answer(request, asked)
    if not asked.answered_at and asked.day != timezone.localdate():
        return redirect("assessments:practice-today")
    return _show(request, asked, turns)


def _answer(request: HttpRequest, asked: PracticeTurn) -> HttpResponse:
    type_, here = question_types.get(asked.item["type"]), reverse("assessments:practice-turn", args=[asked.pk])
    response = type_.read(asked.item["item"], request.POST, NAME)
    try:
        services.answer_turn(asked, response)
    except services.AnsweredBefore:
        return answers.go_instead(request, here, _("Your first answer stands."))
    except services.NotAnAnswer:
        if answers.by_script(request):
            return JsonResponse({"state": "refused", "reason": str(type_.ask)}, status=422)
        turns = practice.turns_of(request.user, asked.day)
        return _show(request, asked, turns, response, incomplete=True)
    return answers.saved(request, here)


def _show(
    request: HttpRequest, asked: PracticeTurn, turns: list[PracticeTurn], response=None, *, incomplete=False
) -> HttpResponse:
    type_ = question_types.get(asked.item["type"])
    context = {
        "turn": asked,
        "item": asked.item,
        "type": type_,
        "name": NAME,
        "answer_id": uuid4(),
        "number": turns.index(asked) + 1,
        "cells": [_cell(turn, asked) for turn in turns],
        "incomplete": incomplete,
        "next_url": _next_url(turns) if asked.day == timezone.localdate() else reverse("assessments:practice-today"),
    }
    if asked.answered_at:
        context |= {"shown": _shown(asked), "card": _cards(request, [asked]).get(asked.pk)}
    else:
        context |= type_.context(asked.item["item"], response)
    return render(request, "assessments/practice/turn.html", context, status=422 if incomplete else 200)


def _cell(turn: PracticeTurn, asked: PracticeTurn | None = None) -> str:
    if turn.answered_at:
        return "done" if turn.right else "wrong"
    return "current" if turn == asked else "open"


def _shown(turn: PracticeTurn) -> reveal.Shown:
    """What she chose, what is right, and why."""
    type_, item = question_types.get(turn.item["type"]), turn.item["item"]
    return reveal.Shown(
        right=turn.right,
        yours=type_.in_words(item, turn.response),
        key=type_.in_words(item, type_.right_response(item, turn.key)),
        why=turn.item["why"],
        said=type_.feedback(item, turn.key, turn.response),
        near=type_.grade(turn.key, turn.response).near and not turn.right,
    )


def _learnt(request: HttpRequest, turns: list[PracticeTurn]) -> dict:
    cards = _cards(request, [turn for turn in turns if not turn.right])
    return {
        "rows": [{"turn": turn, "shown": _shown(turn), "card": cards.get(turn.pk)} for turn in turns],
        "cells": [_cell(turn) for turn in turns],
        "right": sum(turn.right for turn in turns),
    }


def _cards(request: HttpRequest, turns: list[PracticeTurn]) -> dict[UUID, results.Link]:
    """By turn: the card that teaches it, in the module of its question as she reads it."""
    keys = [turn.card.question for turn in turns]
    rows = Question.objects.filter(translation_key__in=keys).exclude(module=None)
    modules = dict(rows.values_list("translation_key", "module__translation_key"))
    pages = ModulePage.objects.live().filter(translation_key__in=modules.values()).select_related("locale")
    by_key = {page.translation_key: page for page in sorted(pages, key=_is_read)}
    found = {}
    for turn in turns:
        module = by_key.get(modules.get(turn.card.question))
        places = read_again_in(module, [turn.item], request.country.code)[turn.item["id"]] if module else []
        if places:
            found[turn.pk] = results.link(places[0])
    return found


def _is_read(page: ModulePage) -> bool:
    return page.locale.language_code == get_language()
