"""Where she is signed in; a new phone is told to her other ones; nothing is kept for longer than the settings say."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from lms.core.models import PlatformSettings
from lms.messaging.models import Message
from lms.people import services
from lms.people.models import Device
from lms.people.whereabouts.agents import words
from lms.people.whereabouts.notices import forget_old_notices
from lms.people.whereabouts.sessions import NO_ADDRESS, forget_old_sessions
from tests.bench.counting import counted_queries
from tests.factories.people import sign_in

OWN, HOME = "/en/my-sign-in/", "/en/"
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"


def browser(agent=CHROME) -> Client:
    return Client(headers={"user-agent": agent})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def phones(learner):
    """Her old phone, and the new one; both signed in."""
    old, new = browser(), browser(FIREFOX)
    for phone in (old, new):
        sign_in(phone, learner)
    return old, new


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (CHROME, "Chrome, Android"),
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Opera/9.80 (Android; Opera Mini/36.2/119.132; U; id) Presto/2.12 Version/12.16", "Opera Mini, Android"),
        (
            "Mozilla/5.0 (Linux; Android 9) SamsungBrowser/20 Chrome/106 Mobile Safari/537.36",
            "Samsung Internet, Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537.36 Edg/130", "Edge, Windows"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_browser_is_said_in_words(agent, said):
    assert words(agent) == said


def test_places_are_listed_and_this_one_is_marked(phones):
    page = phones[0].get(OWN).content.decode()
    assert "Chrome, Android" in page and "Firefox, Linux" in page
    assert page.count("badge leaf") == 1 and page.count("Sign out there") == 1
    assert "127.0.0.1" not in page


def test_one_place_is_ended(phones, learner):
    old, new = phones
    row = UserSession.objects.get(session_key=new.session.session_key)
    assert old.get(f"{OWN}places/{row.pk}/end/").status_code == 405
    assert old.post(f"{OWN}places/{row.pk}/end/").url == OWN
    assert is_in(old) and not is_in(new)
    assert old.post(f"{OWN}places/{row.pk}/end/").url == OWN


def test_nobody_ends_a_place_of_another(phones, other_learner):
    stranger = browser()
    sign_in(stranger, other_learner)
    row = UserSession.objects.get(session_key=phones[0].session.session_key)
    stranger.post(f"{OWN}places/{row.pk}/end/")
    assert is_in(phones[0])


def test_everywhere_else_is_ended_after_a_question(phones):
    old, new = phones
    old.get(f"{OWN}places/end/")
    assert is_in(new)
    old.post(f"{OWN}places/end/")
    assert is_in(old) and not is_in(new)


def test_places_of_a_reset_are_gone(phones, learner, trainer):
    services.reset_secret(learner, trainer)
    assert not UserSession.objects.filter(user=learner).exists()
    assert not any(map(is_in, phones))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same(learner, count, django_assert_max_num_queries):
    phones = [browser() for _ in range(count)]
    for phone in phones:
        sign_in(phone, learner)
    with django_assert_max_num_queries(10) as found:
        phones[0].get(OWN)
    assert len(found) == (6 if count == 1 else 7)  # the new ones are asked about


def test_new_phone_is_told_to_the_old_one_only(phones, learner, curriculum):
    old, new = phones
    assert "Was it you?" in old.get(HOME).content.decode()
    assert "Firefox, Linux" in old.get(HOME).content.decode()
    assert "Was it you?" not in new.get(HOME).content.decode()
    assert "Was it you?" not in new.get(OWN).content.decode()
    strange = Device.objects.get(person=learner, noticed_at=None)
    new.post(f"{OWN}devices/{strange.pk}/mine/")  # a stranger's yes is none
    assert "Was it you?" in old.get(HOME).content.decode()
    old.post(f"{OWN}devices/{strange.pk}/mine/")
    assert "Was it you?" not in old.get(HOME).content.decode()


def test_first_phone_is_no_news(client, learner, curriculum):
    learner.phone = "+254712345678"
    learner.save()
    sign_in(client, learner)
    assert "Was it you?" not in client.get(HOME).content.decode()
    assert not Message.objects.exists()


def test_new_phone_is_told_by_message_too(learner):
    learner.phone = "+254712345678"
    learner.save()
    for phone in (browser(), browser()):
        sign_in(phone, learner)
    message = Message.objects.get()
    assert message.kind == "new_device" and learner.given_names not in message.body


def test_known_phone_is_told_once(phones, learner):
    old, new = phones
    learner.email = "amina@example.org"
    learner.save()
    new.post("/en/sign-out/")
    sign_in(new, learner)
    assert not Message.objects.exists()


def test_it_was_not_me_shuts_everything(phones, learner):
    old, new = phones
    old.get(f"{OWN}devices/not-mine/")
    assert is_in(new)
    assert old.post(f"{OWN}devices/not-mine/").url == "/en/sign-in/forgot/"
    assert not is_in(old) and not is_in(new)
    assert sign_in(new, learner).status_code == 200 and not is_in(new)
    assert Device.objects.filter(person=learner).count() == 1  # the old phone is still hers


def test_last_use_is_kept_when_she_sends_something(learner, curriculum, time_machine):
    phone = browser()
    sign_in(phone, learner)
    since = UserSession.objects.get(user=learner).last_seen_at
    time_machine.move_to(timezone.now() + timedelta(seconds=13 * 60 * 60))
    phone.cookies.pop("seen", None)
    phone.get(HOME)
    assert UserSession.objects.get(user=learner).last_seen_at == since
    phone.post("/en/look/", {"look": "sun"})
    assert UserSession.objects.get(user=learner).last_seen_at - since > timedelta(hours=12)
    assert phone.cookies["seen"].value == "1"


def test_old_sign_ins_and_addresses_go(learner, other_learner):
    platform = PlatformSettings.load()
    platform.keep_sign_ins_days = 30
    platform.save()
    for person in (learner, other_learner):
        sign_in(browser(), person)
    long_ago = timezone.now() - timedelta(days=31)
    UserSession.objects.update(created_at=long_ago)
    UserSession.objects.filter(user=learner).update(last_seen_at=long_ago)
    forget_old_sessions()
    assert UserSession.objects.get().user == other_learner
    assert UserSession.objects.get().ip == NO_ADDRESS
    assert Session.objects.count() == 1


def test_first_sign_in_is_stamped_once(client, learner, time_machine):
    sign_in(client, learner)
    learner.refresh_from_db()
    first = learner.first_signed_in_at
    assert first
    client.post("/en/sign-out/")
    time_machine.move_to(timezone.now() + timedelta(seconds=3600))
    sign_in(client, learner)
    learner.refresh_from_db()
    assert learner.first_signed_in_at == first


def test_help_line_is_the_platforms_until_she_is_signed_in(client, learner):
    platform = PlatformSettings.load()
    platform.help_line = "Call 0800 000 000"
    platform.save()
    assert "Call 0800 000 000" in client.get("/en/sign-in/forgot/").content.decode()
    learner.country.help_line = "Call Kisumu 055"
    learner.country.save()
    sign_in(client, learner)
    assert "Call Kisumu 055" in client.get("/en/sign-in/forgot/").content.decode()


def test_staff_read_of_a_new_computer_in_the_admin(trainer):
    trainer.set_password("river stone lamp")
    trainer.save()
    old, new = browser(), browser(FIREFOX)
    for computer in (old, new):
        sign_in(computer, trainer, "river stone lamp")
    assert "Was it you?" not in new.get("/cms/").content.decode()
    old.post("/en/sign-out/")
    sign_in(old, trainer, "river stone lamp")
    assert "Was it you?" in old.get("/cms/").content.decode()
    assert OWN in old.get("/cms/account/").content.decode()


def test_home_asks_for_new_phones_only_where_there_is_one(learner, curriculum):
    phone = browser()
    sign_in(phone, learner)
    counts = []
    for _ in range(2):
        phone.get(HOME)
        with counted_queries() as count:
            phone.get(HOME)
        counts.append(sum("people_device" in sql and "EXISTS" not in sql for sql in count.own))
        sign_in(browser(FIREFOX), learner)
    assert counts == [0, 1]


def test_notice_that_is_a_month_old_goes(phones, learner, curriculum):
    Device.objects.update(first_used_at=timezone.now() - timedelta(days=31))
    forget_old_notices()
    assert not Device.objects.filter(noticed_at=None).exists()
