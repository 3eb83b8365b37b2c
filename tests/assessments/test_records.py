"""The record of an attempt: complete for staff, without the key for a learner until she may see it."""

import hashlib
import io
import json
from uuid import uuid4

import pypdf
import pytest
from django.urls import reverse
from django.utils import translation

from assessments import services
from assessments.models import Attempt, Purpose, Question
from assessments.records import building, drawing, words
from assessments.services import start_attempt
from tests.factories.assessments import QUESTIONS, hand_in, right_response, wrong_response
from tests.factories.content import make_question, make_quiz

from .conftest import ALSO_PLAIN, CRITICAL, PLAIN
from .test_regrades import run, turn

RECORDS = ("record-show", "record-json", "record-pdf")


def of(attempt, shown=None):
    return building.record(Attempt.objects.get(pk=attempt.pk), shown=shown)


def asked(data, stem):
    return next(row for row in data["questions"] if row["stem"] == stem)


def url(name, attempt):
    return reverse(f"assessments:{name}", args=[attempt.pk])


def pdf_text(content):
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.fixture
def not_yet(attempt):
    """Two tries; in the first one answer was changed."""
    item = next(item for item in attempt.paper if item["stem"] == CRITICAL)
    services.save_answer(attempt, item["id"], wrong_response(attempt, item), uuid4())
    return hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])


def test_record_says_who_what_when_and_by_which_rules(not_yet, quiz, curriculum, enrolled):
    data = of(not_yet)
    assert (data["format"], data["version"], data["with_key"]) == ("attempt-record", 1, True)
    assert data["attempt"]["staff_number"] == enrolled.staff_number
    assert data["attempt"]["quiz"] == {
        "key": str(quiz.translation_key),
        "title": "Quiz: TB",
        "revision": not_yet.quiz_revision,
    }
    assert data["attempt"]["programmes"] == [{"code": curriculum.programme.code, "cycle": 1}]
    assert data["rules"]["right_to_pass"] == 4
    assert data["rules"]["tries"] == quiz.tries
    assert data["times"]["handed_in"] == not_yet.handed_in_at.isoformat(timespec="seconds")
    assert (data["result"]["score"], data["result"]["passed"]) == (3, False)


def test_rules_are_those_of_the_time(not_yet, quiz):
    quiz.tries, quiz.pass_mark = 7, 60
    quiz.save_revision().publish()
    rules = of(not_yet)["rules"]
    assert (rules["tries"], rules["pass_mark"]) == (2, 80)


def test_every_answer_is_kept_and_the_newest_counts(not_yet):
    row = asked(of(not_yet), CRITICAL)
    assert [answer["counted"] for answer in row["answers"]] == [False, True]
    assert row["answers"][1]["words"] == row["key_at_hand_in"]["words"]
    assert row["mark"] == {"right": True, "share": 1}
    assert {line for part in row["shown"] for line in part["lines"]} == {
        option["text"] for option in QUESTIONS["single"]["options"]
    }


def test_answer_put_right_is_in_the_record(attempt):
    hand_in(attempt, wrong=[CRITICAL])
    missed = next(item for item in attempt.paper if item["stem"] == CRITICAL)
    services.put_right(attempt, missed["id"], right_response(attempt, missed), uuid4())
    last = asked(of(attempt), CRITICAL)["answers"][-1]
    assert (last["put_right"], last["right"], last["counted"]) == (True, True, False)


def test_extra_try_is_in_the_record_with_its_conversation(not_yet, enrolled, quiz, trainer):
    second = hand_in(start_attempt(enrolled, quiz, enrolled.country, "en"), wrong=[PLAIN, ALSO_PLAIN])
    services.open_extra_try(trainer, second, "We read lesson 1.")
    first, last = of(not_yet)["extra_tries"], of(second)["extra_tries"]
    assert first[0]["conversation"] == "We read lesson 1."
    assert (first[0]["after_this_try"], last[0]["after_this_try"]) == (False, True)


def test_regrade_keeps_the_key_of_hand_in_beside_the_one_of_now(not_yet, reviewer):
    before = asked(of(not_yet), PLAIN)
    run(turn(PLAIN), reviewer)
    data = of(not_yet)
    row = asked(data, PLAIN)
    assert row["key_at_hand_in"] == before["key_now"]
    assert row["key_now"] != row["key_at_hand_in"]
    regraded = data["regrades"][0]
    assert (regraded["by"], regraded["reason"]) == (reviewer.get_full_name(), "The key was wrong.")
    assert (regraded["score_before"], regraded["score_now"], regraded["effect"]) == (3, 4, "passed")
    assert regraded["question_number"] == row["number"]


def test_key_that_an_open_paper_was_given_is_the_one_of_hand_in(attempt, reviewer):
    run(turn(PLAIN), reviewer)
    hand_in(Attempt.objects.get(pk=attempt.pk))
    row = asked(of(attempt), PLAIN)
    assert row["key_at_hand_in"] == row["key_now"]
    assert row["key_now"]["words"] == ["False"]


def test_same_record_is_the_same_bytes_in_every_language(not_yet):
    with translation.override("fr"):
        french = building.as_bytes(of(not_yet))
    assert french == building.as_bytes(of(not_yet))
    assert building.sha256(of(not_yet)) == hashlib.sha256(french).hexdigest()
    assert json.loads(french) == of(not_yet)


def test_record_of_a_whole_paper_takes_a_fixed_number_of_queries(
    enrolled, curriculum, attempt, django_assert_num_queries
):
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    five = Attempt.objects.select_related("person").get(pk=attempt.pk)
    questions = [make_question(f"x-{n}", QUESTIONS["true_false"] | {"stem": f"Stem {n}."}) for n in range(20)]
    long = make_quiz(curriculum.module, questions, title="Long")
    twenty = hand_in(start_attempt(enrolled, long, enrolled.country, "en"))
    twenty = Attempt.objects.select_related("person").get(pk=twenty.pk)
    for one in (five, twenty):
        with django_assert_num_queries(6):
            building.record(one)


@pytest.fixture
def every_type(enrolled, curriculum):
    questions = [make_question(f"x-{name}", data) for name, data in QUESTIONS.items()]
    quiz = make_quiz(curriculum.module, questions, title="Every type ≥ 1")
    return hand_in(start_attempt(enrolled, quiz, enrolled.country, "en"))


def test_every_type_is_said_in_words(every_type):
    for row in of(every_type)["questions"]:
        assert row["answers"][0]["words"] == row["key_now"]["words"], row["type"]
        assert row["key_now"]["words"], row["type"]
    assert {row["type"] for row in of(every_type)["questions"]} == set(QUESTIONS)


def test_pdf_is_tagged_and_carries_the_file_that_it_names(every_type, administrator):
    data = of(every_type)
    drawn = drawing.draw(data, made_by="Grace Mutua", made_at=every_type.handed_in_at)
    read = pypdf.PdfReader(io.BytesIO(drawn))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.attachments["record.json"] == [building.as_bytes(data)]
    text = pdf_text(drawn)
    assert building.sha256(data) in text.replace(" ", "")
    assert "Grace Mutua" in text
    for row in data["questions"]:
        assert row["stem"] in text
    tall = {round(float(page.mediabox.height) / 72 * 25.4) for page in read.pages}
    assert tall == {297}


def test_letter_that_the_faces_lack_is_named(every_type):
    drawn = drawing.draw(of(every_type), made_by="Grace", made_at=every_type.handed_in_at)
    assert "Every type ≥ 1" in pdf_text(drawn)
    assert drawing.settable("Ŋ 5 ½ ≤ ≠\u200b") == "Ŋ 5 ½ ≤ [not equal to]"


def test_pdf_of_a_long_paper(enrolled, curriculum):
    long = "Why? " * 45
    questions = [make_question(f"x-{n}", QUESTIONS["single"] | {"stem": f"{n} {long}".strip()}) for n in range(25)]
    quiz = make_quiz(curriculum.module, questions, title="Long")
    attempt = hand_in(start_attempt(enrolled, quiz, enrolled.country, "en"))
    drawn = drawing.draw(of(attempt), made_by="Grace", made_at=attempt.handed_in_at)
    assert len(pypdf.PdfReader(io.BytesIO(drawn)).pages) > 5


# Her own --------------------------------------------------------------------------------------------------------------


def test_before_it_is_complete_her_record_holds_no_key(hers, not_yet, quiz):
    for question in Question.objects.filter(code__startswith="t-q"):
        assert question.why not in str(of(not_yet, shown=set()))
    for name in RECORDS:
        response = hers.get(url(name, not_yet))
        assert response.status_code == 200
        assert response["Cache-Control"].count("no-store") == 1
        text = pdf_text(response.content) if name == "record-pdf" else response.content.decode()
        assert "TB passes through the air." not in text
        assert "Medicine cures it." not in text
    data = hers.get(url("record-json", not_yet)).json()
    assert data["with_key"] is False
    assert not any(set(row) & {"key_now", "key_at_hand_in", "why"} for row in data["questions"])


def test_before_it_is_complete_no_question_says_whether_it_was_right(hers, not_yet):
    """Of a statement that is true or false, to know that the answer was wrong is to know the key."""
    data = hers.get(url("record-json", not_yet)).json()
    assert data["result"]["score"] == 3
    assert [row["mark"] for row in data["questions"]] == [None] * 5
    page = hers.get(url("record-show", not_yet)).content.decode()
    assert "Judged:" not in page
    assert "not right" not in page


def test_regrade_does_not_say_which_question_before_it_is_complete(hers, attempt, reviewer):
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN, CRITICAL])
    run(turn(PLAIN), reviewer)
    regraded = hers.get(url("record-json", attempt)).json()["regrades"][0]
    assert [regraded[name] for name in ("question_number", "right_before", "right_now")] == [None] * 3
    assert hers.get(url("record-show", attempt)).status_code == 200


def test_pdf_without_key_attaches_no_key(hers, not_yet):
    content = hers.get(url("record-pdf", not_yet)).content
    attached = json.loads(pypdf.PdfReader(io.BytesIO(content)).attachments["record.json"][0])
    assert "key_now" not in str(attached)


def test_regrade_reason_waits_with_the_key(hers, attempt, reviewer):
    """A reason may tell what is right."""
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN, CRITICAL])
    run(turn(PLAIN), reviewer)
    regraded = hers.get(url("record-json", attempt)).json()["regrades"][0]
    assert (regraded["reason"], regraded["score_now"]) == (None, 3)


def test_once_it_is_complete_she_sees_all(hers, attempt):
    hand_in(attempt)
    page = hers.get(url("record-show", attempt)).content.decode()
    assert "TB passes through the air." in page
    assert hers.get(url("record-json", attempt)).json()["with_key"] is True


@pytest.mark.parametrize("purpose", [Purpose.PRE_TEST, Purpose.POST_TEST])
def test_test_tells_nothing_about_its_questions(hers, enrolled, curriculum, purpose):
    stem = "Masks help."
    question = make_question("x-1", QUESTIONS["true_false"] | {"stem": stem})
    quiz = make_quiz(curriculum.module, [question], title="Test", purpose=purpose)
    other = make_quiz(curriculum.module, [make_question("x-2", QUESTIONS["single"])], title="Certifying")
    attempt = hand_in(start_attempt(enrolled, quiz, enrolled.country, "en"), wrong=[stem])
    Attempt.objects.filter(pk=attempt.pk).update(completed_at=None)
    data = of(attempt, shown=set())
    assert data["result"]["score"] is None
    assert data["questions"][0]["mark"] is None
    assert other.live


def test_open_attempt_has_no_record_for_her_yet(hers, attempt):
    assert all(hers.get(url(name, attempt)).status_code == 404 for name in RECORDS)


@pytest.mark.parametrize("name", RECORDS)
def test_nobody_else_reads_her_own_record(client, not_yet, other_learner, name):
    assert client.get(url(name, not_yet)).status_code == 302
    client.force_login(other_learner)
    assert client.get(url(name, not_yet)).status_code == 404
    client.force_login(not_yet.person)
    assert client.post(url(name, not_yet)).status_code == 405


def test_words_of_a_record_name_every_effect(not_yet, reviewer):
    run(turn(PLAIN), reviewer)
    context = words.context(of(not_yet))
    assert context["regrades"][0]["effect"] == "More marks: passes now"
    assert dict(context["times"])["Handed in"]
