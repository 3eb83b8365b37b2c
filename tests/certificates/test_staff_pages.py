import re

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates import services
from certificates.models import Certificate, CertificatePolicy
from certificates.standings import Standing, in_words, rows, standing
from lms.people.groups import synchronise_groups
from tests.factories.certificates import drawn, finish, issued

INDEX = reverse("staff_certificates:index")
WITHDRAWN = {"revoked_at": timezone.now(), "revoked_reason": "conduct"}


def at(name: str, certificate) -> str:
    return reverse(f"staff_certificates:{name}", args=[certificate.pk])


@pytest.fixture
def office(client, hr):
    """HR of Kenya, signed in."""
    return signed_in(client, hr)


def signed_in(client, person):
    synchronise_groups(person)
    client.force_login(person)
    return client


def found(client, **query) -> str:
    response = client.get(INDEX, query)
    assert response.status_code == 200
    return response.content.decode()


def test_list_shows_the_certificates_of_her_country(office, learner, lesotho_learner, curriculum):
    here, there = issued(learner, curriculum), issued(lesotho_learner, curriculum)
    page = found(office)
    assert here.printed_code in page and "Amina Otieno" in page and "Specimen" in page
    assert there.printed_code not in page and "Mokoena" not in page


@pytest.mark.parametrize("query", ["{code}", "amina otieno", "{number}", "otieno"])
def test_list_finds_by_code_number_and_name(office, learner, other_learner, curriculum, query):
    wanted, other = issued(learner, curriculum), issued(other_learner, curriculum)
    page = found(office, q=query.format(code=wanted.printed_code.lower(), number=learner.staff_number))
    assert wanted.printed_code in page and other.printed_code not in page


def test_list_does_not_find_what_is_elsewhere(office, lesotho_learner, curriculum):
    there = issued(lesotho_learner, curriculum)
    assert at("show", there) not in found(office, q=there.printed_code)


@pytest.mark.parametrize("wanted", Standing)
def test_standing_of_a_row_and_of_a_list_agree(learner, other_learner, lesotho_learner, curriculum, hr, wanted):
    """One certificate for each standing; the list of a standing holds exactly those that say so."""
    make_one_of_each(learner, other_learner, lesotho_learner, curriculum, hr)
    today = timezone.localdate()
    everything = Certificate.objects.select_related("payload")
    say_so = {row.pk for row in everything if standing(row, today) == wanted}
    assert {row.pk for row in rows(everything, wanted, today)} == say_so != set()


def make_one_of_each(learner, other_learner, lesotho_learner, curriculum, hr):
    superseded = issued(learner, curriculum)
    services.correct_name(superseded, by=hr, given_names="Amina", family_name="Were")  # being drawn
    other_learner.given_names = "שרה"
    other_learner.save()
    blocked = finish(other_learner, curriculum)
    expired = drawn(services.correct_name(issued(lesotho_learner, curriculum), by=hr, given_names="P", family_name="M"))
    Certificate.objects.filter(pk=expired.pk).update(awarded_on="2024-01-02", valid_until="2025-01-31")
    for fields in ({"drawn_at": timezone.now(), "pdf_sha256": "0" * 64}, WITHDRAWN, {}):
        copy_of(blocked, **({"confirmed_at": timezone.now()} if fields else {"confirmed_at": None}), **fields)


def copy_of(certificate, **fields):
    payload = certificate.payload
    copy = Certificate.objects.get(pk=certificate.pk)
    copy.pk, copy.enrolment, copy.code = None, None, f"{Certificate.objects.count():013}"
    copy.status_index = (copy.status_index + Certificate.objects.count()) % 131_072
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    type(payload).objects.create(certificate=copy, snapshot=payload.snapshot)


def test_list_is_filtered_by_state_country_and_programme(office, learner, other_learner, curriculum):
    drawn_one, waiting = issued(learner, curriculum), finish(other_learner, curriculum)
    page = found(office, standing="being_drawn")
    assert waiting.printed_code in page and drawn_one.printed_code not in page
    assert drawn_one.printed_code in found(office, country_code="KE", programme_code="phc", standing="valid")
    assert drawn_one.printed_code in found(office, specimen="true")


def test_list_costs_the_same_for_three(
    office, learner, other_learner, observer, curriculum, django_assert_max_num_queries
):
    issued(learner, curriculum)
    found(office)
    with django_assert_max_num_queries(40) as one:
        found(office)
    finish(other_learner, curriculum)
    finish(observer, curriculum)
    with django_assert_max_num_queries(40) as three:
        found(office)
    assert len(one) == len(three)


@pytest.mark.parametrize("name", ["show", "revoke", "correct-name"])
def test_one_certificate_opens_for_hr_of_its_country_only(client, learner, curriculum, hr, other_country_hr, name):
    certificate = issued(learner, curriculum)
    assert signed_in(client, hr).get(at(name, certificate)).status_code == 200
    assert signed_in(client, other_country_hr).get(at(name, certificate)).status_code == 404


@pytest.mark.parametrize("name", ["revoke", "correct-name", "issue-anew", "try-again"])
def test_other_country_changes_nothing(client, learner, curriculum, other_country_hr, name):
    certificate = issued(learner, curriculum)
    data = {"reason": "conduct", "given_names": "A", "family_name": "B"}
    assert signed_in(client, other_country_hr).post(at(name, certificate), data).status_code == 404
    certificate.refresh_from_db()
    assert certificate.revoked_at is None and certificate.superseded_at is None


def test_trainer_has_no_register(client, learner, curriculum, trainer):
    certificate = issued(learner, curriculum)
    signed_in(client, trainer)
    assert client.get(INDEX).status_code == 302  # to the admin's first page, with a sentence
    assert client.get(at("show", certificate)).status_code == 404


def test_signed_out_is_sent_to_sign_in(client, learner, curriculum):
    assert client.get(at("show", issued(learner, curriculum))).status_code == 302


@pytest.mark.parametrize("name", ["issue-anew", "try-again"])
def test_changes_are_posted(office, learner, curriculum, name):
    assert office.get(at(name, issued(learner, curriculum))).status_code == 405


def test_nobody_changes_her_own(client, learner, curriculum, hr):
    certificate = issued(learner, curriculum)
    Certificate.objects.filter(pk=certificate.pk).update(holder=hr)
    signed_in(client, hr)
    assert client.get(at("show", certificate)).status_code == 200
    assert client.post(at("revoke", certificate), {"reason": "conduct"}).status_code == 404


def test_hr_corrects_a_name(office, learner, curriculum):
    certificate = issued(learner, curriculum)
    names = {"given_names": "Amina", "family_name": "Otieno-Were"}
    response = office.post(at("correct-name", certificate), names, follow=True)
    assert "Amina Otieno-Were" in response.content.decode()
    again = office.post(at("correct-name", certificate), names)
    assert "withdrawn or replaced before" in again.content.decode()


def test_specimen_is_not_issued_anew_before_the_review(office, learner, curriculum):
    certificate = issued(learner, curriculum)
    page = office.post(at("issue-anew", certificate), follow=True).content.decode()
    assert "still not clinically reviewed" in page


def test_menu_is_shown_to_those_who_keep_records(client, hr, trainer):
    home = reverse("wagtailadmin_home")
    assert INDEX in signed_in(client, hr).get(home).content.decode()
    assert INDEX not in signed_in(client, trainer).get(home).content.decode()


def test_administrator_keeps_policies(client, administrator, hr, curriculum):
    url = reverse("staff_certificate_policies:add")
    assert signed_in(client, hr).get(url).status_code == 302
    signed_in(client, administrator)
    assert re.search(r"<option[^>]*>Primary Health Care", client.get(url).content.decode())
    key = str(curriculum.programme.translation_key)
    values = {
        "programme_key": key,
        "country": "KE",
        "months_valid": 18,
        "renewal_days": 90,
        "grace_days": 60,
        "issuer": "Kenya Training",
    }
    assert client.post(url, values).status_code == 302
    policy = CertificatePolicy.objects.get()
    assert (str(policy.programme_key), policy.months_valid) == (key, 18)
    assert "Primary Health Care" in client.get(reverse("staff_certificate_policies:index")).content.decode()
    twice = client.post(url, values)
    assert twice.status_code == 200 and CertificatePolicy.objects.count() == 1


def test_search_of_a_thousand_words_is_answered(office, learner, curriculum):
    issued(learner, curriculum)
    assert office.get(INDEX, {"q": "a " * 1500}).status_code == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [({}, "Specimen"), ({"specimen": False}, "Valid"), (WITHDRAWN, "Withdrawn · Specimen")],
)
def test_state_in_words_calls_no_specimen_valid(learner, curriculum, change, words):
    certificate = issued(learner, curriculum)
    for name, value in ({"specimen": True} | change).items():
        setattr(certificate, name, value)
    assert in_words(certificate) == words
