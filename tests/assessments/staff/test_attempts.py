"""The list of attempts and the record of one in the admin: who gets in, what is logged."""

from uuid import uuid4

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from assessments import services
from assessments.models import Attempt
from tests.assessments.conftest import PLAIN
from tests.assessments.test_regrades import run, turn
from tests.factories.assessments import hand_in
from tests.factories.people import make_person, post

from .test_regrading import enter, failed, queries, text

__all__ = ["enter", "failed"]

RECORD_PAGES = ("attempts:show", "attempts:json", "attempts:pdf")


@pytest.mark.parametrize("who", ["hr", "trainer", "administrator"])
def test_staff_of_the_place_read_the_record_with_its_key(enter, failed, who, request):
    person = request.getfixturevalue(who)
    staff = enter(person)
    page = text(staff.get(reverse("attempts:show", args=[failed.pk])))
    assert failed.person.staff_number in page
    assert "TB passes through the air." in page
    data = staff.get(reverse("attempts:json", args=[failed.pk]))
    assert data.json()["with_key"] is True
    assert staff.get(reverse("attempts:pdf", args=[failed.pk])).content.startswith(b"%PDF")
    looked = ModelLogEntry.objects.filter(user=person).exclude(action="people.sign_in")
    logged = looked.order_by("timestamp").values_list("action", "label")
    number = failed.person.staff_number
    assert list(logged) == [
        ("assessments.view_record", number),
        ("assessments.export_record", number),
        ("assessments.export_record", number),
    ]


def test_file_names_carry_no_name(enter, failed, administrator):
    for name in RECORD_PAGES[1:]:
        response = enter(administrator).get(reverse(name, args=[failed.pk]))
        assert f'filename="attempt-{failed.pk}.' in response["Content-Disposition"]
        assert failed.person.family_name not in response["Content-Disposition"]


def test_trainer_of_the_site_reads_it_and_of_another_site_not(enter, failed, site):
    near, far = make_person("Halima", "Juma"), make_person("Ruth", "Auma")
    post(near, "trainer", site)
    post(far, "trainer", type(site).objects.create(code="KE-777", name="Far", country=site.country))
    assert enter(near).get(reverse("attempts:show", args=[failed.pk])).status_code == 200
    assert enter(far).get(reverse("attempts:show", args=[failed.pk])).status_code == 404


@pytest.mark.parametrize("name", RECORD_PAGES)
@pytest.mark.parametrize("who", ["other_country_hr", "reviewer"])
def test_others_find_no_record(enter, failed, name, who, request):
    assert enter(request.getfixturevalue(who)).get(reverse(name, args=[failed.pk])).status_code == 404


@pytest.mark.parametrize("name", RECORD_PAGES)
def test_record_is_for_staff_and_for_reading(enter, client, failed, administrator, name):
    url = reverse(name, args=[failed.pk])
    assert client.get(url).status_code == 302
    client.force_login(failed.person)
    assert client.get(url).status_code == 302
    assert enter(administrator).post(url).status_code == 405


def test_nobody_reads_the_key_of_her_own_attempt_as_staff(enter, attempt, hr):
    Attempt.objects.filter(pk=attempt.pk).update(person=hr)
    assert enter(hr).get(reverse("attempts:show", args=[attempt.pk])).status_code == 404


def test_list_of_attempts_takes_a_fixed_number_of_queries(enter, failed, quiz, other_learner, enrolled, hr):
    staff, url = enter(hr), reverse("attempts:index")
    staff.get(url)
    one = queries(staff, url)
    hand_in(services.start_attempt(enrolled, quiz, enrolled.country, "en"))
    hand_in(services.start_attempt(other_learner, quiz, other_learner.country, "en"))
    assert Attempt.objects.count() == 3
    assert queries(staff, url) == one


def test_list_is_scoped_filtered_and_searched(enter, failed, quiz, lesotho_learner, other_learner, hr, administrator):
    hand_in(services.start_attempt(lesotho_learner, quiz, lesotho_learner.country, "en"))
    second = services.start_attempt(other_learner, quiz, other_learner.country, "en")
    url, names = reverse("attempts:index"), [one.person.get_full_name() for one in (failed, second)]
    staff = enter(hr)

    def shown(**asked):
        page = text(staff.get(url, asked))
        return [name for name in (*names, lesotho_learner.get_full_name()) if name in page]

    assert shown() == names
    assert shown(result="not_yet") == names[:1]
    assert shown(result="open") == names[1:]
    assert shown(result="complete") == []
    assert shown(q=other_learner.staff_number) == names[1:]
    assert shown(q="amina otieno") == names[:1]
    assert shown(unit_key=str(uuid4())) == names  # not a quiz: the filter says so and does nothing
    run(turn(PLAIN), administrator)
    assert shown(result="regraded") == names
    assert shown(result="flagged") == []
