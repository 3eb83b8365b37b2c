from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from lms.core.models import Country
from lms.people import permissions
from lms.people.models import Posting, Role
from tests.factories.people import make_person, make_site, post


def test_countries_for_takes_postings_for_a_whole_country(hr, site, kenya, administrator):
    post(hr, Role.TRAINER, country="LS")
    assert list(permissions.countries_for(hr, Role.HR)) == [kenya]
    assert permissions.countries_for(hr, Role.HR, Role.TRAINER).count() == 2
    assert permissions.countries_for(administrator, Role.HR).count() == Country.objects.count()


def test_countries_for_forgets_a_posting_that_is_over(hr):
    Posting.objects.update(starts_on=timezone.localdate() - timedelta(9), ends_on=timezone.localdate() - timedelta(1))
    assert not permissions.countries_for(hr, Role.HR).exists()


def test_has_role_at_a_site_of_the_country(hr, observer, site, other_site, kenya):
    assert permissions.has_role(hr, Role.HR, site)
    assert permissions.has_role(hr, Role.HR, kenya)
    assert not permissions.has_role(hr, Role.HR, other_site)
    assert permissions.has_role(observer, Role.OBSERVER, site)
    assert not permissions.has_role(observer, Role.OBSERVER, kenya)


def test_people_visible_to_stay_in_the_country(hr, learner, other_country_hr, lesotho_learner, trainer):
    assert set(permissions.people_visible_to(hr)) == {hr, learner, trainer}
    assert set(permissions.people_visible_to(other_country_hr)) == {other_country_hr, lesotho_learner}


def test_people_visible_to_include_those_posted_here_from_elsewhere(hr):
    guest = make_person("Guest", "Trainer", "LS")
    post(guest, Role.TRAINER, country="KE")
    assert guest in permissions.people_visible_to(hr)


def test_people_visible_to_an_observer_are_the_learners_of_the_site(observer, learner, hr):
    elsewhere = make_person("Else", "Where")
    post(elsewhere, Role.LEARNER, make_site("KE-002"))
    assert list(permissions.people_visible_to(observer)) == [learner]


def test_people_visible_to_a_learner_or_reviewer_are_none(learner, other_learner, reviewer):
    assert not permissions.people_visible_to(learner).exists()
    assert not permissions.people_visible_to(reviewer).exists()


def test_person_for_finds_by_number_and_by_id(trainer, learner):
    for who in (learner.pk, str(learner.pk), learner.staff_number, learner.staff_number.lower()):
        assert permissions.person_for(trainer, who) == learner


def test_person_for_is_a_404_for_another_country_and_for_nobody(trainer, lesotho_learner):
    for who in (lesotho_learner.pk, lesotho_learner.staff_number, "Z999999", uuid4()):
        with pytest.raises(Http404):
            permissions.person_for(trainer, who)


def test_may_observe_at_her_site_only(observer, learner, lesotho_learner):
    assert permissions.may_observe(observer, learner)
    assert not permissions.may_observe(observer, lesotho_learner)


def test_may_observe_never_herself(observer, site):
    post(observer, Role.LEARNER, site)
    assert not permissions.may_observe(observer, observer)


@pytest.mark.parametrize("who", ["trainer", "hr", "administrator", "other_learner"])
def test_may_observe_needs_the_observers_posting(request, learner, who):
    assert not permissions.may_observe(request.getfixturevalue(who), learner)


def test_may_observe_in_the_whole_country(learner, lesotho_learner):
    nurse = make_person("Nurse", "Akinyi")
    post(nurse, Role.OBSERVER)
    assert set(permissions.learners_observed_by(nurse)) == {learner}


@pytest.mark.parametrize(
    ("who", "whom", "allowed"),
    [
        ("trainer", "learner", True),
        ("trainer", "observer", True),
        ("trainer", "hr", False),
        ("trainer", "administrator", False),
        ("trainer", "lesotho_learner", False),
        ("hr", "trainer", True),
        ("hr", "hr", False),
        ("hr", "reviewer", False),
        ("reviewer", "learner", False),
        ("observer", "learner", False),
        ("other_country_hr", "learner", False),
        ("administrator", "hr", True),
        ("administrator", "administrator", False),
    ],
)
def test_may_reset_those_below(request, who, whom, allowed):
    """A code for a colleague of one's own rank would be a way into her work."""
    assert permissions.may_reset(request.getfixturevalue(who), request.getfixturevalue(whom)) is allowed


def test_may_reset_not_who_also_works_in_another_country(trainer, learner):
    post(learner, Role.OBSERVER, country="LS")
    assert not permissions.may_reset(trainer, learner)


def test_may_reset_not_who_is_about_to_work_in_the_admin(trainer, learner):
    post(learner, Role.HR)
    Posting.objects.filter(role=Role.HR).update(starts_on=timezone.localdate() + timedelta(3))
    assert not permissions.may_reset(trainer, learner)


def test_may_edit_is_for_those_who_keep_the_records(hr, trainer, learner):
    assert permissions.may_edit(hr, learner)
    assert not permissions.may_edit(trainer, learner)


def test_roles_to_give_are_below_ones_own(hr, trainer, administrator, kenya, lesotho):
    assert permissions.roles_to_give(hr, kenya) == {Role.LEARNER, Role.OBSERVER, Role.TRAINER}
    assert permissions.roles_to_give(hr, lesotho) == set()
    assert permissions.roles_to_give(trainer, kenya) == set()
    assert permissions.roles_to_give(administrator, lesotho) == set(Role)
