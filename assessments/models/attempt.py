import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import passing
from .quiz import Layout, Purpose


class Attempt(models.Model):
    """One person's try at a quiz. The paper is frozen at the start and judges the attempt for ever.

    `paper` is a list of items {id, question, revision, type, case, stem, critical, facts, item, why}, as she sees them.
    `key` maps item ids to the type's key; it never leaves the server before the unit is complete.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    unit_key = models.UUIDField(db_index=True)
    title = models.CharField(max_length=255)
    purpose = models.CharField(max_length=12)
    cycle = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(help_text="1 for the first try in this cycle")
    language = models.CharField(max_length=5)
    country_code = models.CharField(max_length=2)
    quiz_revision = models.PositiveIntegerField(null=True, help_text="Of the quiz page, when the paper was drawn")
    pass_mark = models.PositiveSmallIntegerField()
    partial_credit = models.BooleanField(default=False, help_text="Parts of an answer count")
    layout = models.CharField(max_length=5, choices=Layout, default=Layout.ONE)
    paper = models.JSONField()
    key = models.JSONField()
    started_at = models.DateTimeField(default=timezone.now)
    deadline_at = models.DateTimeField(null=True, blank=True, help_text="As she is told; the server allows the grace")
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    by_clock = models.BooleanField(default=False, help_text="Handed in by the server when the time was over")
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, help_text="The sum of the marks' shares")
    passed_at = models.DateTimeField(null=True, blank=True, help_text="Pass mark reached at hand-in")
    to_put_right = models.JSONField(default=list, help_text="Ids of missed critical items, until each is right")
    completed_at = models.DateTimeField(null=True, blank=True, help_text="Passed, and nothing left to put right")

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(fields=["person", "unit_key", "cycle", "number"], name="attempt_numbered_once"),
            models.UniqueConstraint(
                fields=["person", "unit_key", "cycle"], condition=Q(handed_in_at=None), name="attempt_one_open_per_quiz"
            ),
            models.CheckConstraint(condition=Q(pass_mark__range=(1, 100)), name="attempt_pass_mark_is_percentage"),
            models.CheckConstraint(
                condition=Q(handed_in_at=None, score=None) | Q(handed_in_at__isnull=False, score__isnull=False),
                name="attempt_scored_exactly_when_handed_in",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(handed_in_at__isnull=False),
                name="attempt_completed_only_when_handed_in",
            ),
        ]

    @property
    def needed(self) -> int:
        """How many right answers pass: the pass mark of all questions, rounded up."""
        return passing.needed(len(self.paper), self.pass_mark)

    @property
    def points(self) -> int | float:
        """The score as people write it: 4, or 4.5 where parts of an answer count."""
        return int(self.score) if self.score == int(self.score) else float(self.score)

    @property
    def is_open(self) -> bool:
        return self.handed_in_at is None

    @property
    def is_practice(self) -> bool:
        return self.purpose == Purpose.PRACTICE

    @property
    def ends_at(self) -> datetime | None:
        """When the server takes no more answers: the deadline and the grace for a lost signal; None: never."""
        return self.deadline_at and self.deadline_at + timedelta(minutes=self.grace_minutes)

    def is_over(self, now: datetime) -> bool:
        """Whether its time has run out, whether or not it has been handed in."""
        return self.ends_at is not None and now >= self.ends_at

    def item(self, item_id: str) -> dict | None:
        return next((item for item in self.paper if item["id"] == item_id), None)


class Answer(models.Model):
    """One saved response. The id is made by the sender, so a replay is recognised; the newest per item counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    item_id = models.CharField(max_length=36)
    response = models.JSONField()
    put_right = models.BooleanField(default=False, help_text="Given after hand-in, to put a critical item right")
    right = models.BooleanField(null=True, help_text="Judged at once when put right; what was handed in has a Mark")
    seconds = models.PositiveIntegerField(null=True, help_text="Since the start or the answer before it")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["saved_at", "pk"]
        indexes = [models.Index(fields=["attempt", "item_id"])]


class Mark(models.Model):
    """One question of an attempt as it was judged at hand-in: a row for each item, answered or not.

    What reads many attempts (usage, analysis, regrades, practice) reads these rows and no papers.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="marks")
    item_id = models.CharField(max_length=36)
    position = models.PositiveSmallIntegerField(help_text="In the paper, from 1")
    of = models.PositiveSmallIntegerField(help_text="How many questions the paper holds")
    question = models.UUIDField(db_index=True, help_text="Translation key")
    revision = models.PositiveIntegerField(null=True)
    response = models.JSONField(null=True, help_text="The newest answer; null: none")
    chosen = models.JSONField(null=True, help_text="The newest answer as lines of text: its ids are of this paper only")
    right = models.BooleanField()
    share = models.DecimalField(max_digits=4, decimal_places=3, help_text="0 to 1")
    seconds = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "item_id"], name="mark_once_per_item"),
            models.CheckConstraint(condition=Q(share__range=(0, 1)), name="mark_share_between_0_and_1"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=F("of")), name="mark_within_its_paper"),
        ]


class ExtraTry(models.Model):
    """A trainer talked with the learner and opened one more try."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="extra_tries")
    unit_key = models.UUIDField()
    cycle = models.PositiveSmallIntegerField(default=1)
    conversation = models.TextField(_("what you talked about"), max_length=1000)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    after_attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="extra_try")

    class Meta:
        ordering = ["opened_at"]
        constraints = [models.CheckConstraint(condition=~Q(person=F("opened_by")), name="extra_try_by_someone_else")]
