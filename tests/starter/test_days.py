"""The demo’s face-to-face days: made once, with a trainer and with who was there."""

from datetime import timedelta

from django.utils import timezone

from lms.learning.models import Attendance, Cohort, Day, Place
from lms.learning.services import enrol
from lms.starter.days import load_days

DAYS = [{"ago": 14, "topic": "Welcome"}, {"ago": 1, "topic": "Talking about TB"}]


def test_days_are_made_once(curriculum, site, learner, other_learner, trainer):
    first = timezone.localdate() - timedelta(days=30)
    key = curriculum.programme.translation_key
    cohort = Cohort.objects.create(name="Crowd", country=site.country, programme_key=key, starts_on=first)
    cohort.sites.add(site)
    for person in (learner, other_learner):
        enrol(person, curriculum.programme, cohort=cohort)
    assert load_days({"cohort": "Crowd"}, DAYS) == 2
    made = [list(model.objects.order_by("pk").values()) for model in (Cohort, Day, Attendance, Place)]
    assert list(cohort.trainers.all()) == [trainer]
    assert (Attendance.objects.count(), Place.objects.count()) == (4, 1)
    assert load_days({"cohort": "Crowd"}, DAYS) == 0
    assert [list(model.objects.order_by("pk").values()) for model in (Cohort, Day, Attendance, Place)] == made


def test_no_days_without_a_cohort_or_a_trainer(site, curriculum):
    assert load_days({"cohort": "Crowd"}, DAYS) == 0
    key = curriculum.programme.translation_key
    Cohort.objects.create(
        name="Crowd", country=site.country, programme_key=key, starts_on=timezone.localdate() - timedelta(days=30)
    )
    assert load_days({"cohort": "Crowd"}, DAYS) == 0
