"""Enrolling, moving and closing many: who can, who cannot and why, before and at execution."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.learning.models import Cohort, Enrolment
from lms.learning.services import enrol
from lms.people import selections
from lms.people.bulk import views
from lms.people.bulk.tasks import carry_out_selection
from lms.people.models import Selection


@pytest.fixture
def cohort(site, curriculum):
    return Cohort.objects.create(
        name="Kisumu 2026",
        country=site.country,
        programme_key=curriculum.programme.translation_key,
        starts_on=timezone.localdate(),
    )


@pytest.fixture
def as_hr(client, hr):
    client.force_login(hr)
    return client


def page(selection, name):
    return reverse("staff_bulk:confirm", args=[selection.pk, name])


def of_people(by, *people):
    return selections.pick(by, "staff_people:index", [(person.pk, person.pk) for person in people])


def of_rows(by, *rows):
    return selections.pick(by, "reports:people", [(row.person_id, row.pk) for row in rows])


def test_form_comes_before_the_numbers(as_hr, hr, learner, curriculum, cohort):
    selection = of_people(hr, learner)
    assert "form" in as_hr.get(page(selection, "enrol")).context
    cohort.programme_key = learner.pk
    cohort.save()
    wrong = as_hr.get(page(selection, "enrol"), {"programme": curriculum.programme.pk, "cohort": cohort.pk})
    assert "another programme" in wrong.text
    assert as_hr.post(page(selection, "enrol"), {}).status_code == 200
    assert not Enrolment.objects.exists()


def test_who_cannot_be_enrolled_is_named_and_the_others_are_enrolled_once(
    as_hr, hr, learner, other_learner, lesotho_learner, curriculum, cohort
):
    enrol(other_learner, curriculum.programme)
    selection = of_people(hr, learner, other_learner, lesotho_learner)
    choices = {"programme": curriculum.programme.pk, "cohort": cohort.pk}
    outlook = as_hr.get(page(selection, "enrol"), choices).context["outlook"]
    assert (outlook.can, outlook.more) == (1, 1)
    assert outlook.cannot == [(other_learner, "Enrolled already.")]
    done = as_hr.post(page(selection, "enrol"), choices, follow=True)
    assert (done.context["done"], done.context["refused"].paginator.count) == (1, 2)
    assert learner.enrolments.get().cohort == cohort
    assert not lesotho_learner.enrolments.exists()
    as_hr.post(page(selection, "enrol"), choices)
    assert learner.enrolments.count() == 1


def test_full_cohort_takes_the_first(as_hr, hr, learner, other_learner, curriculum, cohort):
    Cohort.objects.update(capacity=1)
    selection = of_people(hr, learner, other_learner)
    choices = {"programme": curriculum.programme.pk, "cohort": cohort.pk}
    outlook = as_hr.get(page(selection, "enrol"), choices).context["outlook"]
    assert outlook.can == 1 and outlook.cannot[0][1] == "The cohort is full."
    as_hr.post(page(selection, "enrol"), choices)
    assert Enrolment.objects.count() == 1
    assert Selection.objects.get().picked.refused().get().why == "The cohort is full."


def test_many_are_done_by_a_task(as_hr, hr, learner, other_learner, curriculum, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 1)
    selection = of_people(hr, learner, other_learner)
    answer = as_hr.post(page(selection, "enrol"), {"programme": curriculum.programme.pk}, follow=True)
    assert "so far" in answer.text and not Enrolment.objects.exists()
    task = DBTaskResult.objects.get(task_path__endswith="carry_out_selection")
    for _twice in range(2):
        carry_out_selection.call(*task.args_kwargs["args"])
    assert Enrolment.objects.count() == 2
    result = as_hr.get(reverse("staff_bulk:result", args=[selection.pk]))
    assert result.context["done"] == 2


def test_move_and_close_refuse_what_is_over(as_hr, hr, learner, other_learner, curriculum, cohort):
    stays, goes = enrol(other_learner, curriculum.programme), enrol(learner, curriculum.programme)
    Enrolment.objects.filter(pk=stays.pk).update(closed_at=timezone.now())
    as_hr.post(page(of_rows(hr, stays, goes), "move"), {"cohort": cohort.pk})
    assert list(cohort.enrolments.all()) == [goes]
    closing = of_rows(hr, stays, goes)
    assert '<form method="post"' in as_hr.get(page(closing, "close")).text  # a reason stands in no address
    outlook = as_hr.post(page(closing, "close"), {"reason": "Moved away", "look": "1"}).context["outlook"]
    assert learner.enrolments.open().exists()
    assert outlook.cannot == [(other_learner, "Closed already.")]
    as_hr.post(page(closing, "close"), {"reason": "Moved away"})
    goes.refresh_from_db()
    assert goes.closed_reason == "Moved away"


def test_nobody_changes_her_own(as_hr, hr, curriculum):
    row = enrol(hr, curriculum.programme)
    as_hr.post(page(of_rows(hr, row), "close"), {"reason": "x"})
    row.refresh_from_db()
    assert row.closed_at is None


def test_rows_of_another_country_are_left_alone(client, other_country_hr, learner, curriculum):
    row = enrol(learner, curriculum.programme)
    client.force_login(other_country_hr)
    client.post(page(of_rows(other_country_hr, row), "close"), {"reason": "x"})
    row.refresh_from_db()
    assert row.closed_at is None
    assert Selection.objects.get().picked.get().why == "Not in your places any more."


def test_numbers_take_the_same_queries_for_any_number(as_hr, hr, learner, other_learner, site, curriculum, cohort):
    choices = {"programme": curriculum.programme.pk, "cohort": cohort.pk}
    taken = []
    for people in ([learner], [learner, other_learner, hr]):
        selection = of_people(hr, *people)
        as_hr.get(page(selection, "enrol"), choices)
        with CaptureQueriesContext(connection) as queries:
            as_hr.get(page(selection, "enrol"), choices)
        taken.append(len(queries))
    assert taken[0] == taken[1]
