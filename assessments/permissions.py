"""Who may see or do what here. `…_for` gives the row or a 404: someone else's is not there."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lms.people.models import Posting, Role, Site, User
from lms.people.permissions import learners_observed_by, may_observe, sites_for

from . import queries
from .models import Attempt, Observation, PracticeTurn

FOLLOW = (Role.TRAINER, Role.HR, Role.LEAD)


def attempt_for(person: User, attempt_id: UUID) -> Attempt:
    return get_object_or_404(Attempt, pk=attempt_id, person=person)


def offered_attempt_for(person: User, attempt_id: UUID) -> Attempt:
    """Her attempt without its key, and `is_withdrawn`: whether its quiz is withdrawn now. One query."""
    return get_object_or_404(queries.offered_attempts(), pk=attempt_id, person=person)


def attempt_to_answer(person: User, attempt_id: UUID) -> Attempt:
    """As offered_attempt_for, locked, and with `last_saved_at` of its answers. One query, inside a transaction."""
    attempts = queries.attempts_to_answer().select_for_update(of=("self",))
    return get_object_or_404(attempts, pk=attempt_id, person=person)


def practice_turn_for(person: User, turn_id: UUID) -> PracticeTurn:
    return get_object_or_404(PracticeTurn.objects.select_related("card"), pk=turn_id, card__person=person)


def learner_for_observer(observer: User, learner_id: UUID) -> User:
    return get_object_or_404(learners_observed_by(observer).select_related("country"), pk=learner_id)


def site_of_observation(observer: User, learner: User) -> Site | None:
    """Where this observer may watch this learner today; None: nowhere."""
    if not may_observe(observer, learner):
        return None
    hers = Posting.objects.current().filter(role=Role.LEARNER, person=learner)
    return sites_for(observer, Role.OBSERVER).filter(pk__in=hers.values("site")).first()


def learner_for_coach(person: User, learner_id: UUID) -> User:
    """A learner whom this person may practise with: a trainer or observer of her place."""
    return get_object_or_404(_coached_by(person).select_related("country"), pk=learner_id)


def may_coach(person: User, learner: User) -> bool:
    return _coached_by(person).filter(pk=learner.pk).exists()


def observation_by(observer: User, observation_id: UUID) -> Observation:
    """An observation that this person makes or made."""
    return get_object_or_404(_observations(), pk=observation_id, observer=observer)


def observation_for(person: User, observation_id: UUID) -> Observation:
    """One that a person may read: its observer, a trainer of the place, and once it is signed its learner."""
    observation = get_object_or_404(_observations(), pk=observation_id)
    if may_void(person, observation) or (person.pk == observation.learner_id and observation.signed_at):
        return observation
    raise Http404


def may_void(person: User, observation: Observation) -> bool:
    """The observer herself while she is one there, or a trainer of the place; never the learner."""
    if person.pk == observation.learner_id:
        return False
    roles = [Role.TRAINER, *([Role.OBSERVER] if person.pk == observation.observer_id else [])]
    return sites_for(person, *roles).filter(pk=observation.site_id).exists()


def learners_trained_by(trainer: User) -> QuerySet[User]:
    """The learners at the sites that a trainer's postings cover; never herself."""
    postings = Posting.objects.current().filter(role=Role.LEARNER, site__in=sites_for(trainer, Role.TRAINER))
    return User.objects.filter(pk__in=postings.values("person")).exclude(pk=trainer.pk)


def sites_followed_by(user: User) -> QuerySet[Site]:
    """Whose practicals trainers, HR and country leads follow."""
    return sites_for(user, *FOLLOW)


def learners_followed_by(user: User) -> QuerySet[User]:
    postings = Posting.objects.current().filter(role=Role.LEARNER, site__in=sites_followed_by(user))
    return User.objects.filter(pk__in=postings.values("person"))


def locked_attempt_for(trainer: User, attempt_id: UUID) -> Attempt:
    """The attempt of a learner of hers."""
    attempts = Attempt.objects.select_related("person").filter(person__in=learners_trained_by(trainer))
    return get_object_or_404(attempts, pk=attempt_id)


def _coached_by(person: User) -> QuerySet[User]:
    sites = sites_for(person, Role.TRAINER, Role.OBSERVER)
    postings = Posting.objects.current().filter(role=Role.LEARNER, site__in=sites)
    return User.objects.filter(pk__in=postings.values("person"), is_active=True).exclude(pk=person.pk)


def _observations() -> QuerySet[Observation]:
    return Observation.objects.select_related("learner__country", "observer", "site")
