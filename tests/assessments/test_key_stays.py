"""The key of a certifying quiz before it is complete: in no response that its learner can get."""

from uuid import uuid4

import pytest
from django.core.cache import caches
from django.urls import reverse

from assessments import services
from assessments.models import Attempt
from lms.learning.services import complete_unit, enrol
from tests.factories.assessments import QUESTIONS, right_response
from tests.factories.content import make_question, make_quiz

from .pages import form_of, not_right, text, url

SAID = "Said to nobody but her who may see the key"
ANSWERS_TO_TYPE = {  # what is right where nothing is shown to choose from
    "number": {"answer": 5171.25, "tolerance": 2},
    "short_text": {"accepted": ["Zanzibarium", "Zanzibaria"], "others": [{"text": "Malaria", "feedback": SAID}]},
}


def _secret(kind: str, data: dict) -> dict:
    """A question whose «why» and words to an answer can be told from everything else on a page."""
    told = data | {"why": f"The reason of {kind} is kept"} | ANSWERS_TO_TYPE.get(kind, {})
    for part in ("options", "pictures"):
        if part in told:
            told[part] = [row | {"feedback": SAID} for row in told[part]]
    return told | ({"feedback": SAID} if kind in ("ordering", "matching", "gaps", "number") else {})


@pytest.fixture
def secret_quiz(curriculum):
    facts = curriculum.facts[:1]
    asked = [make_question(f"s-{kind}", _secret(kind, data), facts=facts) for kind, data in QUESTIONS.items()]
    return make_quiz(curriculum.module, asked, title="Quiz: TB", wait_hours=0)


@pytest.fixture
def browser(client, learner, curriculum, secret_quiz):
    enrol(learner, curriculum.programme)
    for unit in [*curriculum.lessons, curriculum.quiz]:
        complete_unit(learner, unit)
    client.force_login(learner)
    return client


def every_response(browser, quiz, attempt, question_pages):
    """Whatever she can ask for while the quiz is not complete: pages, answers to scripts, the editors' addresses."""
    script = {"headers": {"x-requested-with": "fetch"}}
    yield browser.get(quiz.url)
    for number, item in enumerate(attempt.paper, 1):
        address = url("question-answer", attempt, number)
        data = form_of(item, not_right(item, attempt.key[item["id"]]))
        yield browser.get(address)
        yield browser.post(address, {})
        yield browser.post(address, {}, **script)
        yield browser.post(address, data | {"answer_id": uuid4()}, **script)
        yield browser.post(address, data | {"answer_id": uuid4()})
        yield browser.get(address)
    for name in ("attempt-questions", "attempt-check", "attempt-result"):
        yield browser.get(url(name, attempt), follow=True)
    yield browser.post(url("attempt-hand-in", attempt), follow=True)
    for name in ("attempt-questions", "attempt-check", "attempt-result"):
        yield browser.get(url(name, attempt), follow=True)
    for number, item in enumerate(attempt.paper, 1):
        yield browser.get(url("question-put-right", attempt, number), follow=True)
        late = form_of(item, right_response(attempt, item)) | {"answer_id": uuid4()}
        yield browser.post(url("question-answer", attempt, number), late, **script)
    yield browser.get(quiz.url)
    yield browser.get(reverse("wagtail_serve", args=[""]))
    yield browser.get(quiz.get_parent().url)
    for address in question_pages:
        yield browser.get(address)


def editors_addresses(quiz) -> list[str]:
    question = quiz.sections[0].value["questions"][0]
    return [
        reverse("wagtailadmin_pages:edit", args=[quiz.pk]),
        reverse("wagtailadmin_pages:preview_on_edit", args=[quiz.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[quiz.pk]),
        reverse(question.snippet_viewset.get_url_name("list")),
        reverse(question.snippet_viewset.get_url_name("edit"), args=[question.pk]),
        reverse(question.snippet_viewset.get_url_name("preview_on_edit"), args=[question.pk]),
    ]


def secrets_of(attempt: Attempt) -> list[str]:
    whys = [item["why"] for item in attempt.paper]
    return [*whys, SAID, "5171.25", "Zanzibari", "feedback", "&quot;right&quot;", '"right"', "Right:", "You:"]


@pytest.mark.parametrize("layout", ["one", "all"])
def test_failed_certifying_quiz_tells_its_key_nowhere(browser, learner, secret_quiz, layout):
    type(secret_quiz).objects.filter(pk=secret_quiz.pk).update(layout=layout)
    secret_quiz.refresh_from_db()
    attempt = services.start_attempt(learner, secret_quiz, learner.country, "en")
    seen = list(every_response(browser, secret_quiz, attempt, editors_addresses(secret_quiz)))
    attempt.refresh_from_db()
    assert attempt.handed_in_at and not attempt.passed_at and attempt.score == 0
    for response in seen:
        told = response.content.decode() + str(response.headers)
        asked_for = response.request["PATH_INFO"]
        assert not [secret for secret in secrets_of(attempt) if secret in told], asked_for
        if "/quiz" in asked_for:
            assert "no-store" in response["Cache-Control"], asked_for
    cached = b"".join(value for cache in caches.all() for value in getattr(cache, "_cache", {}).values())
    assert not [secret for secret in secrets_of(attempt)[: len(attempt.paper) + 3] if secret.encode() in cached]
    again = services.start_attempt(learner, secret_quiz, learner.country, "en")
    assert [item["question"] for item in again.paper] != [item["question"] for item in attempt.paper]


def test_which_question_was_missed_is_not_told_either(browser, learner, secret_quiz):
    """Of a statement that is true or false, to know that the answer was wrong is to know the key."""
    attempt = services.start_attempt(learner, secret_quiz, learner.country, "en")
    services.hand_in(attempt)
    page = text(browser.get(url("attempt-result", attempt)))
    assert "Read again: lesson 1, card 2" in page
    assert not [item["stem"] for item in attempt.paper if item["stem"] in page]


def test_key_is_shown_once_the_quiz_is_complete(browser, learner, secret_quiz):
    """What the tests above look for is what a complete quiz shows."""
    attempt = services.start_attempt(learner, secret_quiz, learner.country, "en")
    for item in attempt.paper:
        give = not_right(item, attempt.key[item["id"]]) if item["type"] == "short_text" else None
        services.save_answer(attempt, item["id"], give or right_response(attempt, item), uuid4())
    assert services.hand_in(attempt).completed_at
    page = text(browser.get(url("attempt-result", attempt)))
    for shown in ("Zanzibari", "5171.25", SAID, "Right:", "You:", *(item["why"] for item in attempt.paper)):
        assert shown in page
