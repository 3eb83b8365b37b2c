"""A trainer opens another try after a conversation."""

from django.db import transaction

from lms.people.models import User

from .. import permissions, queries
from ..models import Attempt, ExtraTry


class NotLocked(Exception):
    """The learner has a try left, or a newer one."""


class NotTheirTrainer(Exception):
    """No trainer's posting at the learner's place."""


@transaction.atomic
def open_extra_try(trainer: User, attempt: Attempt, conversation: str) -> ExtraTry:
    """One more try after the last «not yet» of a locked quiz. A second press returns the first one's row.

    Raises NotTheirTrainer and NotLocked.
    """
    learner = User.objects.select_for_update().get(pk=attempt.person_id)
    if not permissions.learners_trained_by(trainer).filter(pk=learner.pk).exists():
        raise NotTheirTrainer
    if opened := ExtraTry.objects.filter(after_attempt=attempt).first():
        return opened
    state = queries.quiz_state(learner, queries.quiz_page(attempt))
    if not state.is_locked or state.attempts[0] != attempt:
        raise NotLocked
    return ExtraTry.objects.create(
        person=learner,
        unit_key=attempt.unit_key,
        cycle=attempt.cycle,
        conversation=conversation,
        opened_by=trainer,
        after_attempt=attempt,
    )
