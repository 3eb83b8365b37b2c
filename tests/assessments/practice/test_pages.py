"""What a learner meets when she practises."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from assessments.models import PracticeCard, PracticeTurn, Question
from lms.learning.models import Requirement
from tests.assessments.conftest import ALSO_PLAIN, PLAIN
from tests.assessments.pages import posted, text
from tests.assessments.practice.conftest import STEMS, attempt_at
from tests.factories.assessments import hand_in

TODAY = "assessments:practice-today"
WHY = "Medicine cures it."


def turn_url(turn):
    return reverse("assessments:practice-turn", args=[turn.pk])


def begin(client):
    client.post(reverse(TODAY))
    return list(PracticeTurn.objects.order_by("position"))


def right(turn):
    return posted(turn.key["right"])


@pytest.fixture
def turns(hers, missed):
    return begin(hers)


def test_looking_writes_nothing(hers, missed):
    page = text(hers.get(reverse(TODAY)))
    assert "3 questions today" in page
    assert not PracticeCard.objects.exists()
    assert not PracticeTurn.objects.exists()


def test_nothing_due_says_so(hers, enrolled):
    assert "Nothing to practise today" in text(hers.get(reverse(TODAY)))
    assert hers.post(reverse(TODAY)).url == reverse(TODAY)


def test_start_leads_to_the_first_question_and_back_to_it(hers, turns):
    assert hers.post(reverse(TODAY)).url == turn_url(turns[0])
    assert hers.get(reverse(TODAY)).url == turn_url(turns[0])
    page = text(hers.get(turn_url(turns[0])))
    assert turns[0].item["stem"] in page
    assert WHY not in page


def test_feedback_comes_at_once_with_why_and_the_card_to_read_again(hers, turns):
    response = hers.post(turn_url(turns[0]), right(turns[0]))
    assert (response.status_code, response.url) == (303, turn_url(turns[0]))
    page = text(hers.get(turn_url(turns[0])))
    assert WHY in page
    assert "Read again: lesson 1, card 2" in page
    assert turn_url(turns[1]) in page


def test_a_script_is_told_where_to_go_on_and_may_send_again(hers, turns):
    for _time in range(2):
        response = hers.post(turn_url(turns[0]), right(turns[0]), headers={"X-Requested-With": "fetch"})
        assert response.json() == {"state": "saved", "next": turn_url(turns[0])}
    other = posted(right(turns[0])["a"] == "false")
    response = hers.post(turn_url(turns[0]), other, headers={"X-Requested-With": "fetch"})
    assert (response.status_code, response.json()["reason"]) == (409, "Your first answer stands.")


def test_an_empty_answer_is_asked_again(hers, turns):
    assert hers.post(turn_url(turns[0]), {}).status_code == 422
    assert hers.post(turn_url(turns[0]), {}, headers={"X-Requested-With": "fetch"}).status_code == 422
    turns[0].refresh_from_db()
    assert turns[0].answered_at is None


def test_after_the_last_one_she_is_done_for_today(hers, turns):
    for turn in turns:
        hers.post(turn_url(turn), right(turn))
    page = text(hers.get(reverse(TODAY)))
    assert "Done for today" in page
    assert "Come back tomorrow." in page
    assert all(stem in page for stem in STEMS[:3])
    assert hers.post(reverse(TODAY)).url == reverse(TODAY)


def test_yesterdays_question_leads_to_today(hers, turns):
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert hers.get(turn_url(turns[0])).url == reverse(TODAY)


def test_another_persons_question_is_not_there(client, turns, other_learner):
    client.force_login(other_learner)
    assert client.get(turn_url(turns[0])).status_code == 404
    assert client.post(turn_url(turns[0]), right(turns[0])).status_code == 404


def test_strangers_sign_in(client, turns):
    client.logout()
    for address in (reverse(TODAY), turn_url(turns[0])):
        assert client.get(address).url == f"{reverse('people:sign-in')}?next={address}"


def test_other_methods_are_refused(hers, turns):
    for address in (reverse(TODAY), turn_url(turns[0])):
        assert hers.put(address).status_code == 405


def test_no_page_asks_what_a_certifying_quiz_before_her_may_ask(hers, enrolled, quiz):
    hand_in(attempt_at(enrolled, quiz), wrong=[PLAIN, ALSO_PLAIN])
    assert begin(hers) == []
    page = text(hers.get(reverse(TODAY)))
    assert PLAIN not in page
    assert "Nothing to practise today" in page


def test_a_question_that_is_kept_back_meanwhile_is_closed_with_its_key(hers, turns, enrolled, quiz):
    hers.post(turn_url(turns[0]), right(turns[0]))
    question = Question.objects.get(stem=turns[0].item["stem"])
    quiz.sections = [{"type": "fixed", "value": {"questions": [{"type": "item", "value": question.pk}]}}]
    quiz.save_revision().publish()
    enrolment = enrolled.enrolments.get()
    Requirement.objects.get_or_create(
        enrolment=enrolment, unit_key=quiz.translation_key, defaults={"kind": quiz.kind, "position": 90}
    )
    response = hers.get(turn_url(turns[0]))
    assert response.url == reverse(TODAY)
    assert turns[0].item["stem"] not in text(hers.get(reverse(TODAY), follow=True))


def test_the_key_is_in_no_page_before_the_answer(hers, turns):
    page = hers.get(turn_url(turns[0])).content.decode()
    assert WHY not in page
    assert "Right" not in page


def test_home_offers_practice_only_while_it_is_due(hers, missed):
    home = reverse("wagtail_serve", args=[""])
    page = text(hers.get(home))
    assert "Practise: 3 questions" in page
    assert reverse(TODAY) in page
    for turn in begin(hers):
        hers.post(turn_url(turn), right(turn))
    assert reverse(TODAY) not in text(hers.get(home))
