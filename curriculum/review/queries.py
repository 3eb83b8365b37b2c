"""Which pages were reviewed, until when, and what waits for a reviewer."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, TaskState, WorkflowState

from ..models import ClinicalReviewTask, ModulePage, Review, UnitPage

NAME = Concat("reviewed_by__given_names", Value(" "), "reviewed_by__family_name")
SOON = 60  # days before a review runs out in which one should begin the next


def reviewable() -> QuerySet[Page]:
    """Every live module and unit in each language it is written in, with the review of what learners read:
    `reviewed_at`, `due_on`, `reviewer` (her name), and `last_reviewed_at`, of whatever version."""
    live = Review.objects.filter(revision=OuterRef("live_revision"))
    before = Review.objects.filter(page_key=OuterRef("translation_key"), locale=OuterRef("locale"))
    pages = Page.objects.live().type(ModulePage, UnitPage).filter(alias_of=None)
    return pages.annotate(
        reviewed_at=Subquery(live.values("reviewed_at")[:1]),
        due_on=Subquery(live.values("due_on")[:1]),
        reviewer=Subquery(live.values(name=NAME)[:1]),
        last_reviewed_at=Subquery(before.order_by("-reviewed_at").values("reviewed_at")[:1]),
    )


def overdue(on: date | None = None) -> QuerySet[Page]:
    """Whose review has run out, the oldest first."""
    return reviewable().filter(due_on__lt=on or timezone.localdate()).order_by("due_on", "path")


def due_soon(on: date | None = None, days: int = SOON) -> QuerySet[Page]:
    today = on or timezone.localdate()
    return reviewable().filter(due_on__range=(today, today + timedelta(days=days))).order_by("due_on", "path")


def never_reviewed() -> QuerySet[Page]:
    return reviewable().filter(last_reviewed_at=None).order_by("path")


def changed_since() -> QuerySet[Page]:
    """Published again since a clinician last approved a version: what learners read now, nobody has."""
    return reviewable().filter(reviewed_at=None, last_reviewed_at__isnull=False).order_by("path")


@dataclass(frozen=True)
class Waiting:
    """Something that waits for this reviewer."""

    title: str
    language: str
    sent_by: AbstractBaseUser | None
    since: date
    url: str


def waiting_for(user: AbstractBaseUser) -> list[Waiting]:
    """What she may approve now, the oldest first, each with the way to its review screen."""
    tasks = ClinicalReviewTask.objects.filter(active=True)
    mine = [pk for task in tasks for pk in task.get_task_states_user_can_moderate(user).values_list("pk", flat=True)]
    states = TaskState.objects.filter(pk__in=mine, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)
    states = states.order_by("started_at")
    states = states.select_related("workflow_state__requested_by", "revision").prefetch_related(
        "revision__content_object__locale"
    )
    locales = {locale.pk: str(locale) for locale in Locale.objects.all()}
    return [_waiting(state, locales) for state in states if state.revision and state.revision.content_object]


def reviewed_before(thing: Model) -> Review | None:
    """The newest review of an earlier version of this page or question, in its language."""
    reviews = Review.objects.filter(page_key=thing.translation_key, locale=thing.locale_id, revision__isnull=False)
    return reviews.exclude(revision=thing.latest_revision_id).select_related("revision", "reviewed_by").first()


def _waiting(state: TaskState, locales: dict[int, str]) -> Waiting:
    return Waiting(
        title=state.revision.object_str,
        language=locales.get(state.revision.content_object.locale_id, ""),
        sent_by=state.workflow_state.requested_by,
        since=timezone.localdate(state.started_at),
        url=reverse("reviews:screen", args=[state.pk]),
    )
