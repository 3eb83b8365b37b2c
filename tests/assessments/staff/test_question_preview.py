import pytest

from assessments import preview
from tests.factories.assessments import QUESTIONS
from tests.factories.content import make_question

TYPES = [name for name in QUESTIONS if name != "picture"]  # pictures need images: see the type's own tests


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [mode for mode, _label in preview.MODES])
@pytest.mark.parametrize("name", TYPES)
def test_every_type_previews_in_every_state(name, mode):
    question = make_question("p-q1", QUESTIONS[name], critical=True)
    response = question.make_preview_request(preview_mode=mode)
    assert response.status_code == 200
    page = text(response)
    assert "Safety question" in page
    assert ("Only editors see what follows" in page) == (mode in ("", "missing"))
    assert ("Not this time" in page) == (mode == "not_right")


@pytest.mark.django_db
def test_preview_shows_the_key_below_the_question():
    page = text(make_question("p-q1", QUESTIONS["single"]).make_preview_request())
    assert page.index("By sharing cups") < page.index("Only editors")
    assert "<b>Right:</b> Through the air" in page
    assert "<b>Why:</b> TB passes through the air." in page


@pytest.mark.django_db
def test_unfinished_answer_previews_without_failing():
    question = make_question("p-q1", QUESTIONS["single"])
    question.answer = []
    assert "The answer is not finished" in text(question.make_preview_request())
    question.answer = [("single", {"options": []})]
    assert "The answer is not finished" in text(question.make_preview_request())
