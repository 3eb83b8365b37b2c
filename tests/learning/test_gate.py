import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.documents.models import Document

from curriculum.services import lift, withdraw
from lms.learning.services import complete_unit, enrol
from tests.factories.content import translate
from tests.factories.learning import finish, make_chain, make_second_module
from tests.factories.people import make_person


@pytest.fixture
def enrolled(client, learner, curriculum):
    enrol(learner, curriculum.programme)
    client.force_login(learner)
    return client


def gated(curriculum):
    return [curriculum.shelf, curriculum.module, curriculum.lessons[0], curriculum.practical, curriculum.programme]


def test_gate_sends_strangers_to_sign_in_and_back(client, curriculum):
    for page in gated(curriculum):
        response = client.get(page.url)
        assert response.status_code == 302
        assert response["Location"] == f"{reverse('people:sign-in')}?next={page.url}"


def test_gate_opens_her_own_pages(enrolled, curriculum):
    for page in gated(curriculum):
        assert enrolled.get(page.url).status_code == 200, page


def test_gate_answers_404_for_pages_of_no_enrolment_of_hers(enrolled, curriculum):
    module, lesson = make_second_module(curriculum)
    programme, *_ = make_chain(curriculum)
    for page in (module, lesson, programme):
        assert enrolled.get(page.url).status_code == 404, page


def test_gate_answers_404_to_someone_who_is_not_enrolled(client, other_learner, curriculum):
    client.force_login(other_learner)
    for page in gated(curriculum):
        assert client.get(page.url).status_code == 404, page


@pytest.mark.parametrize("who", ["trainer", "reviewer", "hr", "administrator"])
def test_gate_opens_everything_to_staff(client, request, curriculum, who):
    client.force_login(request.getfixturevalue(who))
    for page in gated(curriculum):
        response = client.get(page.url)
        assert response.status_code == 200, page
        assert "data-lesson" not in response.content.decode()


def test_gate_does_not_open_to_an_observer(client, observer, curriculum):
    client.force_login(observer)
    assert client.get(curriculum.lessons[0].url).status_code == 404


def test_gate_says_what_comes_before_a_locked_unit(enrolled, curriculum):
    response = enrolled.get(curriculum.quiz.url)
    assert response.status_code == 200
    assert "After lesson 2" in response.content.decode()


def test_gate_says_what_comes_before_a_locked_module(client, learner, curriculum):
    programme, (_tb, malaria, _pressure), lessons = make_chain(curriculum)
    enrol(learner, programme)
    client.force_login(learner)
    for page in (malaria, lessons[2]):
        content = client.get(page.url).content.decode()
        assert "After Tuberculosis" in content
        assert "Sleep under a net" not in content


def test_gate_opens_a_unit_when_what_it_waits_for_is_done(enrolled, learner, curriculum):
    for lesson in curriculum.lessons:
        complete_unit(learner, lesson)
    assert "After lesson" not in enrolled.get(curriculum.quiz.url).content.decode()


def test_gate_keeps_open_what_an_earlier_cycle_completed(client, learner, curriculum):
    finish(learner, curriculum)
    enrol(learner, curriculum.programme)
    client.force_login(learner)
    assert "After lesson" not in client.get(curriculum.quiz.url).content.decode()


@pytest.mark.parametrize("what", ["lesson", "module"])
def test_gate_shows_the_reason_of_a_withdrawal_until_it_is_lifted(enrolled, trainer, curriculum, what):
    lesson = curriculum.lessons[0]
    withdrawal = withdraw(lesson if what == "lesson" else curriculum.module, by=trainer, reason="A figure is wrong")
    content = enrolled.get(lesson.url).content.decode()
    assert "A figure is wrong" in content
    assert "TB passes through the air" not in content
    lift(withdrawal, by=trainer)
    assert "TB passes through the air" in enrolled.get(lesson.url).content.decode()


def test_gate_shows_staff_what_is_withdrawn(client, trainer, curriculum):
    withdraw(curriculum.lessons[0], by=trainer, reason="A figure is wrong")
    client.force_login(trainer)
    assert "TB passes through the air" in client.get(curriculum.lessons[0].url).content.decode()


def test_gate_knows_a_unit_in_every_language(enrolled, curriculum):
    translate(curriculum, "sw")
    alias = curriculum.lessons[0].get_translations().get(locale__language_code="sw")
    quiz = curriculum.quiz.get_translations().get(locale__language_code="sw")
    assert enrolled.get(alias.url).status_code == 200
    assert "data-lesson" not in enrolled.get(quiz.url).content.decode()


def test_gate_forgets_someone_whose_account_was_closed(enrolled, learner, curriculum):
    learner.is_active = False
    learner.save()
    assert enrolled.get(curriculum.lessons[0].url).status_code == 302


def test_gate_lets_a_trainer_who_learns_read_what_is_locked_for_her(client, trainer, curriculum):
    enrol(trainer, curriculum.programme)
    client.force_login(trainer)
    content = client.get(curriculum.quiz.url).content.decode()
    assert "After lesson" not in content


def test_gate_asks_nothing_more_for_more_enrolments(client, curriculum):
    """A lesson costs the same whether she takes one programme or three."""
    one, three = make_person("Neema", "Barasa"), make_person("Rehema", "Chepkoech")
    programmes = [curriculum.programme] + [make_chain(curriculum, slug=f"chain-{n}")[0] for n in (1, 2)]
    enrol(one, programmes[0])
    for programme in programmes:
        enrol(three, programme)
    counts = []
    for person in (one, three):
        client.force_login(person)
        client.get(curriculum.lessons[0].url)
        with CaptureQueriesContext(connection) as counted:
            client.get(curriculum.lessons[0].url)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_documents_are_for_the_signed_in(client, learner, curriculum, monkeypatch, tmp_path):
    monkeypatch.setattr(Document._meta.get_field("file"), "storage", FileSystemStorage(tmp_path))
    document = Document.objects.create(title="Card", file=ContentFile(b"For your bag", name="card.txt"))
    assert client.get(document.url).url == f"{reverse('people:sign-in')}?next={document.url}"
    client.force_login(learner)
    assert b"".join(client.get(document.url).streaming_content) == b"For your bag"
