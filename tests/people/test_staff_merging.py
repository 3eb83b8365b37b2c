"""Likely doubles, choosing the second record, comparing and merging in the admin."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.people.models import Merge, User
from tests.factories.people import make_person

DOUBLES = "/cms/people-doubles/"


def url(name, *args):
    return reverse(f"staff_people:{name}", args=args)


def alike(*people, **fields):
    User.objects.filter(pk__in=[person.pk for person in people]).update(**fields)


def test_doubles_costs_the_same_for_one_and_three(as_hr, site):
    costs = []
    for index in range(3):
        alike(make_person("Nia", f"A{index}"), make_person("Nia", f"B{index}"), phone=f"+25471234567{index}")
        with CaptureQueriesContext(connection) as counted:
            assert as_hr.get(DOUBLES).content.decode().count("Same phone") == index + 1
        costs.append(len(counted))
    assert costs[0] >= costs[1] == costs[2]  # the first page also warms caches


def test_doubles_are_alike_in_phone_number_or_name_and_birth_year(as_hr, site):
    one, two = make_person("Nia", "Auma", birth_year=1990), make_person("NIA", "auma", birth_year=1990)
    make_person("Nia", "Auma", birth_year=1991)
    alike(make_person("A", "B"), make_person("C", "D"), hr_number="HR-7")
    page = as_hr.get(DOUBLES).content.decode()
    assert "Same name and birth year" in page and "Same HR number" in page and "Same phone" not in page
    assert url("merge-compare", one.pk, two.pk) in page


def test_doubles_are_for_those_who_keep_records(as_trainer):
    assert as_trainer.get(DOUBLES).url == "/cms/"


def test_the_second_record_is_likely_or_found_by_words_that_stand_in_no_address(as_hr, learner, other_learner):
    near = make_person("Amina", "Otienno")
    page = as_hr.get(url("merge", learner.pk)).content.decode()
    assert near.staff_number in page and other_learner.staff_number not in page
    found = as_hr.post(url("merge", learner.pk), {"find": "wanjiru"})
    assert found.status_code == 200 and other_learner.staff_number in found.content.decode()


def test_comparing_shows_both_and_merging_needs_a_reason(as_hr, hr, learner, other_learner):
    page = url("merge-compare", learner.pk, other_learner.pk)
    shown = as_hr.get(page).content.decode()
    assert learner.staff_number in shown and "Nothing undoes a merge." in shown and "Wanjiru" in shown
    data = {"keep": str(learner.pk), "name": str(other_learner.pk), "secret": str(learner.pk)}
    assert as_hr.post(page, data | {"why": "sure"}).status_code == 200
    assert not Merge.objects.exists()
    for _ in range(2):
        done = as_hr.post(page, data | {"why": "Both identity cards seen on 3 May."})
        assert done.url == url("show", learner.pk)
    merge = Merge.objects.get()
    assert (merge.kept, merge.gone, merge.by) == (learner, other_learner, hr)
    learner.refresh_from_db()
    assert learner.family_name == "Wanjiru"


def test_who_may_not_change_both_does_not_merge(client, hr, trainer, learner, lesotho_learner, other_country_hr):
    pages = [url("merge", learner.pk), url("merge-compare", learner.pk, lesotho_learner.pk)]
    client.force_login(other_country_hr)
    assert [client.get(page).status_code for page in pages] == [404, 404]
    client.force_login(trainer)
    assert client.get(pages[0]).url == "/cms/"
    client.force_login(hr)
    assert client.get(pages[1]).status_code == 404
    assert client.get(url("merge-compare", learner.pk, learner.pk)).status_code == 404
    assert client.put(pages[0]).status_code == 405
    client.logout()
    assert "login" in client.get(pages[0]).url


def test_staff_cannot_be_merged_by_hr(as_hr, learner, observer, trainer):
    alike(learner, observer, phone="+254712345678")
    assert as_hr.get(url("merge-compare", learner.pk, observer.pk)).status_code == 200
    assert as_hr.get(url("merge-compare", learner.pk, trainer.pk)).url == "/cms/"
