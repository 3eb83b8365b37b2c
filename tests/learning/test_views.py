"""«Done» and the place: what a learner records herself."""

from uuid import uuid4

import pytest
from django.urls import reverse

from curriculum.services import withdraw
from lms.learning.models import Completion, Place
from lms.learning.services import complete_unit, enrol
from tests.factories.content import translate


def done(unit) -> str:
    return reverse("learning:complete", args=(unit.translation_key,))


def place(unit) -> str:
    return reverse("learning:place", args=(unit.translation_key,))


@pytest.fixture
def enrolled(client, learner, curriculum):
    enrol(learner, curriculum.programme)
    client.force_login(learner)
    return client


def test_complete_records_the_lesson_and_leads_to_the_next(enrolled, learner, curriculum):
    response = enrolled.post(done(curriculum.lessons[0]))
    assert (response.status_code, response["Location"]) == (303, curriculum.lessons[1].url)
    assert Completion.objects.get().unit_key == curriculum.lessons[0].translation_key


def test_complete_pressed_twice_records_once_and_leads_on_both_times(enrolled, curriculum):
    answers = [enrolled.post(done(curriculum.lessons[0])) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [curriculum.lessons[1].url] * 2
    assert Completion.objects.count() == 1


def test_complete_of_the_last_lesson_leads_to_the_quiz(enrolled, curriculum):
    enrolled.post(done(curriculum.lessons[0]))
    assert enrolled.post(done(curriculum.lessons[1]))["Location"] == curriculum.quiz.url


def test_complete_of_the_last_unit_of_a_module_leads_home_with_a_kind_word(enrolled, learner, curriculum):
    for unit in (curriculum.lessons[1], curriculum.quiz):
        complete_unit(learner, unit)
    response = enrolled.post(done(curriculum.lessons[0]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("wagtail_serve", args=("",))
    assert "Well done! You have finished Tuberculosis." in response.content.decode()


def test_complete_leads_back_to_a_lesson_that_was_left_out(enrolled, curriculum):
    assert enrolled.post(done(curriculum.lessons[1]))["Location"] == curriculum.lessons[0].url


def test_complete_is_for_lessons_only(enrolled, learner, curriculum):
    for lesson in curriculum.lessons:
        complete_unit(learner, lesson)
    for unit in (curriculum.quiz, curriculum.practical):
        assert enrolled.post(done(unit)).status_code == 404
    assert not Completion.objects.exclude(kind="lesson").exists()


def test_complete_of_what_is_locked_or_withdrawn_is_404(enrolled, learner, trainer, curriculum):
    learner.enrolments.get().requirements.filter(unit_key=curriculum.lessons[1].translation_key).update(
        opens_after=[str(curriculum.lessons[0].translation_key)]
    )
    assert enrolled.post(done(curriculum.lessons[1])).status_code == 404
    withdraw(curriculum.lessons[0], by=trainer, reason="A figure is wrong")
    assert enrolled.post(done(curriculum.lessons[0])).status_code == 404
    assert not Completion.objects.exists()


@pytest.mark.parametrize("address", [done, place])
def test_posts_are_404_for_someone_who_is_not_asked_for_the_lesson(client, other_learner, curriculum, address):
    client.force_login(other_learner)
    assert client.post(address(curriculum.lessons[0]), {"card": 1}).status_code == 404


@pytest.mark.parametrize("address", [done, place])
def test_posts_are_404_for_staff_who_do_not_learn(client, trainer, curriculum, address):
    client.force_login(trainer)
    assert client.post(address(curriculum.lessons[0]), {"card": 1}).status_code == 404


@pytest.mark.parametrize("name", ["complete", "place"])
def test_posts_for_an_unknown_unit_are_404(enrolled, name):
    assert enrolled.post(reverse(f"learning:{name}", args=(uuid4(),))).status_code == 404


@pytest.mark.parametrize("address", [done, place])
def test_posts_are_not_reads(enrolled, curriculum, address):
    assert enrolled.get(address(curriculum.lessons[0])).status_code == 405


@pytest.mark.parametrize("address", [done, place])
def test_a_session_gone_leads_through_sign_in_back_to_the_lesson(client, curriculum, address):
    response = client.post(address(curriculum.lessons[0]))
    assert response["Location"] == f"{reverse('people:sign-in')}?next={curriculum.lessons[0].url}"


def test_place_leads_to_the_card_and_is_kept(enrolled, learner, curriculum):
    response = enrolled.post(place(curriculum.lessons[0]), {"card": 3})
    assert (response.status_code, response["Location"]) == (303, f"{curriculum.lessons[0].url}#card-3")
    kept = Place.objects.get(person=learner)
    assert (kept.position, kept.of, kept.card) == (3, 4, curriculum.lessons[0].cards[2].id)


def test_place_counts_the_cards_of_her_own_country(client, lesotho_learner, curriculum):
    enrol(lesotho_learner, curriculum.programme)
    client.force_login(lesotho_learner)
    client.post(place(curriculum.lessons[0]), {"card": 3})
    kept = Place.objects.get()
    assert (kept.of, kept.card) == (3, curriculum.lessons[0].cards[3].id)


def test_place_answers_a_script_without_a_page(enrolled, curriculum):
    assert enrolled.post(place(curriculum.lessons[0]), {"card": 2, "script": "1"}).status_code == 204
    assert Place.objects.get().position == 2


def test_place_beyond_the_last_card_is_the_last(enrolled, curriculum):
    assert enrolled.post(place(curriculum.lessons[0]), {"card": 99})["Location"].endswith("#card-4")


@pytest.mark.parametrize("card", ["", "0", "-1", "abc"])
def test_place_refuses_what_is_no_card(enrolled, curriculum, card):
    assert enrolled.post(place(curriculum.lessons[0]), {"card": card}).status_code == 400
    assert not Place.objects.exists()


def test_she_resumes_where_she_stopped_without_a_script(enrolled, curriculum):
    """The cards' own «Next» are buttons of one form; home leads back to the card, the stitches show it."""
    lesson = curriculum.lessons[0]
    content = enrolled.get(lesson.url).content.decode()
    assert f'<form id="steps" action="{place(lesson)}" method="post"' in content
    assert content.count('form="steps" name="card"') == 3
    enrolled.post(place(lesson), {"card": 3})
    home = enrolled.get(reverse("wagtail_serve", args=("",))).content.decode()
    assert f'href="{lesson.url}#card-3"' in home
    assert "Card 3 of 4 · about 8 minutes left" in home
    assert "Card 3 of 4" in enrolled.get(lesson.url).content.decode()


def test_her_place_follows_the_card_when_the_lesson_is_edited(enrolled, curriculum):
    lesson = curriculum.lessons[0]
    enrolled.post(place(lesson), {"card": 4})
    del lesson.cards[1]
    lesson.save_revision().publish()
    assert "Card 3 of 3" in enrolled.get(lesson.url).content.decode()


def test_progress_survives_a_change_of_language(enrolled, learner, curriculum):
    translate(curriculum, "sw")
    first, second = (
        lesson.get_translations().get(locale__language_code="sw").specific for lesson in curriculum.lessons
    )
    enrolled.post(place(curriculum.lessons[1]), {"card": 1})
    answer = enrolled.post(f"/sw/learn/done/{first.translation_key}/")
    assert answer["Location"] == second.url
    assert Completion.objects.get().unit_key == curriculum.lessons[0].translation_key
    module = enrolled.get(curriculum.module.url).content.decode()
    assert "Done · 15 min" in module
    assert "You are on card 1 of 1" in module


def test_reading_writes_nothing(enrolled, learner, curriculum):
    for page in (curriculum.home, curriculum.module, curriculum.lessons[0]):
        enrolled.get(page.url)
    assert not Place.objects.exists()
    assert not Completion.objects.exists()


def test_lesson_of_a_module_that_was_taken_down_is_done_all_the_same(client, learner, curriculum):
    enrol(learner, curriculum.programme)
    client.force_login(learner)
    curriculum.module.unpublish()
    lesson = curriculum.lessons[0]
    answer = client.post(reverse("learning:complete", args=[lesson.translation_key]))
    assert (answer.status_code, answer["Location"]) == (303, "/en/")
    assert learner.completions.filter(unit_key=lesson.translation_key).exists()
