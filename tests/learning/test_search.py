"""What a learner finds: only what she may read, in her language, as her country has it."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import override

from curriculum.models import GlossaryTerm
from curriculum.services import withdraw
from lms.learning.services import complete_unit, enrol
from tests.factories.content import card, make_lesson, make_module, make_programme, row, translate


@pytest.fixture(autouse=True)
def empty_cache():
    caches["bodies"].clear()


@pytest.fixture
def find(client, learner, curriculum):
    """find(words, person=…): the page of results. She is enrolled; the first lesson is done."""
    enrol(learner, curriculum.programme)
    complete_unit(learner, curriculum.lessons[0])

    def find(words, person=learner, language="en") -> str:
        client.force_login(person)
        with override(language):
            return client.get(reverse("learning:search"), {"q": words}).content.decode()

    return find


def test_a_result_names_lesson_module_and_sentence_and_leads_to_the_card(find, curriculum):
    page = find("air")
    assert f'href="{curriculum.lessons[0].url}#card-2"' in page
    assert "TB passes through the <mark>air</mark>." in page
    assert "Tuberculosis" in page and "1 lesson or job aid" in page


def test_only_what_her_enrolment_asks_for(find, curriculum, learner, trainer):
    other = make_module(curriculum.shelf, "Malaria")
    make_lesson(other, "Nets", [card("text", text="<p>Sleep under a net.</p>")])
    assert "No lesson says “net”" in find("net")
    assert "Sleep under a <mark>net</mark>." in find("net", trainer)


def test_a_lesson_that_opens_later_is_counted_but_not_shown(client, learner, curriculum):
    later = make_module(curriculum.shelf, "Malaria")
    make_lesson(later, "Nets", [card("text", text="<p>Sleep under a net.</p>")])
    rows = [row(curriculum.module), row(later, after=[curriculum.module])]
    enrol(learner, make_programme(curriculum.home, rows, code="later"))
    client.force_login(learner)
    page = client.get(reverse("learning:search"), {"q": "net"}).content.decode()
    assert "1 more lesson that opens later says it too." in page
    assert "Sleep under" not in page and "Nets" not in page


def test_a_withdrawn_lesson_is_not_found(find, curriculum, reviewer):
    withdraw(curriculum.lessons[0], by=reviewer, reason="Wrong")
    page = find("air")
    assert "TB passes" not in page and "opens later" not in page


def test_a_note_of_another_country_is_neither_found_nor_counted(find, curriculum, lesotho_learner):
    enrol(lesotho_learner, curriculum.programme)
    assert f"{curriculum.lessons[0].url}#card-3" in find("chest clinic")
    assert "No lesson says" in find("chest clinic", lesotho_learner)
    assert f"{curriculum.lessons[0].url}#card-3" in find("cured", lesotho_learner)
    assert f"{curriculum.lessons[0].url}#card-4" in find("cured")


def test_a_job_aid_is_open_with_its_module(find, curriculum):
    module = curriculum.module
    module.job_aid_title, module.job_aid = "TB: ask", [card("text", text="<p>Keep it in your bag.</p>")]
    module.save_revision().publish()
    page = find("bag")
    assert "Job aid" in page and f'href="{module.url}"' in page


def test_english_text_is_marked_as_such(find, curriculum):
    translate(curriculum, "sw")
    page = find("air", language="sw")
    assert "TB passes through the <mark>air</mark>." in page
    assert '<span lang="en">' in page and "/sw/" in page


def test_a_word_of_the_glossary_is_explained_first(find, curriculum):
    locale = curriculum.module.locale
    GlossaryTerm.objects.create(code="tb", term="TB", explanation="Tuberculosis.", locale=locale)
    assert "<b>TB</b><br>Tuberculosis." in find("tb")


def test_a_slip_of_spelling_is_said_and_forgiven(find):
    assert "Nothing here says “througj”" in find("througj")


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "%", "'; --", "x" * 500, "\0", "«»"])
def test_whatever_is_typed_is_answered_and_escaped(find, words):
    page = find(words)
    assert "<script>alert" not in page
    assert 'name="q"' in page


def test_without_words_it_says_what_to_type(client, learner):
    client.force_login(learner)
    page = client.get(reverse("learning:search")).content.decode()
    assert "such as: viral load" in page
    assert 'autocomplete="off"' in page


def test_it_is_for_who_is_signed_in_and_only_read(client, learner):
    assert client.get(reverse("learning:search"), {"q": "air"}).status_code == 302
    client.force_login(learner)
    assert client.post(reverse("learning:search"), {"q": "air"}).status_code == 405


@pytest.mark.parametrize("lessons", [1, 3])
def test_queries_stay_the_same_however_much_is_found(client, learner, curriculum, django_assert_num_queries, lessons):
    for number in range(lessons):
        make_lesson(curriculum.module, f"Soap {number}", [card("text", text="<p>Wash with soap.</p>")])
    enrol(learner, curriculum.programme)
    for unit in curriculum.lessons:
        complete_unit(learner, unit)
    client.force_login(learner)
    address = reverse("learning:search")
    client.get(address, {"q": "air"})
    with django_assert_num_queries(9):
        assert "TB passes" in client.get(address, {"q": "air"}).content.decode()


def test_home_and_foot_lead_to_it(client, learner, curriculum):
    client.force_login(learner)
    assert client.get("/en/").content.decode().count('href="/en/search/"') == 2
