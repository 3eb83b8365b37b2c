"""The staff pages: who may read them, what they show, their files; nonsense in the address changes nothing."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from assessments.models import Question, QuizPage
from assessments.services import start_attempt
from lms.people.models import Role
from tests.factories.assessments import hand_in
from tests.factories.content import make_quiz
from tests.factories.people import post
from tests.factories.simulated import attempts

LIST, GAIN = "item-analysis:index", "knowledge-gain:index"


def quiz_url(page):
    return reverse("item-analysis:quiz", args=[page.translation_key])


def question_url(question):
    return reverse("item-analysis:question", args=[question.translation_key])


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def taken(learners, simulated, quiz_page):
    return attempts(learners, simulated, quiz_page.translation_key)


@pytest.fixture
def gained(learners, simulated, curriculum, bank):
    """Everyone before, thirty after."""
    before = make_quiz(curriculum.module, bank, title="Before", purpose=QuizPage.Purpose.PRE_TEST)
    after = make_quiz(curriculum.module, bank, title="After", purpose=QuizPage.Purpose.POST_TEST)
    earlier = timezone.now() - timedelta(days=5)
    attempts(learners, simulated, before.translation_key, purpose="pre_test", handed_in_at=earlier)
    attempts(learners[:30], simulated, after.translation_key, purpose="post_test", gain=1.5)


def addresses(quiz_page, bank):
    return [reverse(LIST), quiz_url(quiz_page), question_url(bank[0])]


@pytest.mark.parametrize("who", ["administrator", "trainer", "reviewer"])
def test_analysis_is_read_by_those_who_have_the_bank(as_, who, request, taken, quiz_page, bank):
    client = as_(request.getfixturevalue(who))
    assert [client.get(address).status_code for address in addresses(quiz_page, bank)] == [200] * 3
    assert reverse(LIST) in client.get(reverse("wagtailadmin_home")).text


@pytest.mark.parametrize("who", ["hr", "observer", "learner"])
def test_analysis_is_closed_to_others(as_, who, request, taken, quiz_page, bank):
    """What is chosen tells what is right."""
    client = as_(request.getfixturevalue(who))
    assert [client.get(address).status_code for address in addresses(quiz_page, bank)] == [302] * 3


def test_nobody_reads_without_signing_in_and_nothing_takes_a_post(client, as_, administrator, taken, quiz_page, bank):
    every = [*addresses(quiz_page, bank), reverse(GAIN)]
    assert [client.get(address).status_code for address in every] == [302] * 4
    signed_in = as_(administrator)
    assert [signed_in.post(address).status_code for address in every] == [405] * 4


def test_what_is_not_there_is_not_found(as_, administrator):
    client = as_(administrator)
    for name in ("quiz", "question"):
        assert client.get(reverse(f"item-analysis:{name}", args=[uuid4()])).status_code == 404
    assert client.get(reverse(LIST), {"file": "exe"}).status_code == 404


def test_list_leads_to_the_quiz_and_on_to_the_question(as_, trainer, taken, quiz_page, bank):
    client = as_(trainer)
    listed = client.get(reverse(LIST))
    assert quiz_url(quiz_page) in listed.text and "1 question needs a look." in text(listed)
    page = client.get(quiz_url(quiz_page))
    assert question_url(bank[0]) in page.text and "Strong learners miss this: check the key." in page.text


def test_question_leads_to_its_editor_its_uses_and_its_regrade(as_, trainer, taken, bank):
    page = as_(trainer).get(question_url(bank[0])).text
    for address in (f"edit/{bank[0].pk}/", f"usage/{bank[0].pk}/", reverse("regrades:preview", args=[bank[0].pk])):
        assert address in page
    assert "Never chosen" in page and "nobody chooses it" in page


def test_question_leads_to_the_cards_that_teach_it(as_, trainer, curriculum, enrolled, quiz):
    hand_in(start_attempt(enrolled, quiz, enrolled.country, "en"))
    page = as_(trainer).get(question_url(Question.objects.get(code="t-q1"))).text
    assert "What TB is, card 2" in page


def test_few_show_no_numbers(as_, trainer, learners, simulated, quiz_page, bank):
    attempts(learners[:9], simulated, quiz_page.translation_key)
    client = as_(trainer)
    page = client.get(quiz_url(quiz_page))
    assert "not shown" in page.text and "Only 9 attempts: too few to show numbers" in page.text
    assert "What was chosen" not in client.get(question_url(bank[0])).text
    row = list(csv.reader(StringIO(client.get(quiz_url(quiz_page), {"file": "csv"}).content.decode("utf-8-sig"))))[1]
    assert row[3:8] == ["9", "", "", "", ""]


def test_another_countrys_answers_are_not_counted(as_, site, taken, quiz_page, bank, lesotho, other_country_hr):
    post(other_country_hr, Role.TRAINER)
    client = as_(other_country_hr)
    assert "Nothing was handed in yet" in client.get(reverse(LIST)).text
    assert "Simulated quiz" in client.get(quiz_url(quiz_page)).text
    assert "Question 0" not in client.get(quiz_url(quiz_page)).text
    assert bank[0].stem in client.get(question_url(bank[0])).text
    assert "40" not in client.get(question_url(bank[0]), {"file": "csv"}).content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_files_hold_the_rows_of_the_screen(as_, trainer, taken, gained, quiz_page, bank, kind):
    client = as_(trainer)
    rows = {}
    for name, address in zip(
        ["list", "quiz", "question", "gain"], [*addresses(quiz_page, bank), reverse(GAIN)], strict=True
    ):
        answer = client.get(address, {"file": kind})
        assert answer["Content-Disposition"].endswith(f'.{kind}"')
        rows[name] = read(answer, kind)
    assert rows["list"][0][0] == "Quiz" and {row[0] for row in rows["list"][1:]} == {
        "Simulated quiz",
        "After",
        "Before",
    }
    assert rows["quiz"][1][0] == "sim-0" and len(rows["quiz"]) == 6
    assert rows["gain"][1][:5] == ["Tuberculosis", "No cohort", "post-test", "30", "10"]


def read(answer, kind):
    if kind == "csv":
        return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    sheet = load_workbook(BytesIO(answer.content)).active
    return [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def test_words_in_a_file_are_no_formulas(as_, administrator, taken, quiz_page):
    quiz_page.title = "=1+1"
    quiz_page.save_revision().publish()
    assert read(as_(administrator).get(reverse(LIST), {"file": "csv"}), "csv")[1][0] == "'=1+1"


@pytest.mark.parametrize(
    "query",
    [
        {"as_of": "yesterday"},
        {"as_of": "9999-12-31"},
        {"since": "0001-01-01"},
        {"country": "XX", "cohort": "nine", "language": "tlh"},
        {"purpose": "harm", "tries": "many", "module": "none", "programme": "1", "site": "x"},
    ],
)
def test_nonsense_filters_nothing(as_, administrator, taken, gained, quiz_page, bank, query):
    client = as_(administrator)
    for address in [*addresses(quiz_page, bank), reverse(GAIN)]:
        assert client.get(address, query).status_code == 200
    assert "Simulated quiz" in client.get(reverse(LIST), query).text


def test_filters_are_kept_in_files_and_links(as_, administrator, taken, quiz_page):
    page = as_(administrator).get(reverse(LIST), {"tries": "all", "purpose": "certifying"}).text
    assert "tries=all&amp;purpose=certifying&amp;file=csv" in page
    assert f"{quiz_url(quiz_page)}?tries=all&amp;purpose=certifying" in page


@pytest.mark.parametrize(("who", "status"), [("hr", 200), ("trainer", 200), ("administrator", 200), ("reviewer", 302)])
def test_gain_is_read_by_those_who_see_the_people(as_, who, status, request, gained):
    assert as_(request.getfixturevalue(who)).get(reverse(GAIN)).status_code == status


def test_gain_is_said_drawn_and_listed(as_, hr, gained, curriculum):
    client = as_(hr)
    page = client.get(reverse(GAIN))
    assert "Of 30 learners" in page.text and 'role="img"' in page.text
    closer = client.get(reverse(GAIN), {"module": curriculum.module.translation_key})
    for words in ("Questions that both tests asked", "Question 4", "80 to 100 %"):
        assert words in closer.text


def test_gain_of_another_country_is_empty(as_, other_country_hr, gained):
    page = as_(other_country_hr).get(reverse(GAIN))
    assert "No pre-test was handed in yet" in page.text and "Of 30" not in page.text
