"""A cohort is closed: today is its last day, and who is not done may be taken out of the programme with it."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from lms.people.models import User

from ..enrolling import close_enrolment
from ..models import Cohort, Enrolment


class NotBegun(Exception):
    """Its first day is still to come."""


@transaction.atomic
def close_cohort(cohort: Cohort, *, by: User, reason: str = "") -> int:
    """End a cohort today; a day that is over stays its last. With a reason, open enrolments are closed for it.

    Returns how many were. Idempotent. Raises NotBegun.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    today = timezone.localdate()
    if cohort.starts_on > today:
        raise NotBegun
    if cohort.ends_on is None or cohort.ends_on > today:
        cohort.ends_on = today
        cohort.save(update_fields=["ends_on"])
    rows = list(Enrolment.objects.open().filter(cohort=cohort).order_by("pk")) if reason else []
    for row in rows:
        close_enrolment(row, reason, by)
    log(cohort, "learning.close_cohort", user=by, title=str(cohort.pk), data={"closed": len(rows)})
    return len(rows)
