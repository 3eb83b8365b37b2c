"""Which attempts are looked at: what she filters by, within what she may see. One condition behind every number."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from lms.core.models import Country
from lms.learning.models import Cohort, Enrolment
from lms.people.models import Role, User
from lms.people.permissions import countries_for, people_visible_to


@dataclass(frozen=True)
class Selection:
    """`as_of`: handed in on that day or before it. First attempts alone unless told otherwise: who has seen a question
    answers it differently (MoodleDocs, «Quiz statistics calculations»)."""

    as_of: date
    since: date | None = None
    first_only: bool = True
    purpose: str = ""
    country: Country | None = None
    language: str = ""
    cohort: Cohort | None = None

    def condition(self, user: User, prefix: str = "") -> Q:
        """For attempts; with the prefix «attempt__» for their marks."""
        wanted = {"handed_in_at__lt": _end_of(self.as_of)}
        if self.since:
            wanted["handed_in_at__gte"] = _start_of(self.since)
        if self.first_only:
            wanted |= {"number": 1, "cycle": 1}
        if self.purpose:
            wanted["purpose"] = self.purpose
        if self.country:
            wanted["country_code"] = self.country.pk
        if self.language:
            wanted["language"] = self.language
        if self.cohort:
            wanted["person__in"] = Enrolment.objects.filter(cohort=self.cohort).values("person")
        return Q(**{prefix + name: value for name, value in wanted.items()}) & seen_by(user, prefix)


def seen_by(user: User, prefix: str = "") -> Q:
    """The attempts of the people she may see. A clinical reviewer sees no people, but her country's answers."""
    if user.is_superuser:
        return Q()
    reviewed = countries_for(user, Role.REVIEWER).values("pk")
    return Q(**{f"{prefix}person__in": people_visible_to(user).values("pk")}) | Q(
        **{f"{prefix}country_code__in": reviewed}
    )


def may_read_analysis(user: User) -> bool:
    """Whoever works with the bank: what is chosen tells what is right."""
    return user.has_perm("assessments.view_question")


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _end_of(day: date) -> datetime:
    return _start_of(day) + timezone.timedelta(days=1)
