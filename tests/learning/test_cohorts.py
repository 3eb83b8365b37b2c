"""Cohorts in the admin, within the countries of who keeps them."""

from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from lms.learning.models import Cohort
from lms.learning.services import enrol
from lms.people.models import Partner, Role
from tests.factories.people import make_person, post


@pytest.fixture
def cohort(curriculum, site):
    cohort = Cohort.objects.create(
        name="Kisumu 2026",
        country=site.country,
        programme_key=curriculum.programme.translation_key,
        starts_on=timezone.localdate() + timedelta(days=10),
    )
    cohort.sites.add(site)
    return cohort


@pytest.fixture
def as_(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def values(cohort, **changes):
    return {
        "name": cohort.name,
        "country": cohort.country_id,
        "programme_key": str(cohort.programme_key),
        "starts_on": "2026-12-01",
        "ends_on": "",
        "sites": [site.pk for site in cohort.sites.all()],
        "trainers": [],
    } | changes


def test_hr_renames_a_cohort_of_her_country(as_, hr, cohort, trainer):
    answer = as_(hr).post(
        reverse("cohorts:edit", args=[cohort.pk]), values(cohort, name="Kisumu, December", trainers=[trainer.pk])
    )
    assert answer.status_code == 302
    cohort.refresh_from_db()
    assert (cohort.name, list(cohort.trainers.all())) == ("Kisumu, December", [trainer])


def test_hr_adds_a_cohort(as_, hr, cohort):
    as_(hr).post(reverse("cohorts:add"), values(cohort, name="Second"))
    assert Cohort.objects.get(name="Second").programme_key == cohort.programme_key


def test_cohort_cannot_take_a_site_of_another_country(as_, hr, cohort, lesotho, other_site):
    post(hr, Role.HR, country=lesotho)
    answer = as_(hr).post(reverse("cohorts:edit", args=[cohort.pk]), values(cohort, sites=[other_site.pk]))
    assert "A site is in another country." in answer.text


@pytest.mark.parametrize("name", ["edit", "history"])
def test_cohort_of_another_country_is_not_found(as_, other_country_hr, cohort, name):
    address = reverse(f"cohorts:{name}", args=[cohort.pk])
    assert as_(other_country_hr).get(address, follow=True).status_code == 404


def test_list_shows_only_ones_own_countries(as_, hr, other_country_hr, cohort):
    assert cohort.name in as_(hr).get(reverse("cohorts:index")).text
    assert cohort.name not in as_(other_country_hr).get(reverse("cohorts:index")).text


def test_cohort_is_never_deleted(as_, hr, cohort):
    with pytest.raises(NoReverseMatch):
        reverse("cohorts:delete", args=[cohort.pk])
    assert "Delete" not in as_(hr).get(reverse("cohorts:edit", args=[cohort.pk])).text


def test_trainer_of_one_site_keeps_no_cohorts(as_, site, cohort):
    person = make_person("Halima", "Noor")
    post(person, Role.TRAINER, site)
    client = as_(person)
    assert client.get(reverse("cohorts:index")).status_code == 302
    assert client.get(reverse("cohorts:edit", args=[cohort.pk])).status_code in (302, 404)


def test_capacity_holds_those_who_are_in_it(as_, hr, cohort, curriculum, learner, other_learner):
    for person in (learner, other_learner):
        enrol(person, curriculum.programme, cohort=cohort)
    edit = reverse("cohorts:edit", args=[cohort.pk])
    assert "2 people are in it already." in as_(hr).post(edit, values(cohort, capacity=1)).content.decode()
    assert as_(hr).post(edit, values(cohort, capacity=3, country="LS")).status_code == 302
    cohort.refresh_from_db()
    assert (cohort.capacity, cohort.country_id) == (3, "KE")
    assert "2 of 3" in as_(hr).get(reverse("cohorts:index")).content.decode()


def test_form_offers_what_is_of_her_country(as_, hr, cohort, trainer, other_site, lesotho, kenya):
    here, there, anywhere = (Partner.objects.create(name=name) for name in ("Here", "There", "Anywhere"))
    here.countries.add(kenya)
    there.countries.add(lesotho)
    trainer_there = make_person("Nomsa", "Tau", "LS")
    post(trainer_there, Role.TRAINER)
    fields = as_(hr).get(reverse("cohorts:add")).context["form"].fields
    assert set(fields["partner"].queryset) == {here, anywhere}
    assert set(fields["trainers"].queryset) == {trainer}
    assert other_site not in fields["sites"].queryset


def test_closing_a_cohort_ends_it_today(as_, hr, other_country_hr, observer, cohort, curriculum, learner, client):
    enrolment = enrol(learner, curriculum.programme, cohort=cohort)
    page = reverse("cohorts:close", args=[cohort.pk])
    assert as_(other_country_hr).get(page).status_code == 404
    assert "not begun yet" in as_(hr).post(page, follow=True).content.decode()
    cohort.starts_on = timezone.localdate()
    cohort.save()
    assert "1 person is not done" in as_(hr).get(page).content.decode()
    as_(hr).post(page, {"reason": ""})
    cohort.refresh_from_db()
    enrolment.refresh_from_db()
    assert (cohort.ends_on, enrolment.closed_at) == (timezone.localdate(), None)
    as_(hr).post(page, {"reason": "The partner’s money ended"})
    enrolment.refresh_from_db()
    assert enrolment.closed_reason == "The partner’s money ended"
    assert as_(hr).delete(page).status_code == 405
