"""What a quiz's pages say: rules, progress, feedback, the result and what comes next."""

from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.learning.queries import path_for

from .. import passing, queries, question_types
from ..models import Attempt, QuizPage
from ..passing import Next
from ..queries import QuizState
from ..read_again import Place, read_again
from ..services.attempts import grade


@dataclass(frozen=True)
class Link:
    url: str
    text: str


def link(place: Place) -> Link:
    words = _("Read again: lesson %(lesson)s, card %(card)s")
    return Link(place.url, words % {"lesson": place.lesson_number, "card": place.card_number})


def newest(attempt: Attempt) -> dict[str, Any]:
    """The response that counts, by item id."""
    answers = attempt.answers.filter(put_right=False)
    return {answer.item_id: answer.response for answer in answers}


def progress(attempt: Attempt, number: int, given: dict) -> list[str]:
    """A stitch for each question: done where it has an answer, current where she is."""
    return [
        "current" if at == number else "done" if item["id"] in given else "open"
        for at, item in enumerate(attempt.paper, 1)
    ]


def rules(page: QuizPage, state: QuizState, country) -> dict:
    """What holds, before she starts."""
    if state.standing:
        questions = [item["critical"] for item in state.standing.paper]
    else:
        questions = [question.critical for question in page.questions_for(country.code)]
    return {
        "count": len(questions),
        "needed": passing.needed(len(questions), page.pass_mark),
        "stars": sum(questions),
        "is_practice": page.purpose == QuizPage.Purpose.PRACTICE,
    }


def feedback(attempt: Attempt, quiz: QuizPage | None, item: dict, response: Any, country_code: str) -> dict:
    """For a practice question that is answered."""
    places = _places(quiz, [item], country_code)[item["id"]]
    judged = {"answered": True, "was_right": grade(attempt, item["id"], response)}
    return judged | _shown(attempt, item, response) | {"card": places[0] if places else None}


def put_right_url(attempt: Attempt) -> str:
    """The next safety question to put right; empty where there is none."""
    numbers = [number for number, item in enumerate(attempt.paper, 1) if item["id"] in attempt.to_put_right]
    return reverse("assessments:question-put-right", args=[attempt.pk, numbers[0]]) if numbers else ""


def context(request: HttpRequest, attempt: Attempt) -> dict:
    """The result of an attempt that was handed in."""
    quiz = queries.quiz_to_read(attempt)
    state = queries.quiz_state(request.user, quiz) if quiz else None
    left = _left(state)
    then = passing.what_next(passed=bool(attempt.passed_at), to_put_right=len(attempt.to_put_right), left=left)
    right = {mark.item_id: mark.right for mark in attempt.marks.all()}
    missed = [item for item in attempt.paper if not right.get(item["id"])]
    rows = _rows(attempt, quiz, missed, request.country.code)
    return {
        "attempt": attempt,
        "quiz": quiz,
        "then": then,
        "passed": bool(attempt.passed_at),
        "score": attempt.points,
        "of": len(attempt.paper),
        "cells": ["done" if right.get(item["id"]) else "wrong" for item in attempt.paper],
        "text": _sentence(attempt, then, left, request.user),
        "rows": rows,
        "go": _way_on(request, attempt, then, rows),
        "try_again": then == Next.TRY_AGAIN and quiz and quiz.get_url(request),
    }


def _left(state: QuizState | None) -> int:
    """Tries left as the rule counts them: without a limit there is always one, without a quiz none."""
    if state is None:
        return 0
    return 1 if state.left is None else state.left


def _rows(attempt: Attempt, quiz: QuizPage | None, missed: list[dict], country_code: str) -> list[dict]:
    """One row a missed question. The key and why are shown only once the unit is complete, or in practice."""
    reveal = attempt.completed_at or attempt.is_practice
    given, places = newest(attempt), _places(quiz, missed, country_code)
    return [
        {"item": item, "places": places[item["id"]]} | (_shown(attempt, item, given.get(item["id"])) if reveal else {})
        for item in missed
    ]


def _shown(attempt: Attempt, item: dict, response: Any) -> dict:
    type_ = question_types.get(item["type"])
    right = type_.right_response(item["item"], attempt.key[item["id"]])
    return {
        "yours": type_.in_words(item["item"], response) or [_("No answer")],
        "right": type_.in_words(item["item"], right),
        "why": item["why"],
    }


def _places(quiz: QuizPage | None, items: list[dict], country_code: str) -> dict[str, list[Link]]:
    found = read_again(quiz, items, country_code) if quiz and items else {}
    return {item["id"]: [link(place) for place in found.get(item["id"], [])] for item in items}


def _sentence(attempt: Attempt, then: Next, left: int, person) -> str:
    """Why, and when the next try is."""
    if then == Next.COMPLETE:
        words = _("Well done, %(name)s.") % {"name": person.get_short_name()}
        stars = any(item["critical"] for item in attempt.paper) and not attempt.is_practice
        return f"{words} {_('All safety questions right.')}" if stars else words
    if then == Next.PUT_RIGHT:
        return ngettext(
            "One ★ safety question is still to be put right. Then this quiz is complete.",
            "%(count)s ★ safety questions are still to be put right. Then this quiz is complete.",
            len(attempt.to_put_right),
        ) % {"count": len(attempt.to_put_right)}
    needed = _("%(needed)s right would pass.") % {"needed": attempt.needed}
    if then == Next.LOCKED:
        return f"{needed} {_('All your tries are used. Talk with your trainer: she can open another one.')}"
    if attempt.is_practice:
        return f"{needed} {_('Read the cards below, then try again as often as you like.')}"
    tries = ngettext("%(count)s try is left.", "%(count)s tries are left.", left) % {"count": left}
    return f"{needed} {_('Read the cards below, then try again: you can do it today.')} {tries}"


def _way_on(request: HttpRequest, attempt: Attempt, then: Next, rows: list[dict]) -> Link:
    """The one gold button."""
    home = reverse("wagtail_serve", args=[""])
    if then == Next.PUT_RIGHT:
        return Link(put_right_url(attempt), _("Put right"))
    if then == Next.COMPLETE:
        path = path_for(request, unit_key=attempt.unit_key)
        return Link(path.next.url if path and path.next else home, _("Continue"))
    places = [place for row in rows for place in row["places"]]
    if not places:
        return Link(home, _("Continue"))
    count = len(rows)
    words = ngettext("Learn this one", "Learn these %(count)s", count) % {"count": apnumber(count)}
    return Link(places[0].url, words)
