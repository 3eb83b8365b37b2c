"""The list of people in the Wagtail admin."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lms.people.models import Posting, Role
from tests.factories.people import make_person, make_site, post

LIST = "/cms/people/"


def url(name, person, *args):
    return reverse(f"staff_people:{name}", args=[person.pk, *args])


def is_refused(response) -> bool:
    """Wagtail's answer to somebody who may not."""
    return response.status_code == 302 and response.url == "/cms/"


def test_list_shows_own_country_only(as_hr, learner, lesotho_learner):
    page = as_hr.get(LIST).content.decode()
    assert str(learner) in page
    assert "Kisumu Clinic" in page
    assert str(lesotho_learner) not in page


@pytest.mark.parametrize("query", ["?role=learner", "?site={site}", "?country=KE"])
def test_list_is_filtered(as_hr, learner, query):
    found = as_hr.get(LIST + query.format(site=learner.postings.get().site_id))
    assert learner in found.context["object_list"]


@pytest.mark.parametrize("words", ["Amina", "otie", "{number}", "ámina OTÍENO"])
def test_list_is_searched_without_a_name_in_the_address(as_hr, learner, words):
    make_person("Zuhura", "Nobody", "TZ")
    answer = as_hr.post(LIST, {"find": words.format(number=learner.staff_number)}, follow=True)
    address = answer.redirect_chain[0][0]
    assert list(answer.context["object_list"]) == [learner]
    assert "find=" in address and "min" not in address.lower() and learner.staff_number not in address
    assert as_hr.post(LIST, {"find": "nobody"}, follow=True).context["object_list"].count() == 0


def test_list_filter_offers_own_places_only(as_hr, learner, lesotho_learner):
    form = as_hr.get(LIST).context["filters"].form
    assert [country.pk for country in form.fields["country"].queryset] == ["KE"]
    assert [site.code for site in form.fields["site"].queryset] == ["KE-001"]


def test_list_costs_the_same_for_one_and_three(as_hr, learner, site, django_assert_num_queries):
    """What the menu asks belongs to other rooms: counted, not fixed here."""
    as_hr.get(LIST)
    with CaptureQueriesContext(connection) as for_one:
        as_hr.get(LIST)
    for name in ("Ruth", "Sarah"):
        post(make_person(name, "More"), Role.LEARNER, site)
    with django_assert_num_queries(len(for_one)):
        as_hr.get(LIST)


def test_list_is_for_those_with_a_reason(client, reviewer, learner):
    client.force_login(reviewer)
    assert is_refused(client.get(LIST))
    assert b"/cms/people/" not in client.get("/cms/").content
    client.force_login(learner)
    assert client.get(LIST).status_code == 302
    client.logout()
    assert client.get(LIST).url.startswith("/cms/login/")


def test_postings_that_are_over_give_nothing(client, trainer, learner):
    Posting.objects.filter(person=trainer).update(
        starts_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )
    client.force_login(trainer)
    assert is_refused(client.get(LIST))
    assert client.get(url("show", learner)).status_code == 404


def test_site_trainer_sees_the_learners_of_her_site(client, site, learner, hr):
    person = make_person("Site", "Trainer")
    post(person, Role.TRAINER, site)
    elsewhere = make_person("Far", "Away")
    post(elsewhere, Role.LEARNER, make_site("KE-002"))
    client.force_login(person)
    assert list(client.get(LIST).context["object_list"]) == [learner]
    assert client.get(url("show", elsewhere)).status_code == 404
    assert client.post(url("reset", learner)).status_code == 200
