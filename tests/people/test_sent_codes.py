"""A code by SMS or e-mail: the same answer for every number, few of them, and none opens the admin."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.messaging.models import Message
from lms.people import limits, services
from lms.people.models import Role, User
from lms.people.sent_codes.services import OPEN, reckon, send_code
from tests.factories.people import make_person, post, sign_in

ASK, TYPE = "/en/sign-in/code/", "/en/sign-in/code/sent/"
WRONG = "000000"
UNKNOWN = "Z999999"

pytestmark = pytest.mark.usefixtures("still")


@pytest.fixture
def with_phone(learner):
    learner.phone = "+254712345678"
    learner.save()
    return learner


def ask(client, person, **data):
    return client.post(ASK, {"staff_number": getattr(person, "staff_number", person)} | data)


def code_in(client) -> str:
    """What the task reckons for the code that is open in this browser."""
    kept = client.session[OPEN]
    return reckon(kept["number"], kept["word"])


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_code_signs_her_in_once(client, with_phone):
    assert ask(client, with_phone, next="/en/learn/").url == f"{TYPE}?next=%2Fen%2Flearn%2F"
    code = code_in(client)
    assert client.post(TYPE, {"code": f"{code[:3]} {code[3:]}", "next": "/en/learn/"}).url == "/en/learn/"
    assert is_in(client)
    client.post("/en/sign-out/")
    assert client.post(TYPE, {"code": code}).url == ASK


def test_message_holds_the_code_and_nothing_about_her(client, with_phone):
    ask(client, with_phone)
    task = DBTaskResult.objects.get(task_path__endswith="send_sign_in_code")
    send_code(*task.args_kwargs["args"])
    message = Message.objects.get()
    assert (message.channel, message.address, message.secret, message.urgent) == ("sms", "+254712345678", True, True)
    assert code_in(client) in message.body
    assert with_phone.given_names not in message.body
    assert code_in(client) not in str(task.args_kwargs)


def test_code_goes_by_mail_to_who_has_no_phone(learner):
    learner.email = "amina@example.org"
    learner.save()
    send_code(learner.staff_number, "word")
    message = Message.objects.get()
    assert (message.channel, message.address, message.subject) == ("email", "amina@example.org", "Your code")


def test_code_typed_proves_the_phone(client, with_phone):
    ask(client, with_phone)
    client.post(TYPE, {"code": code_in(client)})
    with_phone.refresh_from_db()
    assert with_phone.phone_verified_at


def test_unknown_number_and_no_phone_get_the_same_answer_and_the_same_work(with_phone, other_learner):
    seen = []
    for who in (with_phone, other_learner, UNKNOWN):
        browser = Client()
        with_work = DBTaskResult.objects.count()
        asked = ask(browser, who)
        page = browser.get(TYPE).content.decode()
        wrong = browser.post(TYPE, {"code": WRONG}).content.decode()
        work = DBTaskResult.objects.count() - with_work
        seen.append((asked.status_code, asked.url, work, _plain(page), _plain(wrong)))
    assert seen[0] == seen[1] == seen[2]


def test_nobody_without_an_address_or_a_secret_gets_in(client, other_learner, with_phone, trainer):
    ask(client, other_learner)
    client.post(TYPE, {"code": code_in(client)})
    assert not is_in(client)
    services.reset_secret(with_phone, trainer)  # her phone was stolen, perhaps
    ask(client, with_phone)
    client.post(TYPE, {"code": code_in(client)})
    assert not is_in(client)
    send_code(with_phone.staff_number, "word")
    assert not Message.objects.exists()


def test_code_runs_out(client, with_phone, time_machine):
    ask(client, with_phone)
    code = code_in(client)
    time_machine.move_to(timezone.now() + timedelta(seconds=10 * 60 + 1))
    assert client.post(TYPE, {"code": code}).url == ASK


def test_wrong_codes_are_wrong_tries(client, with_phone):
    ask(client, with_phone)
    for _ in range(limits.TRIES):
        assert "not right" in client.post(TYPE, {"code": WRONG}).content.decode()
    assert client.post(TYPE, {"code": code_in(client)}).status_code == 429
    assert sign_in(client, with_phone).status_code == 429


def test_code_of_one_browser_is_nothing_in_another(with_phone):
    own, stranger = Client(), Client()
    ask(own, with_phone)
    ask(stranger, with_phone)
    stranger.post(TYPE, {"code": code_in(own)})
    assert not is_in(stranger)
    own.post(TYPE, {"code": code_in(own)})
    assert is_in(own)


def test_five_codes_an_hour_two_of_them_for_her_own_phone(with_phone, time_machine):
    own, stranger = Client(), Client()
    sign_in(own, with_phone)
    own.post("/en/sign-out/")
    assert [ask(stranger, with_phone).status_code for _ in range(6)] == [302, 302, 302, 429, 429, 429]
    assert [ask(own, with_phone).status_code for _ in range(3)] == [302, 302, 429]
    assert DBTaskResult.objects.count() == 5
    time_machine.move_to(timezone.now() + timedelta(seconds=limits.HOUR + 1))
    assert ask(stranger, with_phone).status_code == 302


def test_address_asks_for_so_many_codes_only(db, monkeypatch):
    monkeypatch.setattr(limits, "ADDRESS_CODES", 4)
    answers = [ask(Client(), f"Z{number:06d}").status_code for number in range(6)]
    assert answers == [302] * 4 + [429] * 2
    assert DBTaskResult.objects.count() == 4


def test_class_behind_one_router_gets_its_codes(db):
    people = [make_person("Learner", str(number)) for number in range(40)]
    assert {ask(Client(REMOTE_ADDR="197.136.1.1"), person).status_code for person in people} == {302}


def test_code_alone_never_opens_the_admin(client, trainer, site):
    trainer.phone = "+254712345679"
    trainer.set_password("river stone lamp")
    trainer.save()
    post(trainer, Role.LEARNER, site)
    ask(client, trainer)
    assert client.post(TYPE, {"code": code_in(client)}).url == "/en/"
    assert is_in(client)
    assert client.get("/cms/").url.startswith("/en/sign-in/")
    assert not is_in(client)


def test_shared_phone_number_says_nothing_of_the_other(with_phone, other_learner):
    User.objects.filter(pk=other_learner.pk).update(phone=with_phone.phone)
    browser = Client()
    ask(browser, other_learner)
    browser.post(TYPE, {"code": code_in(browser)})
    assert browser.session["_auth_user_id"] == str(other_learner.pk)


def test_page_without_a_question_leads_back(client, db):
    assert client.get(TYPE).url == ASK
    assert "one letter and 6 numbers" in ask(client, "12").content.decode()


def _plain(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
