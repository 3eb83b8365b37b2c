"""A cohort's certificates: who sees them, how many stand where, and the way to one file of all."""

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.learning.models import Cohort
from lms.people.models import Selection
from tests.factories.people import make_site
from tests.reports.rows import make_certificate, make_cohort, make_learner


@pytest.fixture
def cohort(site, curriculum):
    """Amina is certified, Beatrice's is blocked, Cecilia is still learning, Dorcas left."""
    cohort = make_cohort(site, curriculum)
    people = [
        make_learner(name, site, curriculum, cohort=cohort) for name in ("Amina", "Beatrice", "Cecilia", "Dorcas")
    ]
    make_certificate(people[0])
    make_certificate(people[1], drawn=False, blocked="A letter is missing")
    people[3].enrolments.update(closed_at=timezone.now())
    return cohort


@pytest.fixture
def address(cohort):
    return reverse("staff_certificates:cohort", args=[cohort.pk])


def test_page_counts_where_everybody_stands(client, hr, address):
    client.force_login(hr)
    context = client.get(address).context
    assert dict(context["states"]) == {"Valid": 1, "Blocked": 1, "No certificate yet": 1}
    assert (context["all"], context["can"]) == (3, 1)
    assert [row.enrolment.person.given_names for row in context["lacking"]] == ["Beatrice", "Cecilia"]


def test_button_picks_the_cohort_and_leads_to_the_numbers(client, hr, address):
    client.force_login(hr)
    answer = client.post(address, {"action": "certificates-to-print"})
    selection = Selection.objects.get()
    assert answer["Location"] == reverse("staff_bulk:confirm", args=[selection.pk, "certificates-to-print"])
    assert selection.picked.count() == 3
    assert selection.back_url == address
    assert address in client.get(answer["Location"]).content.decode()


def test_page_is_for_those_who_keep_its_records(client, address, trainer, observer, learner, other_country_hr, hr):
    for person, status in ((trainer, 302), (observer, 302), (learner, 302), (other_country_hr, 404), (hr, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status, person
        if status != 200:
            assert client.post(address, {"action": "certificates"}).status_code == status
    client.logout()
    assert client.get(address).status_code == 302
    client.force_login(hr)
    assert client.put(address).status_code == 405
    assert client.post(address, {"action": "slips"}).status_code == 404
    assert not Selection.objects.exists()


def test_questions_do_not_grow_with_people(
    client, hr, cohort, address, site, curriculum, django_assert_max_num_queries
):
    client.force_login(hr)
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    for name in ("Esther", "Faith"):
        make_certificate(make_learner(name, site, curriculum, cohort=cohort))
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_cohort_s_pages_lead_there_for_those_who_may(client, hr, trainer, cohort, address):
    for person, shown in ((hr, True), (trainer, False)):
        client.force_login(person)
        for page in ("cohorts:edit", "room:cohort"):
            content = client.get(reverse(page, args=[cohort.pk])).content.decode()
            assert (address in content) == shown, (page, person)


def test_empty_cohort_packs_nothing(client, hr, kenya, curriculum):
    empty = make_cohort(make_site("KE-9"), curriculum, "Empty")
    client.force_login(hr)
    address = reverse("staff_certificates:cohort", args=[empty.pk])
    assert client.get(address).context["all"] == 0
    assert client.post(address, {"action": "certificates"})["Location"] == address
    assert Cohort.objects.filter(pk=empty.pk).exists() and not Selection.objects.exists()
