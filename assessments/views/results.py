"""What a quiz's pages say of her answers: progress, feedback, the result and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.learning.queries import path_for

from .. import passing, queries, reveal, rules
from ..models import Attempt, Mark, Purpose, QuizPage
from ..passing import Next
from ..practice.queries import left_today
from ..read_again import Place, read_again
from . import wording
from .addresses import put_right_url


@dataclass(frozen=True)
class Link:
    url: str
    text: str


@dataclass
class Topic:
    """A lesson with the cards to read again, without a word about what was asked."""

    title: str
    star: bool = False
    links: list[Link] = field(default_factory=list)


def link(place: Place) -> Link:
    words = _("Read again: lesson %(lesson)s, card %(card)s")
    return Link(place.url, words % {"lesson": place.lesson_number, "card": place.card_number})


def newest(attempt: Attempt) -> dict[str, Any]:
    """The response that counts, by item id."""
    return {item_id: answer.response for item_id, answer in queries.responses(attempt).items()}


def progress(attempt: Attempt, number: int, given: dict) -> list[str]:
    """A stitch for each question: done where it has an answer, current where she is."""
    return [
        "current" if at == number else "done" if item["id"] in given else "open"
        for at, item in enumerate(attempt.paper, 1)
    ]


def feedback(attempt: Attempt, quiz: QuizPage | None, item: dict, response: Any, country_code: str) -> dict:
    """For a practice question that is answered. Its key waits while a certifying quiz may still ask her the same."""
    if item["id"] not in queries.shown_items(attempt):
        return {"answered": True}
    places = _places(quiz, [item], country_code)[item["id"]]
    shown = reveal.shown(attempt, item, response)
    return {"answered": True, "shown": shown, "card": link(places[0]) if places else None}


# The result -----------------------------------------------------------------------------------------------------------


def context(request: HttpRequest, attempt: Attempt) -> dict:
    """The result of an attempt that was handed in."""
    quiz = queries.quiz_to_read(attempt)
    state = queries.quiz_state(request.user, quiz) if quiz else None
    marks = {mark.item_id: mark for mark in attempt.marks.all()}
    told = _told(request, attempt, quiz, marks)
    then, next_try = _then(request, attempt, quiz, state)
    return (
        _score(attempt, quiz, marks, in_order=told["reveals"])
        | told
        | {
            "attempt": attempt,
            "quiz": quiz,
            "then": then,
            "passed": bool(attempt.passed_at),
            "is_test": attempt.purpose in rules.TESTS,
            "text": wording.sentence(attempt, then, next_try, request.user),
            "remarks": wording.remarks(attempt, with_reason=told["reveals"]),
            "earlier": [_earlier(one) for one in state.attempts if one.number < attempt.number] if state else [],
            "go": _way_on(request, attempt, then, told),
            "practise": _may_practise(attempt, then) and left_today(request.user),
            "try_again": then == Next.TRY_AGAIN and not next_try.reason and quiz and quiz.get_url(request),
        }
    )


def _score(attempt: Attempt, quiz: QuizPage | None, marks: dict[str, Mark], *, in_order: bool) -> dict:
    """A pre-test tells none; a post-test stands beside it."""
    if attempt.purpose == Purpose.PRE_TEST:
        return {}
    before = reveal.before(attempt)
    return {
        "score": reveal.points_in_words(attempt.score),
        "of": len(attempt.paper),
        "cells": _cells(attempt, marks, in_order=in_order),
        "message": reveal.message_for(quiz, attempt.score, len(attempt.paper)) if quiz else "",
        "before": before and reveal.points_in_words(before.score),
        "before_of": before and len(before.paper),
    }


def _earlier(attempt: Attempt) -> dict:
    return {"attempt": attempt, "score": reveal.points_in_words(attempt.score)}


def _then(request: HttpRequest, attempt: Attempt, quiz: QuizPage | None, state) -> tuple[Next, wording.NextTry]:
    """What comes next, and when she may try again."""
    if attempt.purpose in rules.TESTS:
        return Next.COMPLETE, wording.NextTry()
    left = 0 if state is None else 1 if state.left is None else state.left
    then = passing.what_next(passed=bool(attempt.passed_at), to_put_right=len(attempt.to_put_right), left=left)
    reason = rules.for_quiz(quiz, state, request.country, timezone.now()).reason if state else None
    return then, wording.NextTry(state.left if state else 0, reason)


def _cells(attempt: Attempt, marks: dict[str, Mark], *, in_order: bool) -> list[str]:
    """A stitch a question. Sorted where the place of a wrong one would tell which question it was."""
    cells = [_cell(attempt, marks.get(item["id"])) for item in attempt.paper]
    return cells if in_order else sorted(cells, key=("done", "current", "wrong").index)


def _cell(attempt: Attempt, mark: Mark | None) -> str:
    if mark and mark.right:
        return "done"
    return "current" if mark and mark.share and attempt.partial_credit else "wrong"


def _told(request: HttpRequest, attempt: Attempt, quiz: QuizPage | None, marks: dict[str, Mark]) -> dict:
    """Question by question where the key may be seen; of the others the cards to read again. Of a pre-test nothing."""
    missed = [item for item in attempt.paper if not (marks.get(item["id"]) and marks[item["id"]].right)]
    places = _places(quiz, missed, request.country.code)
    seen = queries.shown_items(attempt)
    rows = [_row(attempt, item, marks.get(item["id"]), places) for item in attempt.paper if item["id"] in seen]
    kept_back = [] if attempt.purpose == Purpose.PRE_TEST else [item for item in missed if item["id"] not in seen]
    return {
        "reveals": len(seen) == len(attempt.paper),
        "topics": _topics(kept_back, places),
        "missed": [row for row in rows if not row["shown"].right],
        "right": [row for row in rows if row["shown"].right],
    }


def _row(attempt: Attempt, item: dict, mark: Mark | None, places: dict[str, list[Place]]) -> dict:
    shown = reveal.shown(attempt, item, mark.response if mark else None, mark)
    return {"item": item, "shown": shown, "places": [link(place) for place in places.get(item["id"], [])]}


def _topics(missed: Iterable[dict], places: dict[str, list[Place]]) -> list[Topic]:
    """The cards that teach what was missed, each once, by lesson and in its order."""
    found: dict[Place, bool] = {}
    for item in missed:
        for place in places[item["id"]]:
            found[place] = found.get(place, False) or item["critical"]
    topics: dict[int, Topic] = {}
    for place in sorted(found, key=lambda place: (place.lesson_number, place.card_number)):
        topic = topics.setdefault(place.lesson_number, Topic(place.lesson.title))
        topic.star |= found[place]
        topic.links.append(link(place))
    return list(topics.values())


def _places(quiz: QuizPage | None, items: list[dict], country_code: str) -> dict[str, list[Place]]:
    found = read_again(quiz, items, country_code) if quiz and items else {}
    return {item["id"]: found.get(item["id"], []) for item in items}


def _may_practise(attempt: Attempt, then: Next) -> bool:
    """Practice holds nothing of a certifying quiz before it is complete, and waits behind what is more important."""
    return attempt.is_practice or (then == Next.COMPLETE and attempt.purpose not in rules.TESTS)


def _way_on(request: HttpRequest, attempt: Attempt, then: Next, told: dict) -> Link:
    """The one gold button: what is to be put right, the first card to read again, or her path."""
    if then == Next.PUT_RIGHT:
        return Link(put_right_url(attempt), _("Put right"))
    home = reverse("wagtail_serve", args=[""])
    if then == Next.COMPLETE:
        path = path_for(request, unit_key=attempt.unit_key)
        return Link(path.next.url if path and path.next else home, _("Continue"))
    links = [links[0].url for links in _links(told) if links]
    if not links:
        return Link(home, _("Continue"))
    words = ngettext("Learn this one", "Learn these %(count)s", len(links)) % {"count": apnumber(len(links))}
    return Link(links[0], words)


def _links(told: dict) -> list[list[Link]]:
    """The cards to read again of each topic and each missed question, as the page lists them."""
    return [*(topic.links for topic in told["topics"]), *(row["places"] for row in told["missed"])]
