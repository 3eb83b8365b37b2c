"""Two records of one person become one."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from wagtail import hooks
from wagtail.models import ModelLogEntry

from assessments.models import Attempt, Observation
from certificates.models import Certificate
from lms.learning.models import Attendance, Credit, CreditSheet, Day, Enrolment
from lms.learning.services import complete_unit, enrol
from lms.people import leaving
from lms.people.merging import MergeRefused, merge
from lms.people.models import DataRequest, Merge, Role, User
from lms.people.permissions import people_visible_to, person_for
from lms.people.services import find_open_code, issue_one_time_code
from tests.factories.certificates import finish
from tests.factories.people import make_person, post, sign_in

# Who edited what, locked what, uploaded what: Wagtail's and the curriculum's own notes of authors.
AUTHORS = {"curriculum", "site_pages", "wagtail_localize", "wagtailmedia", "wagtaildocs", "wagtailimages"}
AUTHORS |= {"wagtailusers", "wagtailadmin", "wagtailcore"}
EDITED = {"locked_by", "owner"}


def join(kept, gone, by, take=()):
    row = merge(kept, gone, take=take, why="Both identity cards seen", by=by)
    for person in (kept, gone):
        person.refresh_from_db()
    return row


def ticked(enrolment):
    return set(enrolment.requirements.exclude(completed_at=None).values_list("unit_key", flat=True))


def test_every_field_that_points_to_a_person_is_moved_or_stays_for_a_reason():
    moved = {kind.path for hook in hooks.get_hooks("rows_of_person") for kind in hook()}
    stays = {path: why for hook in hooks.get_hooks("stays_with_record") for path, why in hook().items()}
    assert all(stays.values()) and not moved & stays.keys()
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and not field.many_to_many and field.related_model is User:
                edited = field.name in EDITED and hasattr(model, "locked_by")
                if model._meta.app_label not in AUTHORS and not edited:
                    found.add(f"{model._meta.label}.{field.name}")
    assert found == moved | stays.keys()


def test_the_record_that_went_leads_to_the_one_that_was_kept(client, learner, other_learner, hr):
    row = join(learner, other_learner, hr)
    assert (other_learner.merged_into, other_learner.is_active) == (learner, False)
    assert (row.kept, row.gone, row.by) == (learner, other_learner, hr)
    assert other_learner not in people_visible_to(hr) and learner in people_visible_to(hr)
    assert person_for(hr, other_learner.staff_number) == learner
    assert not other_learner.postings.not_over().exists()
    sign_in(client, other_learner)
    assert client.session["_auth_user_id"] == str(learner.pk)
    entry = ModelLogEntry.objects.get(action="people.merge")
    assert (entry.label, entry.data["gone"]) == (learner.staff_number, other_learner.staff_number)
    assert "Otieno" not in str(entry.data)


def test_a_slip_for_the_old_number_still_opens_the_door(learner, other_learner, hr):
    digits = issue_one_time_code(other_learner, hr).replace("-", "")
    join(learner, other_learner, hr)
    assert find_open_code(learner.staff_number, digits).person == learner


def test_values_are_chosen_and_gaps_are_filled(learner, other_learner, hr):
    User.objects.filter(pk=learner.pk).update(phone="+254712345678", birth_year=1990)
    User.objects.filter(pk=other_learner.pk).update(phone="+254712345679", birth_year=1991, job="Mentor", hr_number="7")
    join(learner, other_learner, hr, take=["name", "phone"])
    assert (learner.family_name, str(learner.phone)) == ("Wanjiru", "+254712345679")
    assert (learner.birth_year, learner.job, learner.hr_number) == (1990, "Mentor", "7")


def test_a_second_press_finds_the_first_merge(learner, other_learner, hr):
    assert join(learner, other_learner, hr) == join(learner, other_learner, hr)
    assert Merge.objects.count() == 1


def test_what_is_open_in_both_goes_on_once_with_the_ticks_of_both(learner, other_learner, hr, curriculum):
    one, two = enrol(learner, curriculum.programme), enrol(other_learner, curriculum.programme)
    complete_unit(learner, curriculum.lessons[0])
    complete_unit(other_learner, curriculum.lessons[0])
    complete_unit(other_learner, curriculum.lessons[1])
    join(learner, other_learner, hr)
    one.refresh_from_db()
    two.refresh_from_db()
    assert ticked(one) == {lesson.translation_key for lesson in curriculum.lessons}
    assert one.done_count == 2 and learner.enrolments.get() == one
    assert two.closed_reason and two.person == other_learner
    cycles = learner.completions.filter(unit_key=curriculum.lessons[0].translation_key).values_list("cycle", flat=True)
    assert sorted(cycles) == [1, 2]


def test_what_both_together_have_done_completes_the_programme(learner, other_learner, hr, curriculum):
    enrolment = enrol(learner, curriculum.programme)
    enrol(other_learner, curriculum.programme)
    for unit in curriculum.lessons:
        complete_unit(learner, unit)
    for unit in (curriculum.quiz, curriculum.practical):
        complete_unit(other_learner, unit)
    join(learner, other_learner, hr)
    enrolment.refresh_from_db()
    assert enrolment.completed_at and Certificate.objects.get().holder == learner


def test_both_certificates_stay(learner, other_learner, hr, curriculum):
    one, two = finish(learner, curriculum), finish(other_learner, curriculum)
    join(learner, other_learner, hr)
    assert set(learner.certificates.values_list("pk", flat=True)) == {one.pk, two.pk}
    assert sorted(learner.enrolments.values_list("cycle", flat=True)) == [1, 2]
    assert learner.completions.count() == 8


@pytest.mark.parametrize("finished", ["kept", "gone"])
def test_who_finished_under_one_number_is_not_awarded_again(learner, other_learner, hr, curriculum, finished):
    under_way, done = (other_learner, learner) if finished == "kept" else (learner, other_learner)
    enrolment = enrol(under_way, curriculum.programme)
    finish(done, curriculum)
    join(learner, other_learner, hr)
    enrolment.refresh_from_db()
    assert enrolment.closed_at and not enrolment.completed_at
    assert learner.certificates.count() == 1


def test_a_renewal_under_the_other_number_takes_nothing_from_before(learner, other_learner, hr, curriculum):
    finish(other_learner, curriculum)
    long_ago = timezone.now() - timedelta(days=200)
    Enrolment.objects.filter(person=other_learner).update(opened_at=long_ago, completed_at=long_ago)
    other_learner.completions.update(completed_at=long_ago)
    renewal = enrol(learner, curriculum.programme)
    join(learner, other_learner, hr)
    renewal.refresh_from_db()
    assert (renewal.done_count, renewal.closed_at) == (0, None)


def make_attempt(person, number=1, cycle=1, **fields):
    given = {"title": "Quiz", "purpose": "certifying", "language": "en", "country_code": "KE", "pass_mark": 80}
    given |= {"unit_key": "00000000-0000-4000-8000-000000000001", "paper": [], "key": {}}
    return Attempt.objects.create(person=person, number=number, cycle=cycle, **(given | fields))


def test_tries_are_counted_on_and_an_unfinished_twin_stays(learner, other_learner, hr):
    now = timezone.now()
    make_attempt(learner, 1, handed_in_at=now, score=1)
    mine = make_attempt(learner, 2)
    first = make_attempt(other_learner, 1, handed_in_at=now, score=2)
    unfinished = make_attempt(other_learner, 2)
    join(learner, other_learner, hr)
    for attempt in (first, unfinished, mine):
        attempt.refresh_from_db()
    assert (first.person, first.number) == (learner, 3)
    assert (unfinished.person, mine.person) == (other_learner, learner)


def make_observation(learner, observer, site, **fields):
    given = {"title": "Screen", "statement": "Screens", "language": "en", "steps": []}
    key = "00000000-0000-4000-8000-000000000002"
    return Observation.objects.create(learner=learner, observer=observer, site=site, unit_key=key, **(given | fields))


def test_practicals_move_and_a_second_open_sheet_stays(learner, other_learner, observer, site, hr):
    signed = make_observation(other_learner, observer, site, signed_at=timezone.now(), competent=True)
    make_observation(learner, observer, site)
    draft = make_observation(other_learner, observer, site)
    join(learner, other_learner, hr)
    signed.refresh_from_db()
    draft.refresh_from_db()
    assert (signed.learner, draft.learner) == (learner, other_learner)


def test_who_watched_the_other_is_not_the_other(learner, observer, site, hr):
    make_observation(learner, observer, site)
    with pytest.raises(MergeRefused):
        join(learner, observer, hr)
    observer.refresh_from_db()
    assert observer.is_active and not Merge.objects.exists()


def test_credits_and_face_to_face_days_move_where_there_is_room(learner, other_learner, hr, kenya, curriculum):
    from_key = {"target_key": curriculum.module.translation_key, "title": "TB", "provider": "MoH", "evidence": "Paper"}
    days = {"done_on": "2026-01-10", "valid_until": "2027-01-10"}
    sheet = CreditSheet.objects.create(country=kenya)
    for person in (learner, other_learner):
        Credit.objects.create(person=person, sheet=sheet, **from_key, **days)
    key = curriculum.programme.translation_key
    cohort = kenya.cohorts.create(name="March", programme_key=key, starts_on="2026-03-01")
    shared, hers = (Day.objects.create(cohort=cohort, on="2026-03-02", topic=topic) for topic in ("One", "Two"))
    for day, person in ((shared, learner), (shared, other_learner), (hers, other_learner)):
        Attendance.objects.create(day=day, person=person, state="there")
    join(learner, other_learner, hr)
    assert learner.credits.count() == other_learner.credits.count() == 1
    assert learner.attendances.count() == 2


def test_who_left_and_was_made_anew_has_come_back(learner, other_learner, hr):
    past = timezone.localdate() - timedelta(days=90)
    learner.postings.update(starts_on=past - timedelta(days=90))
    departure = leaving.leave(learner, left_on=past, reason="resigned", by=hr)
    join(learner, other_learner, hr)
    departure.refresh_from_db()
    assert learner.is_active and departure.rejoined_on == timezone.localdate()


def test_the_same_wish_stays_open_once_in_both_her_words(learner, other_learner, hr):
    for person, words in ((learner, "My name"), (other_learner, "My phone")):
        DataRequest.objects.create(person=person, kind="correct", words=words)
    join(learner, other_learner, hr)
    assert learner.data_requests.get(withdrawn_at=None).words == "My name\nMy phone"


def test_staff_are_merged_by_administrators_only(learner, hr, administrator, site):
    staff = make_person("Amina", "Otieno")
    post(staff, Role.TRAINER)
    with pytest.raises(MergeRefused):
        join(learner, staff, hr)
    join(learner, staff, administrator)
    assert set(learner.groups.values_list("name", flat=True)) == {"Trainers"} and not staff.groups.exists()


@pytest.mark.parametrize("who", ["herself", "another country"])
def test_not_every_two_records_are_merged(learner, lesotho_learner, hr, who):
    with pytest.raises(MergeRefused):
        join(learner, learner if who == "herself" else lesotho_learner, hr)


def test_a_merge_after_a_merge_leads_to_the_last(learner, other_learner, hr, site):
    third = make_person("Amina", "Otieno")
    join(other_learner, third, hr)
    join(learner, other_learner, hr)
    third.refresh_from_db()
    assert third.merged_into == learner
    assert learner.merges.count() == 2
