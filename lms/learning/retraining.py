"""Asking people to learn again what has changed: their completions are flagged, one by one, by a task that a kill only
interrupts.

What a change is about and that it was applied is written by curriculum; whom it asks is known here.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from curriculum.facts.changes import apply_change, finish_change, lessons_of, note_page_change
from curriculum.models import Change
from lms.people.models import Posting, Role, User

from .models import Completion, Enrolment, Requirement
from .queries import IN_DATE
from .services import flag_completion

BATCH = 200
PATIENCE = timedelta(minutes=10)
REASON = Completion._meta.get_field("flag_reason").max_length


class PreviewChanged(Exception):
    """Other people or lessons are concerned than she saw: look again, then confirm."""


class NobodyToAsk(Exception):
    """Nobody holds a completion of these lessons that is in date."""


@dataclass(frozen=True)
class Asked:
    """Whom a change asks to learn what again. Counts only: no name, so every reviewer may read it.

    `finished`: those of them whose programme is over; their certificates stay, HR decides.
    """

    keys: tuple[UUID, ...]
    people: int
    finished: int
    places: int
    lessons: int
    completions: int
    by_country: tuple[tuple[str, int], ...]

    @property
    def digest(self) -> str:
        parts = (sorted(map(str, self.keys)), self.people, self.finished, self.completions, self.by_country)
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def reckon(keys: list[UUID]) -> Asked:
    """Who would be asked now for these lessons. A fixed number of queries."""
    rows = _standing(keys, timezone.now())
    counted = rows.aggregate(
        people=Count("person", distinct=True), lessons=Count("unit_key", distinct=True), completions=Count("pk")
    )
    people = rows.order_by().values("person")
    still_learning = rows.filter(_asked_by_an_open_enrolment()).aggregate(n=Count("person", distinct=True))["n"]
    posted = Posting.objects.current().filter(role=Role.LEARNER, person__in=people)
    by_country = rows.order_by().values_list("person__country__name").annotate(n=Count("person", distinct=True))
    return Asked(
        keys=tuple(keys),
        finished=counted["people"] - still_learning,
        places=posted.aggregate(n=Count("site", distinct=True))["n"],
        by_country=tuple(sorted(by_country)),
        **counted,
    )


@transaction.atomic
def ask_again(change: Change, *, by: User, expected: str) -> Change:
    """Apply a change that must be learned again: everybody who learned it is asked, by a task.

    `expected` is the digest of the preview she saw. A second call returns the change as it was applied. Raises
    PreviewChanged and NobodyToAsk.
    """
    change = Change.objects.select_for_update().get(pk=change.pk)
    if change.applied_at:
        return change
    found = reckon(lessons_of(change))
    if found.digest != expected:
        raise PreviewChanged
    if not found.people:
        raise NobodyToAsk
    change = apply_change(change, units=list(found.keys), people=found.people, by=by)
    run_retraining.enqueue(str(change.pk))
    return change


@transaction.atomic
def retrain_page(change_id: UUID, page: Page, *, reason: str, by: User, expected: str) -> Change:
    """Write down that an edit of a page is learned again, and ask; the change with this id, also at a second press.

    Raises PreviewChanged, also where the id is that of another change, and NobodyToAsk; nothing is written then.
    """
    change = note_page_change(change_id, page, reason=reason, by=by)
    if change.page_key != page.translation_key:
        raise PreviewChanged
    return ask_again(change, by=by, expected=expected)


@task()
def run_retraining(change_id: str) -> int:
    """Running it twice asks each person once."""
    return go_on(Change.objects.get(pk=change_id))


def resume_retrainings() -> None:
    """For the tick: a run that nobody has gone on with for a while was killed; it goes on, unless its task waits or is
    a new one: one that fails is not tried again every minute."""
    before = timezone.now() - PATIENCE
    is_waiting_or_new = Q(status=TaskResultStatus.READY) | Q(enqueued_at__gte=before)
    tasks = DBTaskResult.objects.filter(is_waiting_or_new, task_path=run_retraining.module_path)
    enqueued = {result.args_kwargs["args"][0] for result in tasks}
    for change in Change.objects.filter(applied_at__lt=before, finished_at=None):
        if str(change.pk) not in enqueued and (_last_asked(change) or change.applied_at) < before:
            run_retraining.enqueue(str(change.pk))


def go_on(change: Change) -> int:
    """Flag what is not flagged yet; returns how many completions.

    May be called again after a kill, or twice at the same time. Whoever has learned it since is not asked again.
    """
    if change.applied_at is None or change.finished_at:
        return 0
    reason = Truncator(_("To learn again, it has changed: %(reason)s") % {"reason": change.reason}).chars(REASON)
    flagged = 0
    while batch := list(waiting_for(change)[:BATCH]):
        for completion in batch:
            flag_completion(completion, by=change.applied_by, reason=reason)
        flagged += len(batch)
    finish_change(change)
    return flagged


def waiting_for(change: Change) -> QuerySet[Completion]:
    """The completions that an applied change has still to flag."""
    return _standing(change.units, change.applied_at).order_by("completed_at", "pk")


def _standing(keys, before: datetime) -> QuerySet[Completion]:
    """What people learned of these lessons before that moment and still rest on: it is in date, or counts for a
    programme that is under way or was completed so lately that its certificate is."""
    lately = Enrolment.objects.filter(completed_at__gte=timezone.now() - IN_DATE)
    rests = Q(valid_until__gte=timezone.localdate()) | _asked_by_an_open_enrolment() | _asked_by(lately)
    return Completion.objects.filter(rests, unit_key__in=keys, flagged_at=None, completed_at__lt=before)


def _asked_by_an_open_enrolment() -> Q:
    return _asked_by(Enrolment.objects.open())


def _asked_by(enrolments: QuerySet[Enrolment]) -> Q:
    return Q(Exists(Requirement.objects.filter(completion=OuterRef("pk"), enrolment__in=enrolments)))


def _last_asked(change: Change) -> datetime | None:
    asked = Completion.objects.filter(unit_key__in=change.units, flagged_at__gte=change.applied_at)
    return asked.aggregate(last=Max("flagged_at"))["last"]
