from uuid import uuid4

import pytest
from django.urls import reverse

from certificates.renewal.opening import RenewThem
from certificates.renewal.services import open_renewal
from certificates.staff.renewals import buttons
from lms.learning.models import Enrolment
from lms.people.bulk.actions import Refused
from tests.factories.content import make_practical, row
from tests.factories.people import make_person

from .conftest import ends_in


def url(certificate) -> str:
    return reverse("staff_certificates:renew", args=[certificate.pk])


@pytest.fixture
def ending(learner, certified):
    return certified(learner, 20)


@pytest.fixture
def second(curriculum, ending):
    """A second practical that the programme asks for by now: certificates rest on the first."""
    other = make_practical(curriculum.shelf, curriculum.module, [{"text": "Greets."}], title="Greet her")
    programme = curriculum.programme
    programme.rows = [row(curriculum.module), row(curriculum.practical), row(other)]
    programme.save_revision().publish()
    return other


@pytest.mark.parametrize("who", ["hr", "trainer", "administrator"])
def test_supervisor_chooses_what_is_watched_again(client, learner, ending, second, refresher, who, request):
    certificate = ending
    client.force_login(request.getfixturevalue(who))
    page = client.get(url(certificate)).content.decode()
    assert "Greet her" in page and "Screen for TB" in page
    client.post(url(certificate), {"practicals": [str(second.translation_key)]})
    renewal = learner.enrolments.get(cycle=2)
    keys = set(renewal.requirements.values_list("unit_key", flat=True))
    assert keys == {refresher.lesson.translation_key, second.translation_key}


def test_something_has_to_be_watched(client, learner, hr, ending, second):
    certificate = ending
    client.force_login(hr)
    assert client.post(url(certificate), {"practicals": []}).status_code == 200
    assert client.post(url(certificate), {"practicals": [str(uuid4())]}).status_code == 200
    assert learner.enrolments.count() == 1


def test_second_press_says_that_it_is_open(client, learner, hr, curriculum, certified):
    certificate = certified(learner, 20)
    client.force_login(hr)
    data = {"practicals": [str(curriculum.practical.translation_key)]}
    assert client.post(url(certificate), data).url == reverse("staff_enrolments:of", args=[learner.pk])
    assert "Her renewal is open already." in client.post(url(certificate), data).content.decode()
    assert learner.enrolments.count() == 2


@pytest.mark.parametrize("days, words", [(91, "Can be renewed from"), (-61, "enrol her in the whole programme")])
def test_page_says_why_not(client, learner, hr, certified, days, words):
    certificate = certified(learner, days)
    client.force_login(hr)
    assert words in client.get(url(certificate)).content.decode()


@pytest.mark.parametrize("who", ["other_country_hr", "learner", "observer"])
def test_nobody_else_opens_it(client, learner, certified, who, request):
    certificate = certified(learner, 20)
    client.force_login(request.getfixturevalue(who))
    for answer in (client.get(url(certificate)), client.post(url(certificate), {})):
        assert answer.status_code in (302, 404)
    assert learner.enrolments.count() == 1


def test_button_stands_beside_her_name_while_it_may_be_renewed(learner, hr, other_country_hr, certified):
    certificate = certified(learner, 20)
    assert [button.url for button in buttons(hr, learner)] == [url(certificate)]
    assert buttons(other_country_hr, learner) == []
    ends_in(certificate, 200)
    assert buttons(hr, learner) == []


def test_many_are_opened_from_a_report(learner, hr, certified, django_assert_num_queries):
    action, three = RenewThem(), [learner, make_person("Neema", "Barasa"), make_person("Rehema", "Chepkoech")]
    certificates = [certified(person, days) for person, days in zip(three, (20, 200, -70), strict=True)]
    rows = list(Enrolment.objects.filter(person__in=three))
    with django_assert_num_queries(2):
        reasons = action.reasons(hr, rows, {})
    by_person = {row.person: reasons.get(row.pk, "") for row in rows}
    assert by_person[learner] == ""
    assert by_person[three[1]].startswith("Can be renewed from") and "grace" in by_person[three[2]]
    row = Enrolment.objects.get(person=learner)
    action.do(row, hr, {})
    assert action.reasons(hr, [row], {})[row.pk] == "Her renewal is open already."
    for one in rows:
        with pytest.raises(Refused):
            action.do(one, hr, {})
    assert Enrolment.objects.filter(cycle=2).count() == 1 and certificates


def test_many_takes_only_those_whom_she_teaches(learner, hr, other_country_hr, certified):
    certified(learner, 20)
    keys = Enrolment.objects.values_list("pk", flat=True)
    assert RenewThem().targets(hr, keys).count() == 1
    assert RenewThem().targets(other_country_hr, keys).count() == 0
    assert RenewThem().targets(learner, keys).count() == 0


def test_who_holds_none_is_told_so(learner, hr, certified):
    certificate = certified(learner, 20)
    open_renewal(certificate, by=hr)
    other = make_person("Neema", "Barasa")
    stranger = Enrolment.objects.create(
        person=other, programme_key=uuid4(), programme_code="x", programme_version=1, country=other.country
    )
    assert RenewThem().reasons(hr, [stranger], {})[stranger.pk] == "No certificate that can be renewed."
