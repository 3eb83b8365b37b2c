"""The days of a cohort, who belongs to a day, and how often somebody was there. A fixed number of queries each."""

from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from lms.people.models import Posting, Role, User

from ..models import Attendance, Cohort, Day, Enrolment
from . import permissions

ON_A_PAGE = 50
State = Attendance.State
WAS_THERE = (State.THERE, State.PART)


def days_of(user: User, cohort: Cohort) -> QuerySet[Day]:
    """With `there` and `noted`: of the people whom this user may see. One query."""
    hers = Q(attendances__person__in=members(user, cohort).order_by().values("person"))
    return (
        Day.objects.filter(cohort=cohort)
        .select_related("site")
        .annotate(
            there=Count("attendances", filter=hers & Q(attendances__state__in=WAS_THERE)),
            noted=Count("attendances", filter=hers),
        )
    )


def rows_of(user: User, day: Day) -> QuerySet[Enrolment]:
    """Who belongs to a day: all who were in the cohort on it, who joined later, and who was noted before she left.

    By name. Adds `state`, `noted_at`, `noted_by_name` and `site`.
    """
    noted = Attendance.objects.filter(day=day, person=OuterRef("person"))
    site = Posting.objects.current().filter(role=Role.LEARNER, person=OuterRef("person"), site__isnull=False)
    rows = members(user, day.cohort).annotate(
        state=Subquery(noted.values("state")[:1]),
        noted_at=Subquery(noted.values("noted_at")[:1]),
        noted_by_name=Subquery(noted.values("noted_by__given_names")[:1]),
        site=Subquery(site.order_by("-starts_on", "-pk").values("site__name")[:1]),
    )
    was_in = Q(closed_at=None) | Q(closed_at__gte=_start(day.on)) | Q(state__isnull=False)
    return rows.filter(was_in)


def members(user: User, cohort: Cohort) -> QuerySet[Enrolment]:
    """Whoever is or was in a cohort, by name; who was in it twice by her last cycle."""
    later = Enrolment.objects.filter(cohort=cohort, person=OuterRef("person"), cycle__gt=OuterRef("cycle"))
    rows = permissions.enrolments_read_by(user, Cohort.objects.filter(pk=cohort.pk)).filter(~Exists(later))
    return rows.select_related("person").order_by("person__family_name", "person__given_names", "pk")


def page_of(user: User, day: Day, number) -> Page:
    """Fifty of them, with `joined_later`; the page's `seen` is the newest `noted_at` on it. Two queries."""
    page = Paginator(rows_of(user, day), ON_A_PAGE).get_page(number)
    for row in page:
        row.joined_later = timezone.localdate(row.opened_at) > day.on
    page.seen = max((row.noted_at for row in page if row.noted_at), default=None)
    return page


def attended(person: User) -> list[tuple[str, int, int]]:
    """Each cohort of hers, on how many of its days she was there, and for how many it was noted. One query."""
    hers = Attendance.objects.filter(person=person).order_by("day__cohort__starts_on").values("day__cohort__name")
    found = hers.annotate(there=Count("pk", filter=Q(state__in=WAS_THERE)), noted=Count("pk"))
    return list(found.values_list("day__cohort__name", "there", "noted"))


def states_of(cohort: Cohort) -> dict[tuple[UUID, int], str]:
    """(person, day) → state, for the register. One query."""
    rows = Attendance.objects.filter(day__cohort=cohort)
    return {(person, day): state for person, day, state in rows.values_list("person", "day", "state")}


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
