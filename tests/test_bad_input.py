"""Nonsense sent to every form of a learner, an observer and a stranger is answered, never by an error."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments import services
from lms.learning.services import complete_unit, enrol

from .factories import assessments
from .factories.content import make_question, make_quiz

NONSENSE = ["", "\x00", "x" * 10_000, "9" * 5_000, "-1", "NaN", "２", "not-a-uuid", "<script>", "ﷺ" * 100]
BODIES = [
    ("application/json", b"{"),
    ("text/plain", b"\xff\xfe"),
    ("multipart/form-data; boundary=x", b"--x\r\nfoo"),
    ("multipart/form-data", b"a"),
    ("application/x-www-form-urlencoded", b"a=%ff&secret=%00&staff_number=%ff&code=%ff"),
    ("application/x-www-form-urlencoded; charset=nonsense", b"a=b"),
    ("application/x-www-form-urlencoded", b"a=b&" * 10_001),
]
OF_STRANGERS = {
    "/en/sign-in/": ["staff_number", "secret", "next"],
    "/en/sign-in/choose/": ["secret", "again"],
    "/en/language/": ["language", "next"],
    "/verify/": ["code", "family_name"],
}


def send(client, url: str, fields: list[str]) -> list[int]:
    posted = [client.post(url, dict.fromkeys(fields, value)) for value in NONSENSE]
    files = [client.post(url, {field: SimpleUploadedFile("x.csv", b"a")}) for field in fields]
    raw = [client.generic("POST", url, body, content_type=kind) for kind, body in BODIES]
    return [answer.status_code for answer in (*posted, *files, *raw)]


def fields_of(page: str) -> list[str]:
    return sorted(set(re.findall(r'name="([^"]+)"', page)) - {"csrfmiddlewaretoken", "viewport"})


@pytest.fixture
def attempt(learner, curriculum):
    """At a quiz with a question of every type."""
    questions = [make_question(f"z-{name}", data) for name, data in assessments.QUESTIONS.items()]
    quiz = make_quiz(curriculum.module, questions, title="All types", slug="all-types")
    enrol(learner, curriculum.programme)
    for lesson in curriculum.lessons:
        complete_unit(learner, lesson)
    return services.start_attempt(learner, quiz, learner.country, "en")


@pytest.mark.parametrize("url", OF_STRANGERS)
def test_strangers_nonsense_is_answered(client, db, url):
    assert max(send(client, url, OF_STRANGERS[url])) < 500


def test_learners_nonsense_is_answered(client, learner, attempt, curriculum):
    client.force_login(learner)
    for number in range(1, len(attempt.paper) + 1):
        url = f"/en/quiz/{attempt.pk}/{number}/"
        fields = fields_of(client.get(url).content.decode())
        assert "answer_id" in fields
        assert max(send(client, url, fields)) < 500, url
    key = curriculum.lessons[0].translation_key
    for url in (f"/en/learn/place/{key}/", f"/en/learn/done/{key}/", f"/en/quiz/{attempt.pk}/put-right/{10**30}/"):
        assert max(send(client, url, ["card", "answer_id", "a"])) < 500, url


def test_observers_nonsense_is_answered(client, learner, attempt, observer, curriculum):
    observation = services.start_observation(observer, learner, curriculum.practical)
    client.force_login(observer)
    url = f"/en/observation/{observation.pk}/"
    fields = fields_of(client.get(url).content.decode())
    assert "strength_1" in fields
    assert max(send(client, url, fields)) < 500
    assert max(send(client, f"{url}void/", ["reason"])) < 500
    for unit in (curriculum.quiz, curriculum.shelf):
        assert max(send(client, f"/en/observe/{learner.pk}/{unit.translation_key}/", [])) < 500
