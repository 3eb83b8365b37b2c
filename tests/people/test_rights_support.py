"""Support without signing in as her: a code, one look of half an hour, and her word to end it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.people import limits
from lms.people.models import SupportCode
from lms.people.rights import support
from tests.factories.learning import finish

HELP = "/en/get-help/"


def url(name, *args):
    return reverse(f"staff_support:{name}", args=args)


def typed(person, code):
    return {"staff_number": person.staff_number, "code": code}


@pytest.fixture
def code(learner):
    return support.make_code(learner)


@pytest.fixture
def helper(client, trainer):
    client.force_login(trainer)
    return client


@pytest.fixture
def look(helper, trainer, learner, code):
    helper.post(url("index"), typed(learner, code))
    return SupportCode.objects.get(used_by=trainer)


def test_she_gets_a_code_by_pressing(client, learner):
    client.force_login(learner)
    assert not re.search(r"\d{3} \d{3}", client.get(HELP).content.decode().split("<main>")[1])
    assert not SupportCode.objects.exists()
    shown = re.search(r'class="code">(\d{3} \d{3})<', client.post(HELP).content.decode())
    assert shown[1].replace(" ", "") not in SupportCode.objects.get().code_hash
    assert client.post(HELP).headers["Cache-Control"].count("no-store")
    assert SupportCode.objects.count() == 1


def test_strangers_get_none(client, db):
    assert "/sign-in/" in client.post(HELP).headers["Location"]
    assert "/sign-in/" in client.post(reverse("people:support-end")).headers["Location"]


@pytest.mark.parametrize("who", ["trainer", "hr", "administrator"])
def test_staff_who_may_see_her_look_along(client, request, who, learner, curriculum, code):
    finish(learner, curriculum)
    client.force_login(request.getfixturevalue(who))
    page = client.post(url("index"), typed(learner, f"{code[:3]} {code[3:]}"), follow=True).content.decode()
    assert "You look along with" in page and "What TB is" in page and "English" in page


@pytest.mark.parametrize("who", ["other_country_hr", "observer", "reviewer", "learner"])
def test_others_do_not(client, request, who, learner, code):
    client.force_login(request.getfixturevalue(who))
    client.post(url("index"), typed(learner, code))
    assert not SupportCode.objects.filter(used_by__isnull=False).exists()


def test_nobody_looks_at_the_look_of_another(look, client, hr):
    client.force_login(hr)
    assert client.get(url("show", look.pk)).status_code == 404


def test_a_code_is_for_one(look, client, hr, learner, code):
    client.force_login(hr)
    assert "do not go together" in client.post(url("index"), typed(learner, code)).content.decode()


def test_a_code_runs_out(helper, learner, code):
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert "has run out" in helper.post(url("index"), typed(learner, code)).content.decode()


def test_a_newer_code_stops_the_older(learner, trainer, code):
    newer = support.make_code(learner)
    if newer != code:
        with pytest.raises(support.WrongCode):
            support.open_look(trainer, learner.staff_number, code)
    assert support.open_look(trainer, learner.staff_number, newer)


def test_a_code_goes_with_its_number_only(helper, other_learner, code):
    assert "do not go together" in helper.post(url("index"), typed(other_learner, code)).content.decode()


def test_tries_are_few(learner, trainer, code):
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _try in range(limits.TRIES):
        with pytest.raises(support.WrongCode):
            support.open_look(trainer, learner.staff_number, wrong)
    with pytest.raises(limits.NoTriesLeft):
        support.open_look(trainer, learner.staff_number, code)


def test_a_right_code_costs_no_try(learner, trainer):
    for _time in range(limits.TRIES + 2):
        support.open_look(trainer, learner.staff_number, support.make_code(learner))


def test_a_look_ends_by_itself(helper, look):
    assert helper.get(url("show", look.pk)).status_code == 200
    with time_machine.travel(look.ends_at + timedelta(seconds=1)):
        assert support.looks_of(look.used_by).count() == 0


def test_she_sees_it_and_ends_it(helper, look, learner, client):
    hers = type(client)()
    hers.force_login(learner)
    page = hers.get(HELP).content.decode()
    assert "Somebody looks along now" in page and "Charity Njoroge, Trainer" in page
    hers.post(reverse("people:support-end"))
    assert helper.get(url("show", look.pk)).status_code == 404
    assert "Somebody looks along now" not in hers.get(HELP).content.decode()


def test_all_of_it_is_logged_by_number(helper, look, learner, trainer):
    helper.get(url("show", look.pk))
    support.end(learner)
    logged = ModelLogEntry.objects.filter(object_id=str(learner.pk)).order_by("pk").values_list("action", "label")
    actions = ["people.make_support_code", "people.support", "people.look_along", "people.end_support"]
    assert list(logged) == [(action, learner.staff_number) for action in actions]


def test_looking_along_is_not_being_her(helper, look, trainer):
    page = helper.get(url("show", look.pk))
    assert page.context["request"].user == trainer
    assert helper.post(url("show", look.pk)).status_code == 405
    assert "<form" not in page.content.decode().split("You look along with")[1].split("</main>")[0]


def test_the_way_in_is_only_for_those_who_help(client, learner, observer):
    for person in (learner, observer):
        client.force_login(person)
        assert client.get(url("index")).status_code == 302


def test_other_methods_are_refused(client, learner):
    client.force_login(learner)
    assert client.get(reverse("people:support-end")).status_code == 405
    assert client.put(HELP).status_code == 405
