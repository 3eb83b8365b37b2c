"""The words of messages in the admin: the list, the form, and what it refuses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from lms.messaging.disclosure import revealing
from lms.messaging.kinds import kinds
from lms.messaging.models import MessageTemplate
from lms.messaging.words import check_placeholders, revealing_words

pytestmark = pytest.mark.django_db
LIST = "/cms/message-templates/"
SMS, EMAIL = f"{LIST}test_note/sms/sw/", f"{LIST}test_note/email/sw/"


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def test_list_shows_the_words_in_force(admin):
    assert "Hello {name}, see you on {day}." in admin.get(LIST).content.decode()
    MessageTemplate.objects.create(kind="test_note", channel="sms", language="sw", body="Habari {name} {day}")
    page = admin.get(f"{LIST}?language=sw").content.decode()
    assert "Habari {name} {day}" in page and "Your own" in page
    assert "Habari" not in admin.get(f"{LIST}?language=xx").content.decode()


def test_list_takes_as_many_queries_with_templates_as_without(admin):
    admin.get(LIST)
    counts = []
    for language in ("en", "sw"):
        with CaptureQueriesContext(connection) as queries:
            admin.get(LIST)
        counts.append(len(queries))
        for channel, subject in (("sms", ""), ("email", "News")):
            MessageTemplate.objects.create(
                kind="test_note", channel=channel, language=language, subject=subject, body="x"
            )
    assert counts[0] == counts[1]


def test_words_of_one_s_own_are_saved_and_given_up(admin):
    assert admin.post(SMS, {"body": "Habari {name}, {day}."}).url == f"{LIST}?language=sw"
    assert MessageTemplate.objects.get().body == "Habari {name}, {day}."
    admin.post(SMS, {"body": "Jambo {name}, {day}."})
    assert MessageTemplate.objects.get().body == "Jambo {name}, {day}."
    for _ in range(2):
        assert admin.post(f"{SMS}built-in/").url == SMS
    assert not MessageTemplate.objects.exists()


def test_preview_fills_samples_counts_and_saves_nothing(admin):
    page = admin.post(SMS, {"body": "ã" * 71, "preview": "1"}).content.decode()
    assert "2 SMS each, 63 characters left" in page and "A letter outside the SMS alphabet" in page
    assert "Hello name, see you on day." in admin.get(SMS).content.decode()
    assert not MessageTemplate.objects.exists()


@pytest.mark.parametrize(
    ("url", "data", "said"),
    [
        (SMS, {"body": "Hello {surname}"}, "There is no placeholder {surname} here."),
        (SMS, {"body": "{name.__class__}"}, "around a placeholder"),
        (SMS, {"body": "Njoo kliniki kwa dawa za HIV"}, "Write it without: kliniki, HIV"),
        (EMAIL, {"subject": "Your ART visit", "body": "x"}, "Write it without: ART"),
        (EMAIL, {"subject": "", "body": "x"}, "This field is required."),
        (EMAIL, {"subject": "For {m2m}", "body": "x"}, "There is no placeholder {m2m} here."),
    ],
)
def test_form_names_what_is_wrong(admin, url, data, said):
    page = admin.post(url, data)
    assert said.replace("’", "&#x27;") in page.content.decode() or said in page.content.decode()
    assert not MessageTemplate.objects.exists()


def test_text_of_an_email_may_say_more(admin):
    assert admin.post(EMAIL, {"subject": "News", "body": "The clinic is open."}).status_code == 302


@pytest.mark.parametrize("path", ["nothing/sms/sw/", "test_note/pigeon/sw/", "test_note/sms/xx/", "broadcast/sms/sw/"])
def test_what_is_none_is_not_found(admin, path):
    assert admin.get(LIST + path).status_code == 404
    assert admin.post(f"{LIST}{path}built-in/").status_code == 404


@pytest.mark.parametrize(("who", "reads"), [("hr", True), ("trainer", False), ("reviewer", False)])
def test_words_are_read_by_hr_and_changed_by_administrators(client, request, who, reads):
    client.force_login(request.getfixturevalue(who))
    page = client.get(LIST)
    assert (page.status_code == 200 and "Hello {name}" in page.content.decode()) == reads
    assert SMS not in page.content.decode()
    assert client.post(SMS, {"body": "x"}).status_code == client.post(f"{SMS}built-in/").status_code == 302
    assert not MessageTemplate.objects.exists()


def test_built_in_is_a_post(admin):
    assert admin.get(f"{SMS}built-in/").status_code == 405


def test_menu_leads_there(client, administrator, trainer):
    for user, shown in ((administrator, True), (trainer, False)):
        client.force_login(user)
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert ("message-templates" in page) == shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your HIV test, hiv again", ["HIV", "hiv"]),
        ("ART of the day", ["ART"]),
        ("Art and start and teaching aids", []),
        ("Olá, mãe mentora! Você é positiva", ["mãe mentora", "positiva"]),
        ("La clinique, les Mères Mentores", ["clinique", "Mères Mentores"]),
        ("Mama Mentor, VVU na kliniki", ["Mama Mentor", "VVU", "kliniki"]),
        ("m2m and mothers2mothers", ["m2m", "mothers2mothers"]),
        ("You have passed. Well done!", []),
        ("Come on Monday at nine, room 2", []),
    ],
)
def test_words_that_reveal(text, found):
    assert revealing(text) == found


@pytest.mark.parametrize("language", ["en", "pt", "fr", "sw"])
def test_built_in_words_reveal_nothing_and_know_their_placeholders(language):
    """Of every room's kinds, in every language of the catalogues."""
    with translation.override(language):
        for kind in kinds().values():
            for text in map(str, kind.words()):
                assert revealing_words(text) == [], kind.name
                check_placeholders(text, kind.placeholders)
