"""The room’s pages: who may, what they say, what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Observation
from lms.learning.models import Cohort
from lms.learning.services import complete_unit
from lms.people.models import Broadcast, Role
from lms.reports.room.cohorts import my_cohorts
from lms.reports.room.grid import grid
from lms.reports.room.views import MANY_COHORTS, MANY_SITES
from lms.reports.room.waiting import waiting
from tests.factories.people import make_person, make_site, post, sign_in

pytestmark = pytest.mark.django_db

COHORTS, STUCK, PRACTICALS, WRITE = (reverse(f"room:{name}") for name in ("cohorts", "stuck", "practicals", "write"))


@pytest.fixture
def page(cohort):
    return reverse("room:cohort", args=[cohort.pk])


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# Who may --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", [COHORTS, STUCK, PRACTICALS])
def test_room_is_for_trainers_hr_and_leads(client, as_, url, trainer, hr, observer, learner, reviewer):
    assert client.get(url).status_code == 302
    for person, status in ((trainer, 200), (hr, 200), (observer, 403), (learner, 403), (reviewer, 403)):
        assert as_(person).get(url).status_code == status
    assert as_(trainer).post(url).status_code == 405


def test_cohort_of_another_place_is_not_there(as_, page, trainer, hr, other_country_hr, lesotho_cohort, administrator):
    for person, status in ((trainer, 200), (hr, 200), (administrator, 200), (other_country_hr, 404)):
        assert as_(person).get(page).status_code == status
    assert as_(trainer).get(reverse("room:cohort", args=[lesotho_cohort.pk])).status_code == 404
    assert as_(trainer).get(f"{STUCK}?cohort={lesotho_cohort.pk}").status_code == 404


def test_trainer_of_another_site_sees_it_only_if_it_names_her(as_, page, cohort, join):
    join("Amina")
    elsewhere = make_person("Halima", "Juma")
    post(elsewhere, Role.TRAINER, make_site("KE-002"))
    assert as_(elsewhere).get(page).status_code == 404
    cohort.trainers.add(elsewhere)
    said = text(as_(elsewhere).get(page))
    assert "Amina Otieno" in said and "reports/people" not in said
    yesterday = timezone.localdate() - timedelta(days=1)
    elsewhere.postings.update(starts_on=yesterday, ends_on=yesterday)
    assert as_(elsewhere).get(page).status_code == 403


def test_trainer_of_one_site_sees_its_people_only(as_, page, cohort, join, site):
    other = make_site("KE-002")
    cohort.sites.add(other)
    join("Amina")
    join("Beatrice").postings.update(site=other)
    of_site = make_person("Halima", "Juma")
    post(of_site, Role.TRAINER, site)
    said = text(as_(of_site).get(page))
    assert "Amina Otieno" in said and "Beatrice Otieno" not in said and "1 person" in said


def test_nobody_enters_on_six_digits(client, trainer, page):
    sign_in(client, trainer)
    for url in (page, COHORTS):
        response = client.get(url)
        assert response.status_code == 302 and "sign-in" in response.url


# What they say --------------------------------------------------------------------------------------------------------


def test_empty_room_says_who_fills_it(as_, trainer):
    assert "No cohort yet" in text(as_(trainer).get(COHORTS))


def test_cohorts_are_running_coming_or_past(trainer, cohort, join, site):
    join("Amina", days_ago=10)
    join("Beatrice", days_ago=10, signed_in=False)
    now = timezone.now()
    found = my_cohorts(trainer, 1, now)
    assert [(row.people, row.stuck, row.new, row.steps) for row in found.running] == [(2, 1, 1, 8)]
    cohort.ends_on = timezone.localdate() - timedelta(days=1)
    cohort.save()
    assert [row.stuck for row in my_cohorts(trainer, 1, now).past] == [2]
    cohort.starts_on, cohort.ends_on = timezone.localdate() + timedelta(days=3), None
    cohort.save()
    assert [row.stuck for row in my_cohorts(trainer, 1, now).coming] == [0]


def test_grid_shows_who_is_how_far(as_, page, trainer, join, curriculum):
    amina, beatrice = join("Amina"), join("Beatrice", days_ago=9)
    for unit in (*curriculum.lessons, curriculum.quiz):
        complete_unit(amina, unit)
    complete_unit(beatrice, curriculum.lessons[0])
    said = text(as_(trainer).get(page))
    assert '<td role="cell" class="c done">Done</td>' in said
    assert '<td role="cell" class="c going">1 of 3</td>' in said
    assert "Screen for TB" in said and "Ask everyone" in said


def test_grid_sorts_and_filters(trainer, cohort, join, curriculum):
    for name, days in (("Amina", 1), ("Beatrice", 9), ("Cecilia", 12)):
        join(name, days_ago=days)
    complete_unit(cohort.enrolments.get(person__given_names="Beatrice").person, curriculum.lessons[0])
    now = timezone.now()

    def names(**asked):
        return [row.person.given_names for row in grid(trainer, cohort, now, **asked).people]

    assert names() == ["Amina", "Beatrice", "Cecilia"]
    assert names(sort="least") == ["Amina", "Cecilia", "Beatrice"]
    assert names(sort="last") == ["Amina", "Cecilia", "Beatrice"]
    assert names(sort="rubbish", only="stuck", number="x") == ["Cecilia"]


def test_who_has_left_is_counted_and_not_listed(as_, page, trainer, join):
    join("Amina").enrolments.update(closed_at=timezone.now())
    said = text(as_(trainer).get(page))
    assert "1 left" in said and "Amina" not in said


def test_stuck_offers_what_to_do(as_, trainer, hr, join):
    person = join("Amina", days_ago=12)
    person.phone = "+254711222333"
    person.save()
    reset = reverse("staff_people:reset", args=[person.pk])
    said = text(as_(trainer).get(STUCK))
    assert "No step for 12 days" in said and "tel:+254711222333" in said and reset in said
    assert "Nobody is stuck here" in text(as_(trainer).get(f"{STUCK}?why=new"))


def test_practical_is_due_once_its_theory_is_done(as_, trainer, join, curriculum, site):
    person = join("Amina")
    begin = reverse("assessments:observation-begin", args=[person.pk, curriculum.practical.translation_key])
    for unit in (*curriculum.lessons, curriculum.quiz):
        assert "Amina" not in text(as_(trainer).get(PRACTICALS))
        complete_unit(person, unit)
    said = text(as_(trainer).get(PRACTICALS))
    assert "Amina Otieno" in said and "Kisumu Clinic" in said and begin not in said
    post(trainer, Role.OBSERVER, site)
    assert begin in text(as_(trainer).get(PRACTICALS))
    assert "Amina" in text(as_(trainer).get(f"{PRACTICALS}?site={site.code}"))
    assert as_(trainer).get(f"{PRACTICALS}?site=LS-001").status_code == 404
    complete_unit(person, curriculum.practical)
    assert "Amina" not in text(as_(trainer).get(PRACTICALS))


def test_observation_left_lying_is_told(as_, trainer, observer, join, curriculum, site):
    values = {"observer": observer, "site": site, "unit_key": curriculum.practical.translation_key, "steps": []}
    begun = timezone.now() - timedelta(days=8)
    Observation.objects.create(learner=join("Amina"), title="Screen for TB", started_at=begun, **values)
    Observation.objects.create(learner=join("Beatrice"), title="Screen for TB", **values)
    said = text(as_(trainer).get(PRACTICALS))
    assert "Begun, not signed off" in said and "Amina" in said and "Beatrice" not in said


# Writing to those ticked ----------------------------------------------------------------------------------------------


def test_writing_begins_a_message_to_those_ticked(as_, trainer, join, lesotho_learner, client):
    amina = join("Amina")
    response = as_(trainer).post(WRITE, {"who": [amina.staff_number, lesotho_learner.staff_number]})
    assert response.status_code == 303
    assert Broadcast.objects.get().people == [str(amina.pk)]
    assert as_(trainer).get(WRITE).status_code == 405


def test_writing_to_nobody_says_so(as_, trainer, observer, join):
    assert "Tick the people" in text(as_(trainer).post(WRITE, follow=True))
    assert as_(observer).post(WRITE, {"who": [join("Amina").staff_number]}).status_code == 403
    assert not Broadcast.objects.exists()


# What they cost -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["cohorts", "cohort", "stuck", "practicals"])
def test_pages_ask_as_often_for_one_as_for_three(
    as_, name, cohort, trainer, join, curriculum, django_assert_num_queries, site
):
    post(trainer, Role.OBSERVER, site)
    url = reverse(f"room:{name}", args=[cohort.pk] if name == "cohort" else [])
    first = join("Amina", days_ago=9)
    for unit in (*curriculum.lessons, curriculum.quiz):
        complete_unit(first, unit)
    client = as_(trainer)
    with CaptureQueriesContext(connection) as once:
        client.get(url)
    for person in (join("Beatrice", days_ago=9), join("Cecilia", days_ago=9)):
        for unit in (*curriculum.lessons, curriculum.quiz):
            complete_unit(person, unit)
    with django_assert_num_queries(len(once)):
        client.get(url)


def test_stuck_asks_as_often_for_one_as_for_three(trainer, join, django_assert_num_queries):
    join("Amina", days_ago=9)
    with CaptureQueriesContext(connection) as once:
        waiting(trainer, timezone.now())
    join("Beatrice", days_ago=9)
    join("Cecilia", days_ago=9)
    with django_assert_num_queries(len(once)):
        found = waiting(trainer, timezone.now())
    assert len(found.people) == 3
    assert found.counts == {"all": 3, "quiet": 3, "locked": 0, "overdue": 0, "new": 0}


def test_who_has_many_sites_or_cohorts_chooses_first(as_, trainer, join, curriculum, site, cohort):
    person = join("Amina", days_ago=9)
    for unit in (*curriculum.lessons, curriculum.quiz):
        complete_unit(person, unit)
    for number in range(MANY_SITES):
        make_site(f"KE-1{number:02}")
    client = as_(trainer)
    said = text(client.get(PRACTICALS))
    assert '<select id="site"' in said and "Amina" not in said
    assert "Amina" in text(client.get(f"{PRACTICALS}?site={site.code}"))
    same = {"country": cohort.country, "programme_key": cohort.programme_key, "starts_on": cohort.starts_on}
    Cohort.objects.bulk_create(Cohort(name=f"Cohort {number}", **same) for number in range(MANY_COHORTS))
    assert "open one, then its stuck" in text(client.get(STUCK, follow=True))
    assert client.get(f"{STUCK}?cohort={cohort.pk}").status_code == 200
