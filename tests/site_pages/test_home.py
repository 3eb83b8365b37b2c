import re

import pytest
from django.urls import reverse

from lms.learning.services import complete_unit, enrol, keep_place
from lms.pages.home import greeting
from lms.pages.models import StandardPage
from tests.factories.content import make_home, publish, translate
from tests.factories.learning import finish, make_chain


@pytest.fixture
def home(client, learner, curriculum):
    """Her home page as text, each time it is asked for."""
    client.force_login(learner)
    return lambda: client.get(curriculum.home.url).content.decode()


@pytest.mark.parametrize(("hour", "words"), [(5, "morning"), (12, "afternoon"), (16, "afternoon"), (17, "evening")])
def test_greeting_knows_the_time_of_day(hour, words):
    assert greeting(hour) == f"Good {words}"


def test_home_sends_strangers_to_sign_in(client, curriculum):
    assert client.get(curriculum.home.url)["Location"] == reverse("people:sign-in")


def test_home_sends_staff_who_do_not_learn_to_the_admin(client, hr, curriculum):
    client.force_login(hr)
    assert client.get(curriculum.home.url)["Location"] == reverse("wagtailadmin_home")


def test_home_says_what_to_do_to_someone_who_is_not_enrolled(home, learner):
    content = home()
    assert learner.get_short_name() in content
    assert "You are not enrolled yet" in content


def test_home_of_a_trainer_who_learns_is_her_path(client, trainer, curriculum):
    enrol(trainer, curriculum.programme)
    client.force_login(trainer)
    assert curriculum.lessons[0].url in client.get(curriculum.home.url).content.decode()


def test_home_has_exactly_one_way_on(home, learner, curriculum):
    enrol(learner, curriculum.programme)
    content = home()
    assert re.findall(r'<a class="go" href="([^"]+)">(\w+)', content) == [(curriculum.lessons[0].url, "Start")]
    assert "Tuberculosis · lesson 1 of 2" in content
    assert "<b>0 of 4 steps</b> done" in content


def test_home_continues_where_she_stopped(home, learner, curriculum):
    enrol(learner, curriculum.programme)
    complete_unit(learner, curriculum.lessons[0])
    keep_place(learner, curriculum.lessons[1], card="x", position=2, of=3)
    content = home()
    assert re.findall(r'<a class="go" href="([^"]+)">(\w+)', content) == [
        (f"{curriculum.lessons[1].url}#card-2", "Continue")
    ]
    assert "Card 2 of 3 · about 10 minutes left" in content
    assert "<b>1 of 4 steps</b> done" in content


def test_home_tells_what_an_observer_will_watch(home, learner, curriculum):
    enrol(learner, curriculum.programme)
    assert "Your trainer watches: Screen for TB" in home()
    complete_unit(learner, curriculum.practical)
    assert "Your trainer watches" not in home()


def test_home_shows_the_certificate_when_all_is_done(home, learner, curriculum):
    finish(learner, curriculum)
    ways = re.findall(r'<a class="go" href="([^"]+)">([^<]+)', home())
    assert ways == [(reverse("certificates:mine"), "Show my certificate ")]


def test_home_leads_to_her_certificates_once_she_learns_or_has_one(home, learner, curriculum):
    assert "My certificates" not in home()
    finish(learner, curriculum)
    assert "My certificates" in home()


def test_home_leads_an_observer_to_her_people(client, observer, curriculum):
    client.force_login(observer)
    content = client.get(curriculum.home.url).content.decode()
    assert re.findall(r'<a class="go" href="([^"]+)">', content) == [reverse("assessments:people-list")]
    assert content.count("My people") == 1
    assert "You are not enrolled yet" not in content


def test_home_of_an_observer_who_learns_goes_on_with_her_lesson(client, observer, curriculum):
    enrol(observer, curriculum.programme)
    client.force_login(observer)
    content = client.get(curriculum.home.url).content.decode()
    assert re.findall(r'<a class="go" href="([^"]+)">', content) == [curriculum.lessons[0].url]
    assert f'href="{reverse("assessments:people-list")}"' in content


def test_home_leads_to_her_other_programmes(home, learner, curriculum):
    enrol(learner, curriculum.programme)
    programme, *_ = make_chain(curriculum)
    enrol(learner, programme)
    assert f'href="{curriculum.programme.url}"' in home()


def test_home_speaks_each_language_with_the_same_progress(client, learner, curriculum):
    translate(curriculum, "sw")
    enrol(learner, curriculum.programme)
    complete_unit(learner, curriculum.lessons[0])
    client.force_login(learner)
    content = client.get("/sw/").content.decode()
    alias = curriculum.lessons[1].get_translations().get(locale__language_code="sw")
    assert f'href="{alias.url}"' in content
    assert re.search(r"<b>[^<]*\b1\b[^<]*\b4\b[^<]*</b>", content)


def test_standard_page_is_open_to_everyone(client):
    page = publish(make_home(), StandardPage(title="Help", body="<h2>PIN</h2><p>Ask your trainer.</p>"))
    assert "Ask your trainer." in client.get(page.url).content.decode()
