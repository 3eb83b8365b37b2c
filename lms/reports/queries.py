"""One query behind the screen, the totals and the file: who is how far, and what her certificate is worth."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, NullIf
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page

from assessments.models import Attempt, Observation
from certificates.models import Certificate
from curriculum.models import ProgrammePage
from lms.learning.models import Completion, Enrolment, Place, Requirement
from lms.people.models import Posting, Role, User
from lms.people.permissions import people_visible_to

from . import states
from .states import State

NEVER = Value(datetime(1970, 1, 1, tzinfo=UTC), output_field=DateTimeField())


def progress_of_people(user: User, on: date) -> QuerySet[Enrolment]:
    """The last cycle of each programme of each person that this user may see, judged as of a day. One query."""
    rows = _last_cycles(Enrolment.objects.filter(person__in=people_visible_to(user)))
    return detailed(rows, on).order_by("person__family_name", "person__given_names", "pk")


def detailed(rows: QuerySet[Enrolment], on: date) -> QuerySet[Enrolment]:
    """Adds programme, site, site_key, practicals_open, last_active_at, state, valid_until and specimen."""
    mine = {"person": OuterRef("person")}
    certificate = _certificates(on, holder=OuterRef("person"), programme_key=OuterRef("programme_key"))
    posting = Posting.objects.current(on).filter(role=Role.LEARNER, **mine).order_by("-starts_on", "-pk")
    return rows.select_related("person__country", "person__employer", "cohort").annotate(
        programme=programme_title(),
        site=Subquery(posting.values("site__name")[:1]),
        site_key=Subquery(posting.values("site")[:1]),
        practicals_open=_practicals_open(),
        last_active_at=_last_activity(mine),
        state=Coalesce(Subquery(certificate.values("state")[:1]), states.of_enrolment_alone(on)),
        valid_until=Subquery(certificate.values("valid_until")[:1]),
        specimen=Subquery(certificate.values("specimen")[:1]),
        done_then=_done_by(on),
    )


def totals(rows: QuerySet[Enrolment]) -> dict[str, int]:
    """How many rows there are in each state, and in all under «all». One query."""
    counted = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    return {state.value: counted.get(state.value, 0) for state in State} | {"all": sum(counted.values())}


def certificates_of(person: User, on: date) -> QuerySet[Certificate]:
    """Those not replaced, the valid ones first, with their state. Two queries with what blocks them."""
    return _certificates(on, holder=person).select_related("payload").defer("payload__snapshot")


def enrolments_of(person: User) -> list[Enrolment]:
    """Newest first, with their requirements; each of both with its `title`. Three queries."""
    rows = Requirement.objects.select_related("completion__credit")
    enrolments = person.enrolments.select_related("country", "cohort")
    found = list(enrolments.prefetch_related(Prefetch("requirements", rows)))
    keys = {row.unit_key for enrolment in found for row in enrolment.requirements.all()}
    named = titles(keys | {enrolment.programme_key for enrolment in found})
    for enrolment in found:
        enrolment.title = named.get(enrolment.programme_key, enrolment.programme_code)
        for row in enrolment.requirements.all():
            row.title = named.get(row.unit_key, "")
    return found


def attempts_of(person: User) -> QuerySet[Attempt]:
    return Attempt.objects.filter(person=person).defer("key").order_by("title", "-started_at")


def observations_of(person: User) -> QuerySet[Observation]:
    return Observation.objects.filter(learner=person).select_related("observer", "site").defer("steps")


def flagged_of(person: User) -> QuerySet[Completion]:
    """Results that no longer stand, and why."""
    return Completion.objects.filter(person=person, flagged_at__isnull=False).select_related("flagged_by")


def programme_choices() -> list[tuple[str, str]]:
    pages = ProgrammePage.objects.filter(locale__language_code="en").order_by("title")
    return [(str(key), title) for key, title in pages.values_list("translation_key", "title")]


def _last_cycles(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    later = Enrolment.objects.filter(
        person=OuterRef("person"), programme_key=OuterRef("programme_key"), cycle__gt=OuterRef("cycle")
    )
    return enrolments.filter(~Exists(later))


def titles(keys: Iterable[UUID]) -> dict[UUID, str]:
    """What pages are called, live or not: in the language that is read, else as they were written. One query."""
    pages = Page.objects.filter(translation_key__in=keys, locale__language_code__in={"en", get_language()})
    ordered = pages.order_by("locale__language_code").values_list("translation_key", "title", "locale__language_code")
    found: dict[UUID, str] = {}
    for key, title, language in ordered:
        if key not in found or language != "en":
            found[key] = title
    return found


def _certificates(on: date, **whose) -> QuerySet[Certificate]:
    """Those that were valid first, and the newest of them first: while a renewal is drawn, the one before speaks.

    The cycle is annotated: a join that only the order asks for would take the outer query's alias.
    """
    current = Certificate.objects.filter(states.standing_on(on), **whose)
    current = current.annotate(cycle=F("enrolment__cycle"), holds=states.holds_on(on))
    return states.of_certificates(current, on).order_by("-holds", "-awarded_on", "-cycle", "code")


def programme_title() -> Coalesce:
    """As written; the code where the page is gone."""
    pages = ProgrammePage.objects.filter(translation_key=OuterRef("programme_key"), locale__language_code="en")
    title = Subquery(pages.order_by("pk").values("title")[:1])
    return Coalesce(title, F("programme_code"), output_field=CharField())


def _done_by(on: date) -> F | Coalesce:
    """How many required steps were done by then: today the count that is kept."""
    if on >= timezone.localdate():
        return F("done_count")
    done = Requirement.objects.filter(enrolment=OuterRef("pk"), required=True, completed_at__lt=states.end_of(on))
    counted = done.order_by().values("enrolment").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _practicals_open() -> Coalesce:
    open_ones = Requirement.objects.filter(
        enrolment=OuterRef("pk"), kind="practical", required=True, completed_at=None
    ).order_by()
    counted = open_ones.values("enrolment").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _last_activity(mine: dict) -> NullIf:
    """The newest of what she did herself or was seen doing; null where there is nothing yet.

    SQLite's MAX of several values is null as soon as one is: each is given a day that nobody was active on.
    """
    newest = [
        _newest(Completion.objects.filter(**mine), "person", "completed_at"),
        _newest(Place.objects.filter(**mine), "person", "updated_at"),
        _newest(Attempt.objects.filter(**mine), "person", Coalesce("handed_in_at", "started_at")),
        _newest(Observation.objects.filter(learner=mine["person"]), "learner", "signed_at"),
    ]
    return NullIf(Greatest(*(Coalesce(one, NEVER) for one in newest)), NEVER, output_field=DateTimeField())


def _newest(rows: QuerySet, whose: str, moment) -> Subquery:
    return Subquery(rows.order_by().values(whose).annotate(newest=Max(moment)).values("newest"))
