"""Where a learner goes on in a quiz, and what she may ask for at all."""

from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import permissions, queries
from ..models import Attempt, Layout
from . import answers


def is_on_one_page(attempt: Attempt) -> bool:
    """Practice tells what is right after each answer, so it asks one question a screen whatever the quiz says."""
    return attempt.layout == Layout.ALL and not attempt.is_practice


def is_over(attempt: Attempt) -> bool:
    """Whether the time she was told has run out; the server may still take answers for the grace."""
    return bool(attempt.deadline_at) and timezone.now() >= attempt.deadline_at


def time_left(attempt: Attempt) -> dict:
    """For a page that shows until when: what is left now, in seconds and in minutes that have begun."""
    if not attempt.deadline_at:
        return {}
    seconds = max(0, int((attempt.deadline_at - timezone.now()).total_seconds()))
    return {"seconds_left": seconds, "minutes_left": -(-seconds // 60)}


def place_of(attempt: Attempt) -> str:
    """Where she goes on: the first question without an answer, the check, or the result."""
    if not attempt.is_open:
        return reverse("assessments:attempt-result", args=[attempt.pk])
    if is_over(attempt):
        return check_url(attempt)
    answered = set(attempt.answers.values_list("item_id", flat=True))
    numbers = [number for number, item in enumerate(attempt.paper, 1) if item["id"] not in answered]
    return question_url(attempt, numbers[0] if numbers else len(attempt.paper) + 1)


def question_url(attempt: Attempt, number: int) -> str:
    """The address of a question; after the last one, of the check."""
    if number > len(attempt.paper):
        return check_url(attempt)
    if is_on_one_page(attempt):
        return reverse("assessments:attempt-questions", args=[attempt.pk]) + f"#q{number}"
    return answer_url(attempt, number)


def answer_url(attempt: Attempt, number: int) -> str:
    """The address that takes one question's answer, however the questions are laid out."""
    return reverse("assessments:question-answer", args=[attempt.pk, number])


def check_url(attempt: Attempt) -> str:
    return reverse("assessments:attempt-check", args=[attempt.pk])


def put_right_url(attempt: Attempt) -> str:
    """The next safety question to put right; empty where there is none."""
    numbers = [number for number, item in enumerate(attempt.paper, 1) if item["id"] in attempt.to_put_right]
    return reverse("assessments:question-put-right", args=[attempt.pk, numbers[0]]) if numbers else ""


def item_of(attempt: Attempt, number: int) -> dict:
    if not 1 <= number <= len(attempt.paper):
        raise Http404
    return attempt.paper[number - 1]


def while_offered(view):
    """Gives the view her own attempt; while its quiz is withdrawn, leads to the page that says why."""

    @wraps(view)
    def offered(request: HttpRequest, attempt_id: UUID, **kwargs) -> HttpResponse:
        attempt = permissions.offered_attempt_for(request.user, attempt_id)
        if attempt.completed_at is None and attempt.is_withdrawn:
            quiz = queries.quiz_link(attempt)
            url = quiz.get_url(request) if quiz else reverse("wagtail_serve", args=[""])
            return answers.go_instead(request, url, _("This quiz is withdrawn for now. Your answers are kept."))
        return view(request, attempt, **kwargs)

    return offered
