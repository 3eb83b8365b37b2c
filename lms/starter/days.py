"""The demo’s trainers, and the invented cohort’s face-to-face days with who was there: for the trainer’s room."""

from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from lms.learning.attendance.services import note_attendance, save_day
from lms.learning.models import Attendance, Cohort, Day, Enrolment, Place
from lms.people.models import Role, User

State = Attendance.State
AS_OFTEN = [State.THERE] * 16 + [State.PART, State.EXCUSED, State.EXCUSED, State.ABSENT]
PLACES, LASTS = 70, timedelta(days=180)


def load_days(crowd: dict, days: list[dict]) -> int:
    """Give cohorts without a trainer their country’s, and the crowd’s cohort its days, unless it has one.

    Answers how many days are new. `days`: how many days ago, and the topic.
    """
    cohort = Cohort.objects.filter(name=crowd["cohort"]).first()
    trainer = User.objects.filter(postings__role=Role.TRAINER, country=cohort.country_id).first() if cohort else None
    if not trainer or cohort.days.exists():
        return 0
    for one in Cohort.objects.filter(trainers=None, country=cohort.country_id):
        one.trainers.add(trainer)
    cohort.capacity, cohort.ends_on = PLACES, cohort.starts_on + LASTS
    cohort.save(update_fields=["capacity", "ends_on"])
    enrolments = Enrolment.objects.filter(cohort=cohort)
    enrolments.update(opened_at=timezone.make_aware(datetime.combine(cohort.starts_on, time(9))))
    for row in days:
        _hold(cohort, row, trainer)
    _read_on(enrolments)
    return len(days)


def _hold(cohort: Cohort, row: dict, trainer: User) -> None:
    on = timezone.localdate() - timedelta(days=row["ago"])
    day = save_day(Day(cohort=cohort, on=on, topic=row["topic"], site=cohort.sites.first()), by=trainer)
    people = cohort.enrolments.order_by("person__staff_number").values_list("person", flat=True)
    states = {person: AS_OFTEN[(number * 7 + row["ago"]) % len(AS_OFTEN)] for number, person in enumerate(people)}
    note_attendance(day, states, by=trainer, seen=None)


def _read_on(enrolments: QuerySet[Enrolment]) -> None:
    """Three of four are in a lesson today; the others took no step for a week."""
    for number, enrolment in enumerate(enrolments.order_by("person__staff_number")):
        lesson = enrolment.requirements.filter(kind="lesson", completed_at=None).first()
        if lesson and number % 4:
            Place.objects.create(person_id=enrolment.person_id, unit_key=lesson.unit_key, card="", position=2, of=6)
