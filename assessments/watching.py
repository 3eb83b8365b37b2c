"""Reading observations: whom an observer watches, what was signed, and whether the next observation may begin."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language

from curriculum.models import ProgrammePage, Withdrawal
from lms.learning.models import Enrolment, Requirement
from lms.people.models import Posting, Role, User
from lms.people.permissions import sites_for

from . import signoff
from .models import Coaching, Observation, PracticalPage

SHOWN = 20
Place = tuple[UUID, UUID]  # a learner's and a practical's key


@dataclass(frozen=True)
class Standing:
    """Where a learner stands with a practical in this cycle. `signed`: what counts, the newest first."""

    signed: list[Observation]
    coaching: Coaching | None
    practical: PracticalPage | None
    may_follow: bool

    @property
    def last(self) -> Observation | None:
        return self.signed[0] if self.signed else None

    @property
    def is_second_not_yet(self) -> bool:
        return signoff.needs_coaching([one.competent for one in self.signed])

    @property
    def needs_coaching(self) -> bool:
        return self.is_second_not_yet and not self.coaching

    @property
    def waits_until(self) -> date | None:
        """The day of the next observation, while it is still to come."""
        if not self.practical or not self.is_second_not_yet or not self.coaching:
            return None
        day = signoff.free_from(self.coaching.coached_on, self.practical.wait_days)
        return day if day > timezone.localdate() else None

    @property
    def may_begin(self) -> bool:
        return not self.needs_coaching and not self.waits_until

    @property
    def to_follow(self) -> Observation | None:
        """The observation whose missed steps alone may be watched again."""
        if not self.may_follow or not self.practical or not self.last or self.last.competent:
            return None
        return self.last if is_in_date(first_of(self.last), self.practical) else None


@dataclass(frozen=True)
class Asked:
    """A practical that an open enrolment asks of a learner. `since`: a renewal takes nothing from before it opened."""

    position: int
    since: datetime | None
    programmes: frozenset[UUID]

    def takes(self, observation: Observation) -> bool:
        return not self.since or observation.signed_at >= self.since


NOT_ASKED = Asked(0, None, frozenset())


def asked_of(learners: Iterable[User]) -> dict[Place, Asked]:
    """The practicals that open enrolments still ask for, in their order. One query."""
    rows = Requirement.objects.filter(kind=PracticalPage.kind, enrolment__person__in=learners, completed_at=None)
    rows = rows.filter(enrolment__completed_at=None, enrolment__closed_at=None).select_related("enrolment")
    found: dict[Place, Asked] = {}
    for row in rows.order_by("position", "enrolment__opened_at"):
        place = (row.enrolment.person_id, row.unit_key)
        known = found.get(place, NOT_ASKED)
        renewed = row.enrolment.opened_at if row.enrolment.cycle > 1 else None
        since = max(filter(None, [known.since, renewed]), default=None)
        found[place] = Asked(row.position, since, known.programmes | {row.enrolment.programme_key})
    return found


def standings(learners: Iterable[User], asked: dict[Place, Asked], pages: dict) -> dict[Place, Standing]:
    """Where these learners stand with practicals that something was signed about. Three queries."""
    signed = Observation.objects.standing().filter(learner__in=learners).order_by("-signed_at")
    groups: dict[Place, list[Observation]] = {}
    for one in signed.select_related("observer", "site", "follows"):
        place = (one.learner_id, one.unit_key)
        if asked.get(place, NOT_ASKED).takes(one):
            groups.setdefault(place, []).append(one)
    newest = [group[0].pk for group in groups.values()]
    coached = {row.after_observation_id: row for row in Coaching.objects.filter(after_observation__in=newest)}
    only_missed = _watching_only_missed_steps()
    return {
        place: Standing(
            group,
            coached.get(group[0].pk),
            pages.get(place[1]),
            not only_missed.isdisjoint(asked.get(place, NOT_ASKED).programmes),
        )
        for place, group in groups.items()
    }


def standing(learner: User, practical: PracticalPage) -> Standing:
    """Where a learner stands with one practical."""
    place = (learner.pk, practical.translation_key)
    found = standings([learner], asked_of([learner]), {practical.translation_key: practical})
    return found.get(place, Standing([], None, practical, False))


def steps_to_watch(practical: PracticalPage, learner: User, before: Observation | None) -> list[dict]:
    """The steps of the learner's country without marks; those that were yes `before` are carried over."""
    steps = [
        {"id": block.id, "text": block.value["text"], "critical": block.value["critical"], "mark": "", "note": ""}
        for block in practical.steps_for(learner.country)
    ]
    if not before:
        return steps
    return signoff.carry(steps, before.steps, same_language=before.language == practical.locale.language_code)


def first_of(observation: Observation) -> Observation:
    """The oldest observation that this one's carried steps were seen in."""
    while observation.follows:
        observation = observation.follows
    return observation


def is_in_date(observation: Observation, practical: PracticalPage) -> bool:
    return valid_until(observation, practical) >= timezone.localdate()


def valid_until(observation: Observation, practical: PracticalPage) -> date:
    """How long a sign-off counts: months from the day on which the oldest of its steps was seen."""
    signed_on = timezone.localtime(first_of(observation).signed_at).date()
    return signoff.valid_until(signed_on, practical.months_valid)


def _watching_only_missed_steps() -> set[UUID]:
    return set(ProgrammePage.objects.filter(failed_steps_only=True).values_list("translation_key", flat=True))


# Whom an observer watches ---------------------------------------------------------------------------------------------


@dataclass
class Watched:
    """A learner's practical that is still open, where she stands, and the observer's unfinished observation of it."""

    practical: PracticalPage
    observation: Observation | None
    standing: Standing


@dataclass
class Person:
    learner: User
    practicals: list[Watched] = field(default_factory=list)


def people_to_observe(observer: User, learners: Iterable[User]) -> list[Person]:
    """Learners with the practicals that an open enrolment still asks for. A fixed number of queries."""
    people = {learner.pk: Person(learner) for learner in learners}
    asked = asked_of(people)
    pages = live_practicals({key for _learner, key in asked})
    stands = standings(people, asked, pages)
    mine = Observation.objects.filter(observer=observer, signed_at=None)
    begun = {(one.learner_id, one.unit_key): one for one in mine}
    for place in asked:
        learner, key = place
        if page := pages.get(key):
            where = stands.get(place, Standing([], None, page, False))
            people[learner].practicals.append(Watched(page, begun.get(place), where))
    return list(people.values())


def live_practicals(keys: set[UUID]) -> dict[UUID, PracticalPage]:
    """Live practicals by key that are not withdrawn, in the language that is being read where there is one."""
    pages = PracticalPage.objects.live().filter(translation_key__in=keys).select_related("locale")
    pages = pages.exclude(translation_key__in=Withdrawal.objects.open().values("page_key"))
    ordered = sorted(pages, key=lambda page: page.locale.language_code == get_language())
    return {page.translation_key: page for page in ordered}


def signed_about(learner: User, practical: PracticalPage) -> list[Observation]:
    """What was signed about a learner's practical, voided or not, the newest first."""
    signed = Observation.objects.filter(learner=learner, unit_key=practical.translation_key, signed_at__isnull=False)
    return list(signed.select_related("observer", "site").order_by("-signed_at"))


def signed_by(observer: User) -> list[Observation]:
    """The last observations that she signed where she is an observer today."""
    sites = sites_for(observer, Role.OBSERVER)
    signed = Observation.objects.filter(observer=observer, signed_at__isnull=False, site__in=sites)
    return list(signed.select_related("learner").order_by("-signed_at")[:SHOWN])


def waiting_places(learners: QuerySet[User]) -> dict[Place, Standing]:
    """Who was not ready twice in a row and is asked for it: to be practised with, or waiting. Five queries."""
    asked = asked_of(learners)
    pages = live_practicals({key for _learner, key in asked})
    found = standings(learners, asked, pages)
    return {place: where for place, where in found.items() if place in asked and not where.may_begin}


def asked_by(**enrolment) -> Exists:
    """For a query of observations: whether a requirement of such an enrolment asked the learner for the practical."""
    rows = Requirement.objects.filter(enrolment__person=OuterRef("learner"), unit_key=OuterRef("unit_key"))
    return Exists(rows.filter(**enrolment))


def never_observed(learners: QuerySet[User]) -> QuerySet[Enrolment]:
    """Open enrolments that ask for practicals, of which nothing was signed that counts in this cycle. One query.

    Adds site, site_key and practicals_open.
    """
    open_ones = Requirement.objects.filter(enrolment=OuterRef("pk"), kind=PracticalPage.kind, completed_at=None)
    counted = open_ones.order_by().values("enrolment").annotate(count=Count("pk")).values("count")
    signed = Observation.objects.standing().filter(learner=OuterRef("person"))
    posting = Posting.objects.current().filter(role=Role.LEARNER, person=OuterRef("person"))
    posting = posting.order_by("-starts_on", "-pk")
    found = Enrolment.objects.open().filter(Exists(open_ones), person__in=learners)
    found = found.filter(~Exists(signed.filter(signed_at__gte=OuterRef("opened_at"))))
    found = found.filter(Q(cycle__gt=1) | ~Exists(signed))
    return (
        found.select_related("person", "cohort")
        .annotate(
            site=Subquery(posting.values("site__name")[:1]),
            site_key=Subquery(posting.values("site")[:1]),
            practicals_open=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        )
        .order_by("cohort__name", "person__family_name", "person__given_names", "pk")
    )
