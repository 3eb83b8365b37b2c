"""A sheet becomes people once, or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from curriculum.models import ProgrammePage
from lms.learning.intake import carrying, queries, services
from lms.learning.intake.checking import review
from lms.learning.intake.services import start_intake
from lms.learning.models import Cohort, Enrolment, Intake
from lms.people.models import Posting, Role, User
from tests.factories.content import make_programme, row
from tests.factories.people import make_person, make_site

from .intakes import carried_out, make_intake, many, sheet


@pytest.fixture
def intake(curriculum, site, hr):
    return make_intake(curriculum, site, hr, sheet("Grace,Otieno,,0712345678", "Amina,Juma", ",Nobody"))


@pytest.fixture
def made(intake, hr):
    return carried_out(intake, hr)


def start(intake, by, **options) -> str:
    expected = review(intake, by).digest
    start_intake(intake, by=by, expected=expected, **options)
    return expected


def failed(intake) -> str:
    """The sentence of one that was not carried out, and that nothing was left behind."""
    intake.refresh_from_db()
    assert intake.state == Intake.State.FAILED
    assert not User.objects.filter(family_name__in=["Otieno", "Juma"]).exists()
    return intake.error


def test_commit_makes_people_postings_cohort_and_enrolments(made, site, curriculum):
    grace, amina = queries.people_of(made)
    assert (grace.get_full_name(), str(grace.phone), grace.country) == ("Grace Otieno", "+254712345678", site.country)
    assert grace.postings.get().role == Role.LEARNER
    assert amina.postings.get().site == site
    enrolment = grace.enrolments.get()
    assert (enrolment.cohort, enrolment.programme_key) == (made.cohort, curriculum.programme.translation_key)
    assert enrolment.requirements.filter(required=True).count() == enrolment.required_count > 0
    assert (made.cohort.name, list(made.cohort.sites.all())) == ("Kisumu 2026", [site])


def test_commit_keeps_only_which_row_became_whom(made):
    assert (made.state, made.lines, made.columns, made.decisions) == (Intake.State.DONE, [], {}, {})
    assert [row["line"] for row in made.rows] == [2, 3, 4]
    assert made.rows[2] == {"line": 4, "person": None}
    assert "Grace" not in str(made.rows)


def test_commit_gives_nobody_a_secret_and_logs_each_person_by_number(made, hr):
    people = queries.people_of(made)
    assert not any(person.has_usable_password() for person in people)
    for person in people:
        entries = ModelLogEntry.objects.filter(object_id=str(person.pk), user=hr, label=person.staff_number)
        assert set(entries.values_list("action", flat=True)) == {"wagtail.create", "people.post"}


def test_second_start_and_second_task_change_nothing(intake, hr):
    expected = start(intake, hr)
    with pytest.raises(services.AlreadyStarted):
        start_intake(intake, by=hr, expected=expected)
    assert carrying.carry_out(intake.pk, hr.pk, expected)
    before = (User.objects.count(), Enrolment.objects.count(), Posting.objects.count())
    assert not carrying.carry_out(intake.pk, hr.pk, expected)
    assert (User.objects.count(), Enrolment.objects.count(), Posting.objects.count()) == before


def test_start_refuses_what_she_did_not_see(intake, hr):
    with pytest.raises(services.NotStarted, match="The list changed"):
        start_intake(intake, by=hr, expected="x")
    intake.refresh_from_db()
    assert intake.state == Intake.State.DRAFT


def test_start_refuses_a_sheet_without_good_rows(curriculum, site, hr):
    with pytest.raises(services.NotStarted):
        start(make_intake(curriculum, site, hr, sheet(",Nobody")), hr)


def test_commit_refuses_when_a_recruit_became_known_meanwhile(intake, hr):
    expected = start(intake, hr)
    make_person("Somebody", "Else", phone="+254712345678")
    carrying.carry_out(intake.pk, hr.pk, expected)
    assert "The list changed" in failed(intake)


def test_commit_refuses_a_programme_that_is_gone(intake, hr):
    expected = start(intake, hr)
    ProgrammePage.objects.update(live=False)
    carrying.carry_out(intake.pk, hr.pk, expected)
    assert "no longer there" in failed(intake)


def test_commit_refuses_a_programme_that_now_comes_after_another(intake, curriculum, hr):
    first = make_programme(curriculum.home, [row(curriculum.lessons[0])], title="First", code="first")
    value = {"programme": first.pk, "how_far": "completed"}
    expected = start(intake, hr)
    curriculum.programme.firsts = [{"type": "first", "id": str(uuid4()), "value": value}]
    curriculum.programme.save()
    carrying.carry_out(intake.pk, hr.pk, expected)
    assert "comes after another" in failed(intake)


def test_commit_refuses_a_cohort_of_another_programme(intake, hr):
    expected = start(intake, hr)
    Cohort.objects.create(
        country=intake.country, name=intake.cohort_name, programme_key=uuid4(), starts_on=intake.starts_on
    )
    carrying.carry_out(intake.pk, hr.pk, expected)
    assert "another programme" in failed(intake)


def test_commit_is_all_or_nothing_and_may_be_tried_again(intake, hr, monkeypatch):
    def stumble(*args, **kwargs):
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(carrying, "enrol_many", stumble)
        expected = start(intake, hr)
        carrying.carry_out(intake.pk, hr.pk, expected)
    assert "could not be carried out" in failed(intake)
    assert not Cohort.objects.exists()
    assert carried_out(intake, hr).state == Intake.State.DONE


def test_known_person_is_enrolled_and_only_what_was_empty_is_filled(curriculum, site, hr):
    known = make_person("Grace", "Otieno", phone="+254712345678", birth_year=1990)
    intake = make_intake(curriculum, site, hr, sheet("Gracie,Otieno,,0712345678,,f,1994,,HR-1"))
    services.decide(intake, {2: str(known.pk)})
    intake.refresh_from_db()
    made = carried_out(intake, hr)
    known.refresh_from_db()
    assert (known.given_names, known.birth_year, known.sex, known.hr_number) == ("Grace", 1990, "f", "HR-1")
    assert queries.people_of(made) == [known]
    assert (known.enrolments.get().cohort, known.postings.get().site) == (made.cohort, site)


def test_full_cohort_takes_more_only_where_somebody_saw_it(intake, curriculum, hr):
    Cohort.objects.create(
        country=intake.country,
        name=intake.cohort_name,
        programme_key=curriculum.programme.translation_key,
        starts_on=intake.starts_on,
        capacity=1,
    )
    assert services.places_missing(intake, review(intake, hr)) == 1
    with pytest.raises(services.NotStarted, match="fewer places"):
        start(intake, hr)
    assert carried_out(intake, hr, beyond_capacity=True).cohort.enrolments.count() == 2


def test_mended_sheet_joins_the_cohort(made, curriculum, site, hr):
    other = make_site("KE-002")
    second = carried_out(make_intake(curriculum, site, hr, sheet("Wambui,Nobody,KE-002")), hr)
    assert second.cohort == made.cohort
    assert set(second.cohort.sites.all()) == {site, other}
    assert made.cohort.enrolments.count() == 3


def test_tick_starts_what_a_kill_left_once_more(intake, hr):
    start(intake, hr)
    tasks = DBTaskResult.objects.filter(task_path=carrying.carry_out_intake.module_path)
    carrying.resume_intakes()
    assert tasks.count() == 1  # its task waits
    long_ago = timezone.now() - timedelta(minutes=6)
    tasks.update(status="RUNNING", started_at=long_ago, enqueued_at=long_ago)
    carrying.resume_intakes()
    carrying.resume_intakes()
    assert tasks.count() == 2
    args = tasks.latest("enqueued_at").args_kwargs["args"]
    assert carrying.carry_out_intake.func(*args)
    intake.refresh_from_db()
    assert intake.state == Intake.State.DONE


def test_tick_gives_up_what_was_cut_off_again_and_again(intake, hr):
    start(intake, hr)
    tasks = DBTaskResult.objects.filter(task_path=carrying.carry_out_intake.module_path)
    for _ in range(3):
        long_ago = timezone.now() - timedelta(minutes=6)
        tasks.update(status="RUNNING", started_at=long_ago, enqueued_at=long_ago)
        carrying.resume_intakes()
    assert "cut off" in failed(intake)


def test_writing_asks_the_database_the_same_for_any_number_of_rows(curriculum, site, hr):
    asked = []
    for count in (1, 2, 12):  # the first one fills the caches of content types and locales
        intake = make_intake(curriculum, site, hr, many(count), cohort_name=f"Of {count}")
        User.objects.filter(family_name="Otieno").update(phone="", hr_number="", birth_year=None)
        with CaptureQueriesContext(connection) as run:
            carried_out(intake, hr)
        asked.append(len(run))
    assert asked[1] == asked[2]


def test_old_sheets_that_nobody_committed_are_forgotten(intake, curriculum, site, hr):
    fresh = make_intake(curriculum, site, hr, sheet("Amina,Juma"))
    committed = carried_out(make_intake(curriculum, site, hr, sheet("Zuhura,Ali")), hr)
    long_ago = timezone.now() - timedelta(days=15)
    Intake.objects.filter(pk__in=[intake.pk, committed.pk]).update(uploaded_at=long_ago)
    assert services.forget_old_intakes() == 1
    assert set(Intake.objects.all()) == {fresh, committed}


def test_sheet_started_by_somebody_else_is_not_thrown_away(intake, made):
    assert not services.discard_intake(intake)
    assert Intake.objects.filter(pk=made.pk).exists()


def test_sheets_are_looked_at_under_a_lock_before_they_go(intake):
    with CaptureQueriesContext(connection) as queries_run:
        assert services.discard_intake(intake)
    first = next(query["sql"] for query in queries_run if "learning_intake" in query["sql"])
    assert first.startswith("SELECT") and ("FOR UPDATE" in first or connection.vendor == "sqlite")
