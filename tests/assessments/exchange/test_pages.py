"""The pages in the admin: who may, what they show, what a second press does, and the files that come out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from assessments import services
from assessments.exchange import formats
from assessments.models import Question, QuestionImport
from tests.factories.assessments import QUESTIONS
from tests.factories.content import make_question, make_quiz
from tests.factories.people import make_person, post

pytestmark = pytest.mark.django_db
SEND = "/cms/question-import/new/"


def keep(by, data=b"Is it so?{T}\n\nOr so?{T}") -> QuestionImport:
    return services.keep_import(formats.read(data), file_name="x.txt", language="en", by=by)


def send(client, data: bytes, name: str):
    return client.post(SEND, {"file": SimpleUploadedFile(name, data), "language": "en"})


@pytest.fixture
def hers(client, trainer):
    client.force_login(trainer)
    return client


@pytest.fixture
def quiz(curriculum):
    questions = [
        make_question(f"t-{name.replace('_', '-')}", QUESTIONS[name]) for name in ("single", "ordering", "gaps")
    ]
    return make_quiz(curriculum.module, questions, title="Quiz: TB")


# Import ---------------------------------------------------------------------------------------------------------------


def test_a_file_is_previewed_and_made(hers, curriculum):
    answer = send(hers, b"Is it so?{T}\n\nBroken {\n", "x.txt")
    row = QuestionImport.objects.get()
    assert answer.url == f"/cms/question-import/{row.pk}/"
    page = hers.get(answer.url).content.decode()
    assert "Is it so?" in page and "Line 3" in page and "Make the ticked questions" in page
    made = hers.post(f"{answer.url}make/", {"take": ["1"]}, follow=True).content.decode()
    question = Question.objects.get(stem="Is it so?")
    assert reverse("wagtailsnippets_assessments_question:edit", args=[question.pk]) in made
    assert "add it to a quiz" in made


def test_a_second_press_shows_the_same_result(hers, trainer, curriculum):
    row = keep(trainer)
    for _press in range(2):
        answer = hers.post(f"/cms/question-import/{row.pk}/make/", {"take": ["1", "2"]})
        assert answer.status_code == 302 and answer.url == f"/cms/question-import/{row.pk}/"
    assert Question.objects.filter(stem__in=["Is it so?", "Or so?"]).count() == 2


@pytest.mark.parametrize("take", [[], ["0"], ["7"], ["x"], ["9" * 5000], ["²"]])
def test_nothing_chosen_makes_nothing_and_says_so(hers, trainer, curriculum, take):
    row = keep(trainer)
    page = hers.post(f"/cms/question-import/{row.pk}/make/", {"take": take}, follow=True).content.decode()
    assert "Nothing is chosen" in page and not Question.objects.filter(stem="Is it so?").exists()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "x.txt", "The file is empty."),
        (b"<!DOCTYPE quiz><quiz/>", "x.xml", "DOCTYPE"),
        (b"Colour\nred\n", "x.csv", "Unknown column"),
        (b"x" * (5 * 1024 * 1024 + 1), "x.txt", "larger than 5 MB"),
    ],
)
def test_a_file_that_is_refused_leaves_nothing(hers, curriculum, data, name, words):
    assert words in send(hers, data, name).content.decode()
    assert not QuestionImport.objects.exists()


def test_a_file_can_be_thrown_away(hers, trainer, curriculum):
    row = keep(trainer)
    hers.post(f"/cms/question-import/{row.pk}/discard/")
    assert not QuestionImport.objects.exists()


def test_the_template_is_a_workbook_that_can_be_sent_back(hers, curriculum):
    data = hers.get("/cms/question-import/questions.xlsx").content
    assert "no rows below" in send(hers, data, "questions.xlsx").content.decode()


@pytest.mark.parametrize("way", ["", "make/", "discard/"])
def test_an_import_is_its_sender_s_alone(client, trainer, reviewer, hr, learner, curriculum, way):
    row = keep(trainer)
    other = make_person("Halima", "Said")
    post(other, "trainer")
    ask = client.get if not way else client.post
    url = f"/cms/question-import/{row.pk}/{way}"
    client.force_login(other)
    assert ask(url).status_code == 404
    for person in (reviewer, hr):
        client.force_login(person)
        assert ask(url).status_code == 404
    client.force_login(learner)
    assert ask(url).status_code == 302 and "/login/" in ask(url).url
    client.logout()
    assert ask(url).status_code == 302
    assert QuestionImport.objects.filter(pk=row.pk, committed_at=None).exists()


def test_wrong_methods_are_refused(hers, trainer, curriculum):
    row = keep(trainer)
    assert hers.post(f"/cms/question-import/{row.pk}/").status_code == 405
    assert hers.get(f"/cms/question-import/{row.pk}/make/").status_code == 405
    assert hers.get(f"/cms/question-import/{row.pk}/discard/").status_code == 405
    assert hers.post("/cms/question-export/bank/").status_code == 405


@pytest.mark.parametrize("url", [SEND, "/cms/question-import/", "/cms/question-import/questions.xlsx"])
def test_who_may_not_write_questions_imports_none(client, reviewer, curriculum, url):
    client.force_login(reviewer)
    answer = client.get(url, follow=True)
    assert "Send a file" not in answer.content.decode() and answer.redirect_chain


def test_the_list_and_the_preview_cost_a_fixed_number_of_queries(
    hers, trainer, curriculum, django_assert_max_num_queries
):
    counts = []
    for data in (b"Is it so?{T}", b"Is it so?{T}\n\nOr so?{T}\n\nHow many?{#5}"):
        row = keep(trainer, data)
        for url in ("/cms/question-import/", f"/cms/question-import/{row.pk}/"):
            hers.get(url)
            with django_assert_max_num_queries(40) as counted:
                assert hers.get(url).status_code == 200
            counts.append(len(counted))
    assert counts[:2] == counts[2:]


# Export ---------------------------------------------------------------------------------------------------------------


def test_export_of_a_quiz_says_what_each_format_cannot_hold(hers, quiz):
    page = hers.get(f"/cms/question-export/quiz/{quiz.pk}/").content.decode()
    assert "GIFT cannot hold: 1 × ordering" in page and "GIFT cannot hold: 1 × gaps in a text" in page
    assert "3 of 3" in page and "1 of 3" in page


@pytest.mark.parametrize(
    ("format_", "name", "count"),
    [("sheet", "quiz-tb.xlsx", 3), ("gift", "quiz-tb.gift.txt", 1), ("moodle_xml", "quiz-tb.xml", 3)],
)
def test_export_gives_a_file_named_after_the_quiz_and_is_logged(hers, trainer, quiz, format_, name, count):
    answer = hers.get(f"/cms/question-export/quiz/{quiz.pk}/{format_}/")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert len(formats.read(answer.content, name).drafts) == count
    entry = PageLogEntry.objects.get(action="assessments.export")
    assert (entry.page_id, entry.user, entry.data) == (quiz.pk, trainer, {"format": format_, "questions": 3})


def test_export_of_the_bank_keeps_to_what_was_found_or_ticked(hers, quiz):
    single = Question.objects.get(code="t-single")
    answer = hers.get(f"/cms/question-export/bank/gift/?id={single.pk}")
    assert [draft.code for draft in formats.read(answer.content).drafts] == ["t-single"]
    answer = hers.get("/cms/question-export/bank/moodle_xml/?type=ordering")
    assert [draft.code for draft in formats.read(answer.content).drafts] == ["t-ordering"]
    assert ModelLogEntry.objects.filter(action="assessments.export").count() == 2


@pytest.mark.parametrize("words", ["%00", "a%00b", "%F0%9F%98%80"])
def test_words_that_no_database_takes_find_what_is_left_of_them(hers, quiz, words):
    assert hers.get(f"/cms/question-export/bank/?q={words}").status_code == 200


def test_ways_to_an_export_are_on_the_quiz_and_on_the_bank(hers, quiz):
    address = f"/cms/question-export/quiz/{quiz.pk}/"
    assert address in hers.get(f"/cms/pages/{quiz.pk}/edit/").content.decode()
    assert address in hers.get(f"/cms/pages/{quiz.get_parent().pk}/").content.decode()
    listing = hers.get(reverse("wagtailsnippets_assessments_question:list") + "?critical=true").content.decode()
    assert "/cms/question-export/bank/?critical=true" in listing and SEND in listing
    single = Question.objects.get(code="t-single")
    answer = hers.get(f"/cms/bulk/assessments/question/export/?id={single.pk}")
    assert answer.url == f"/cms/question-export/bank/?id={single.pk}"


def test_no_learner_and_no_hr_takes_a_key_away(client, learner, hr, observer, quiz):
    for person in (learner, hr, observer, None):
        client.logout()
        if person:
            client.force_login(person)
        for url in (f"quiz/{quiz.pk}/gift/", "bank/gift/", f"quiz/{quiz.pk}/", "bank/"):
            answer = client.get(f"/cms/question-export/{url}")
            assert answer.status_code in (302, 403, 404) and "attachment" not in answer.get("Content-Disposition", "")


def test_an_unknown_format_is_not_there(hers, quiz):
    assert hers.get(f"/cms/question-export/quiz/{quiz.pk}/pdf/").status_code == 404
    assert not PageLogEntry.objects.filter(action="assessments.export").exists()
