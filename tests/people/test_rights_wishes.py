"""HR answers wishes about data; an erasure is looked at twice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms.people.models import DataRequest, Role
from lms.people.rights import requests
from tests.factories.certificates import issued
from tests.factories.people import make_person, post


def url(name, *args):
    return reverse(f"staff_wishes:{name}", args=args)


@pytest.fixture
def wish(learner):
    return requests.ask(learner, "correct", "My name is Amina Atieno")


@pytest.fixture
def erasure(learner):
    return requests.ask(learner, "erase", "I found other work")


@pytest.fixture
def office(client, hr):
    client.force_login(hr)
    return client


def test_the_list_costs_the_same_for_one_and_three(office, wish, django_assert_num_queries):
    office.get(url("index"))
    with CaptureQueriesContext(connection) as once:
        assert "Amina" in office.get(url("index")).content.decode()
    for number in range(2):
        requests.ask(make_person(f"New{number}", "Person"), "correct", "x")
    with django_assert_num_queries(len(once)):
        assert "New1" in office.get(url("index")).content.decode()


@pytest.mark.parametrize("state", ["waiting", "granted", "refused"])
def test_wishes_are_chosen_by_state(office, hr, learner, other_learner, lesotho_learner, state):
    answers = {"waiting": None, "granted": True, "refused": False}
    for person, granted in zip(
        (learner, other_learner, make_person("Naliaka", "Wekesa")), answers.values(), strict=True
    ):
        made = requests.ask(person, "correct", "x")
        if granted is not None:
            requests.decide(made, by=hr, granted=granted, answer="y")
    names = dict(zip(answers, ("Amina", "Beatrice", "Naliaka"), strict=True))
    shown = office.get(url("index"), {"state": state}).content.decode()
    assert [name for name in names.values() if name in shown] == [names[state]]


def test_hr_is_told_what_waits(office, wish):
    assert "One wish about data waits" in office.get(reverse("wagtailadmin_home")).content.decode()


def test_hr_of_another_country_finds_nothing(client, other_country_hr, wish, erasure):
    client.force_login(other_country_hr)
    assert client.get(url("show", wish.pk)).status_code == 404
    assert client.get(url("erase", erasure.pk)).status_code == 404
    assert "Amina" not in client.get(url("index")).content.decode()


def test_trainers_and_learners_do_not_answer(client, trainer, learner, wish):
    client.force_login(trainer)
    assert client.get(url("index")).status_code in (302, 403)
    assert client.get(url("show", wish.pk)).status_code == 404
    client.force_login(learner)
    assert client.get(url("show", wish.pk)).status_code == 302


def test_strangers_sign_in(client, wish):
    assert "/login/" in client.get(url("show", wish.pk)).headers["Location"]


def test_looking_is_written_down(office, wish, learner):
    office.get(url("show", wish.pk))
    assert ModelLogEntry.objects.get(action="people.view_wish").label == learner.staff_number


def test_a_granted_correction_leads_to_her_data(office, wish, learner):
    answer = office.post(url("show", wish.pk), {"answer": "Yes", "granted": "yes"})
    assert answer.headers["Location"] == reverse("staff_people:edit", args=[learner.pk])
    assert DataRequest.objects.get().granted is True


def test_a_refusal_needs_words(office, wish):
    assert office.post(url("show", wish.pk), {"answer": "", "granted": "no"}).status_code == 200
    office.post(url("show", wish.pk), {"answer": "Bring your paper", "granted": "no"})
    assert DataRequest.objects.get().granted is False


def test_a_second_answer_changes_nothing(office, wish, hr):
    for words in ("First", "Second"):
        office.post(url("show", wish.pk), {"answer": words, "granted": "no"})
    assert DataRequest.objects.get().answer == "First"


def test_nobody_answers_her_own_wish(office, hr):
    own = requests.ask(hr, "erase")
    assert office.get(url("show", own.pk)).status_code == 404
    with pytest.raises(requests.OwnWish):
        requests.decide(own, by=hr, granted=True, answer="")


def test_hr_does_not_answer_a_colleague_of_her_rank(office, kenya):
    colleague = make_person("Gladys", "Chebet")
    post(colleague, Role.HR)
    own = requests.ask(colleague, "erase")
    assert "somebody above her" in office.get(url("show", own.pk)).content.decode()
    assert office.post(url("show", own.pk), {"answer": "No", "granted": "no"}).headers["Location"] == "/cms/"
    assert office.get(url("erase", own.pk)).headers["Location"] == "/cms/"
    assert DataRequest.objects.get().decided_at is None


def test_an_erasure_says_what_stays(office, erasure, learner, curriculum, reviewer):
    certificate = issued(learner, curriculum)
    page = office.get(url("erase", erasure.pk)).content.decode()
    assert certificate.printed_code in page and "without a name" in page


def test_an_erasure_needs_her_number(office, erasure, learner):
    office.post(url("erase", erasure.pk), {"staff_number": "T000000"})
    learner.refresh_from_db()
    assert learner.erased_at is None
    office.post(url("erase", erasure.pk), {"staff_number": learner.staff_number.lower()})
    learner.refresh_from_db()
    assert learner.erased_at
    assert DataRequest.objects.get().words == ""
    assert ModelLogEntry.objects.get(action="people.erase").label == learner.staff_number


def test_an_erasure_is_not_granted_from_the_wish_itself(office, erasure, learner):
    office.post(url("show", erasure.pk), {"answer": "Yes", "granted": "yes"})
    learner.refresh_from_db()
    assert learner.erased_at is None and DataRequest.objects.get().granted is False


def test_a_correction_has_no_erasure(office, wish):
    assert office.get(url("erase", wish.pk)).headers["Location"] == url("show", wish.pk)


def test_an_erased_person_is_in_no_list(office, erasure, learner):
    office.post(url("erase", erasure.pk), {"staff_number": learner.staff_number})
    office.get(url("index"))  # which says that it is done
    assert learner.staff_number not in office.get(url("index")).content.decode()
    assert office.get(url("show", erasure.pk)).status_code == 404


@pytest.mark.parametrize("name", ["show", "erase"])
def test_other_methods_are_refused(office, wish, name):
    assert office.put(url(name, wish.pk)).status_code == 405
