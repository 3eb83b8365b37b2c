"""Noting who was there: once, by two at a time, and later again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.learning.attendance.services import DayThereAlready, delete_day, note_attendance, save_day
from lms.learning.models import Attendance, Day

pytestmark = pytest.mark.django_db
State = Attendance.State


def states(day) -> dict:
    return dict(day.attendances.values_list("person", "state"))


def newest(day):
    return max(day.attendances.values_list("noted_at", flat=True))


def logged(action: str):
    return ModelLogEntry.objects.filter(action=action)


def test_noting_twice_changes_nothing(day, learner, other_learner, trainer):
    wanted = {learner.pk: State.THERE, other_learner.pk: State.EXCUSED}
    assert len(note_attendance(day, wanted, by=trainer, seen=None).new) == 2
    again = note_attendance(day, wanted, by=trainer, seen=None)
    assert (again.new, again.changed, again.kept) == ([], [], [])
    assert states(day) == wanted
    assert logged("learning.note_attendance").count() == 1


def test_change_is_kept_in_the_log_by_staff_number(day, learner, trainer):
    note_attendance(day, {learner.pk: State.ABSENT}, by=trainer, seen=None)
    noted = note_attendance(day, {learner.pk: State.PART}, by=trainer, seen=newest(day))
    assert [row.person for row in noted.changed] == [learner]
    entry = logged("learning.note_attendance").latest("timestamp")
    assert (entry.data["from"], entry.data["to"]) == (
        {learner.staff_number: "absent"},
        {learner.staff_number: "part"},
    )
    assert learner.family_name not in str(entry.data) + entry.label and entry.user == trainer


def test_two_at_once_do_not_write_over_each_other(day, learner, other_learner, trainer, hr):
    """Both opened the page before anything was noted."""
    note_attendance(day, {learner.pk: State.THERE}, by=trainer, seen=None)
    noted = note_attendance(day, {learner.pk: State.ABSENT, other_learner.pk: State.THERE}, by=hr, seen=None)
    assert [row.person for row in noted.kept] == [learner]
    assert states(day) == {learner.pk: State.THERE, other_learner.pk: State.THERE}
    seen = newest(day)
    assert note_attendance(day, {learner.pk: State.ABSENT}, by=hr, seen=seen).kept == []
    assert states(day)[learner.pk] == State.ABSENT


def test_old_page_of_ones_own_writes_over_ones_own(day, learner, trainer):
    note_attendance(day, {learner.pk: State.THERE}, by=trainer, seen=None)
    note_attendance(day, {learner.pk: State.ABSENT}, by=trainer, seen=None)
    assert states(day) == {learner.pk: State.ABSENT}


def test_day_is_there_once(day, cohort, trainer):
    same = Day(cohort=cohort, on=day.on, topic=day.topic)
    with pytest.raises(DayThereAlready):
        save_day(same, by=trainer)
    assert save_day(Day(cohort=cohort, on=day.on, topic="Another"), by=trainer).pk
    day.on = timezone.localdate() - timedelta(days=1)
    save_day(day, by=trainer)
    assert logged("learning.edit_day").count() == logged("learning.add_day").count() == 1


def test_deleted_day_leaves_what_was_noted_in_the_log(day, learner, trainer):
    note_attendance(day, {learner.pk: State.THERE}, by=trainer, seen=None)
    delete_day(day, by=trainer)
    assert not Attendance.objects.exists()
    assert logged("learning.delete_day").get().data["noted"] == {learner.staff_number: "there"}
