"""What people are told about their data: read once, after signing in, before going on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms.people.models import Consent, ConsentText
from lms.people.rights import consent
from lms.starter.consent import load_consent
from lms.starter.library import CONTENT
from tests.factories.people import make_person, sign_in

PAGE = {"HTTP_ACCEPT": "text/html,application/xhtml+xml"}
TOLD = "/en/about-your-data/"


def draft(version=1, **bodies) -> None:
    for language, body in (bodies or {"en": "We keep your name."}).items():
        ConsentText.objects.create(version=version, language=language, body=body)


@pytest.fixture
def published(administrator):
    draft()
    consent.publish(1, by=administrator)


def test_without_a_text_nobody_is_asked(client, learner, curriculum):
    client.force_login(learner)
    assert client.get(curriculum.home.url, **PAGE).status_code == 200


def test_she_reads_it_once_and_goes_on_where_she_wanted(client, learner, curriculum, published):
    client.force_login(learner)
    answer = client.get(curriculum.home.url, **PAGE)
    assert answer.headers["Location"].startswith(TOLD)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "We keep your name." in page and "I do not agree" in page
    answer = client.post(TOLD, {"version": "1", "next": curriculum.home.url})
    assert answer.headers["Location"] == curriculum.home.url
    assert client.get(curriculum.home.url, **PAGE).status_code == 200
    assert Consent.objects.get().person == learner
    assert ModelLogEntry.objects.get(action="people.read_consent").label == learner.staff_number


def test_signing_in_through_the_form_leads_there(client, learner, curriculum, published):
    answer = sign_in(client, learner)
    answer = client.get(answer.headers["Location"], **PAGE)
    assert answer.headers["Location"].startswith(TOLD)


def test_who_has_read_it_is_not_asked_again(client, learner, curriculum, published):
    consent.acknowledge(learner, ConsentText.objects.get())
    client.force_login(learner)
    assert client.get(curriculum.home.url, **PAGE).status_code == 200
    assert client.get(TOLD).status_code == 302


def test_a_new_version_is_asked_again(client, learner, curriculum, published, administrator):
    consent.acknowledge(learner, ConsentText.objects.get())
    draft(2)
    consent.publish(2, by=administrator)
    client.force_login(learner)
    assert client.get(curriculum.home.url, **PAGE).headers["Location"].startswith(TOLD)


def test_staff_read_it_too(client, hr, published):
    client.force_login(hr)
    assert client.get(reverse("wagtailadmin_home"), **PAGE).headers["Location"].startswith(TOLD)


@pytest.mark.parametrize("name", ["people:my-data", "certificates:mine", "people:told-no", "people:language"])
def test_these_stay_hers_without_reading(client, learner, published, name):
    client.force_login(learner)
    assert client.get(reverse(name), **PAGE).status_code == 200


def test_who_does_not_agree_is_told_whom_to_talk_to(client, learner, kenya, published):
    kenya.help_line = "Call 0800 000 000"
    kenya.save()
    client.force_login(learner)
    page = client.get(reverse("people:told-no")).content.decode()
    assert "Call 0800 000 000" in page and "Nothing is lost" in page


def test_what_a_phone_sends_is_never_held_up(client, learner, published):
    client.force_login(learner)
    assert client.post(reverse("people:look"), {"look": "sun"}).headers["Location"] == "/"
    assert client.get("/en/search/").status_code != 302


def test_an_old_form_does_not_stand_for_a_new_text(client, learner, published, administrator):
    draft(2)
    consent.publish(2, by=administrator)
    client.force_login(learner)
    assert client.post(TOLD, {"version": "1"}).status_code == 200
    assert not Consent.objects.exists()


def test_a_second_press_changes_nothing(client, learner, published):
    client.force_login(learner)
    for _time in range(2):
        assert client.post(TOLD, {"version": "1"}).status_code == 302
    assert Consent.objects.count() == 1


def test_it_costs_no_query_on_a_page(client, learner, curriculum, administrator):
    client.force_login(learner)
    client.get(curriculum.home.url, **PAGE)
    with CaptureQueriesContext(connection) as without:
        client.get(curriculum.home.url, **PAGE)
    draft()
    consent.publish(1, by=administrator)
    consent.acknowledge(learner, ConsentText.objects.get())
    client.force_login(learner)
    client.get(curriculum.home.url, **PAGE)
    with CaptureQueriesContext(connection) as read:
        client.get(curriculum.home.url, **PAGE)
    assert len(read) == len(without)


def test_a_language_without_a_text_reads_english(kenya, administrator):
    draft(1, en="We keep your name.", sw="Tunaweka jina lako.")
    consent.publish(1, by=administrator)
    texts = {language: consent.text_due(make_person("A", "B", language=language)).body for language in ("sw", "pt")}
    assert texts == {"sw": "Tunaweka jina lako.", "pt": "We keep your name."}


def test_it_is_not_published_without_english(administrator):
    draft(1, sw="Tunaweka jina lako.")
    with pytest.raises(consent.NoEnglish):
        consent.publish(1, by=administrator)
    assert consent.newest_version() is None


def test_a_version_is_published_once(published, administrator):
    with pytest.raises(consent.PublishedBefore):
        consent.publish(1, by=administrator)


def test_versions_count_up(published):
    assert consent.draft_version() == 2
    draft(2, sw="Mpya")
    assert consent.draft_version() == 2


def test_an_administrator_writes_and_publishes(client, administrator):
    client.force_login(administrator)
    add = reverse("staff_consent_texts:add")
    client.post(add, {"language": "en", "body": "We keep your name."})
    assert client.post(add, {"language": "en", "body": "Twice"}).status_code == 200
    assert "We keep your name." in client.get(reverse("staff_consent_texts:publish", args=[1])).content.decode()
    client.post(reverse("staff_consent_texts:publish", args=[1]))
    assert ConsentText.objects.get().published_at
    assert "Published" in client.get(reverse("staff_consent_texts:index")).content.decode()


def test_a_published_text_never_changes(client, administrator, published):
    client.force_login(administrator)
    text = ConsentText.objects.get()
    edit = reverse("staff_consent_texts:edit", args=[text.pk])
    assert client.post(edit, {"language": "en", "body": "Other"}).status_code == 404
    assert "We keep your name." in client.get(reverse("staff_consent_texts:inspect", args=[text.pk])).content.decode()


def test_nobody_else_comes_near(client, hr, published):
    client.force_login(hr)
    consent.acknowledge(hr, ConsentText.objects.get())
    assert client.get(reverse("staff_consent_texts:index")).status_code == 302
    assert client.post(reverse("staff_consent_texts:publish", args=[2])).status_code == 302


def test_the_starter_text_is_a_draft_and_never_written_over(db):
    assert load_consent(CONTENT) == 1
    text = ConsentText.objects.get()
    assert text.published_at is None and text.body.startswith("DRAFT FOR LEGAL REVIEW")
    assert len(text.body) <= ConsentText._meta.get_field("body").max_length
    assert load_consent(CONTENT) == 0
