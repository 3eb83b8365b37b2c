"""After a second «not yet» in a row: somebody practises with the learner and writes it down."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from lms.people.models import User

from .. import permissions, watching
from ..models import Coaching, PracticalPage
from .observations import NotAllowed


class NothingToCoach(Exception):
    """She was not «not yet» twice in a row, or it has been practised since."""


class WrongDay(Exception):
    """Before the second «not yet», or still to come."""


@transaction.atomic
def record_coaching(by: User, learner: User, practical: PracticalPage, *, coached_on: date, note: str) -> Coaching:
    """What was practised with her, and when: the waiting time until the next observation begins with that day.

    `by` is a trainer or an observer of her place, never herself. A second press returns what was recorded.
    Raises NotAllowed, NothingToCoach and WrongDay.
    """
    User.objects.select_for_update().get(pk=learner.pk)
    if not permissions.may_coach(by, learner):
        raise NotAllowed
    standing = watching.standing(learner, practical)
    if not standing.is_second_not_yet:
        raise NothingToCoach
    if standing.coaching:
        return standing.coaching
    if not timezone.localtime(standing.last.signed_at).date() <= coached_on <= timezone.localdate():
        raise WrongDay
    return Coaching.objects.create(
        learner=learner,
        unit_key=practical.translation_key,
        after_observation=standing.last,
        coached_on=coached_on,
        note=note,
        recorded_by=by,
    )
