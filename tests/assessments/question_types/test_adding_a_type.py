"""A type is its folder: one that is made here, in no other file, is offered, asked, kept, judged and drawn."""

import sys
from random import Random
from textwrap import dedent
from uuid import uuid4

import pytest

from assessments import question_types, services
from assessments.models import Question
from assessments.models.bank import AnswerBlock
from tests.factories.assessments import QUESTIONS, block_value
from tests.factories.content import make_question, make_quiz

PACKAGE = '''
"""How sure she is, from 1 to 5; the author says how sure one should be. A response is a number."""

from wagtail.blocks import CharBlock, IntegerBlock

from ..base import CheckedBlock, Grade, QuestionType, said_in


class SureBlock(CheckedBlock):
    right = IntegerBlock()
    feedback = CharBlock(required=False)

    @classmethod
    def problem(cls, value):
        return "" if value["right"] in range(1, 6) else "Choose from 1 to 5."


class Sure(QuestionType):
    name = "sure"
    ask = "Choose how sure."
    partial = "One away counts as a half."
    block = SureBlock

    def show(self, value, random, *, shuffle=True):
        return {"steps": 5}

    def key_for(self, item, value):
        return {"right": value["right"], "said": value["feedback"]}

    def feedback(self, item, key, response):
        return [key["said"]] if key["said"] and response != key["right"] else []

    def read(self, item, data, name):
        return int(data[name]) if data.get(name) in [*"12345"] else None

    def is_complete(self, item, response):
        return type(response) is int and response in range(1, 6)

    def grade(self, key, response):
        away = abs(response - key["right"]) if self.is_complete({}, response) else 9
        return Grade(away == 0, max(0.0, 1 - away / 2))

    def right_response(self, item, key):
        return key["right"]

    def in_words(self, item, response):
        return [f"{response} of 5"] if self.is_complete(item, response) else []

    def context(self, item, response):
        return {"numbers": [(number, number == response) for number in range(1, item["steps"] + 1)]}

    def value_from(self, data):
        return {"right": data["right"], "feedback": said_in(data)}


TYPE = Sure()
'''
FIELD = """
<div class="answers">{% for number, chosen in numbers %}<label class="answer">
<input type="radio" name="{{ name }}" value="{{ number }}"{% if chosen %} checked{% endif %} required> {{ number }}
</label>{% endfor %}</div>
"""
DATA = {"type": "sure", "stem": "How sure are you?", "right": 4, "feedback": "Trust yourself.", "why": "You know it."}


@pytest.fixture
def sure(tmp_path, monkeypatch, settings):
    """The type in a folder of its own, beside those of the house."""
    (tmp_path / "sure").mkdir()
    (tmp_path / "sure" / "__init__.py").write_text(dedent(PACKAGE))
    (tmp_path / "sure" / "field.html").write_text(FIELD)
    monkeypatch.setattr(question_types, "__path__", [*question_types.__path__, str(tmp_path)])
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    question_types.all_types.cache_clear()
    yield question_types.get("sure")
    question_types.all_types.cache_clear()
    sys.modules.pop("assessments.question_types.sure")


def test_new_type_is_offered_to_authors_and_checked(sure):
    offered = AnswerBlock()
    assert set(offered.child_blocks) == {*QUESTIONS, "sure"}
    with pytest.raises(ValueError, match="Choose from 1 to 5"):
        sure.from_file(DATA | {"right": 6})


def test_new_type_is_frozen_and_graded(sure):
    item, key = sure.freeze(block_value(DATA), Random(1))
    grades = [sure.grade(key, response) for response in (4, 3, 1, "4", None)]
    assert [(grade.right, grade.share) for grade in grades] == [
        (True, 1),
        (False, 0.5),
        (False, 0),
        (False, 0),
        (False, 0),
    ]
    assert sure.feedback(item, key, 3) == ["Trust yourself."]


@pytest.fixture
def offered(sure, monkeypatch):
    """As after a restart: the field that holds a question's answer knows the type."""
    field = Question._meta.get_field("answer")
    monkeypatch.setattr(field, "stream_block", AnswerBlock(), raising=False)
    return sure


@pytest.mark.django_db
def test_new_type_is_asked_kept_and_judged_in_a_quiz(offered, client, enrolled, curriculum):
    question = make_question("t-sure", DATA)
    quiz = make_quiz(curriculum.module, [question], title="Sure", purpose="practice", partial_credit=True)
    attempt = services.start_attempt(enrolled, quiz, enrolled.country, "en")
    client.force_login(enrolled)
    address = f"/en/quiz/{attempt.pk}/1/"
    page = client.get(address).content.decode()
    assert "Choose how sure." in page and "One away counts as a half." in page
    client.post(address, {"a": "3", "answer_id": str(uuid4())})
    answered = client.get(address).content.decode()
    assert all(words in answered for words in ("3 of 5", "4 of 5", "Trust yourself.", "You know it."))
    services.hand_in(attempt)
    mark = attempt.marks.get()
    assert (mark.response, mark.right, float(mark.share)) == (3, False, 0.5)
