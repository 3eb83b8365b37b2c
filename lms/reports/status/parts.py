"""What stood on a day: enrolments, certificates, places, results to learn again. Each is a query of plain columns."""

from datetime import date, datetime

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce

from certificates.models import Certificate
from lms.learning.models import Completion, Enrolment
from lms.people.models import Posting, Role, User
from lms.people.permissions import keys_visible_to

from .. import states


def people(user: User) -> QuerySet:
    """Whom this user may see today, with where she belongs if she was posted nowhere."""
    standing = User.objects.filter(merged_into=None, erased_at=None)
    seen = standing if user.is_superuser else standing.filter(pk__in=keys_visible_to(user))
    return seen.order_by().values("id", "country_id", "job")


def enrolments(on: date) -> QuerySet:
    """The last cycle of each programme of each person; `due` where it was open that day and has a last day."""
    until = states.end_of(on)
    same = {"person": OuterRef("person"), "programme_key": OuterRef("programme_key")}
    later = Enrolment.objects.filter(cycle__gt=1, opened_at__lt=until, **same).filter(cycle__gt=OuterRef("cycle"))
    return (
        Enrolment.objects.filter(~Exists(later), opened_at__lt=until)
        .order_by()
        .annotate(alone=states.of_enrolment_alone(on), due=due(until))
        .values("id", "person_id", "programme_key", "cohort_id", "alone", "due")
    )


def due(until: datetime) -> Case:
    """Her own day, else the cohort's; none where she was through or had left."""
    still_open = (Q(completed_at=None) | Q(completed_at__gte=until)) & (Q(closed_at=None) | Q(closed_at__gte=until))
    return Case(When(still_open, then=Coalesce("due_on", "cohort__ends_on")))


def certificates(on: date) -> QuerySet:
    """One for each person and programme: the newest that was valid, else the newest that stood."""
    standing = Certificate.objects.filter(states.standing_on(on)).annotate(holds=states.holds_on(on))
    later = Q(awarded_on__gt=OuterRef("awarded_on")) | Q(awarded_on=OuterRef("awarded_on"), pk__gt=OuterRef("pk"))
    better = standing.filter(holder=OuterRef("holder"), programme_key=OuterRef("programme_key")).filter(
        Q(holds__gt=OuterRef("holds")) | Q(later, holds=OuterRef("holds"))
    )
    rows = states.of_certificates(standing.filter(~Exists(better)), on).order_by()
    return rows.values("holder_id", "programme_key", "state", "valid_until")


def places(on: date) -> QuerySet:
    """Where a person learned: her learner's posting of that day, the last begun of several."""
    postings = Posting.objects.current(on).filter(role=Role.LEARNER)
    columns = ("person_id", "country_id", "site_id")
    if connection.features.can_distinct_on_fields:
        return postings.order_by("person_id", "-starts_on", "-pk").distinct("person_id").values(*columns)
    newer = postings.filter(person=OuterRef("person")).filter(
        Q(starts_on__gt=OuterRef("starts_on")) | Q(starts_on=OuterRef("starts_on"), pk__gt=OuterRef("pk"))
    )
    return postings.filter(~Exists(newer)).order_by().values(*columns)


def to_learn_again(on: date) -> QuerySet:
    """Enrolments that require a unit whose result no longer stood, and that was not completed again by then."""
    until = states.end_of(on)
    again = Completion.objects.filter(
        person=OuterRef("person"), unit_key=OuterRef("unit_key"), completed_at__gt=OuterRef("flagged_at")
    ).filter(Q(flagged_at=None) | Q(flagged_at__gte=until), completed_at__lt=until)
    flagged = Completion.objects.filter(~Exists(again), flagged_at__lt=until)
    return (
        flagged.filter(
            person__enrolments__requirements__unit_key=F("unit_key"), person__enrolments__requirements__required=True
        )
        .order_by()
        .values(enrolment_id=F("person__enrolments__id"))
        .distinct()
    )
