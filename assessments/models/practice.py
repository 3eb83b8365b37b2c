import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class PracticeCard(models.Model):
    """When a person meets a question again. `memory` is the card of the scheduling library, as it writes it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="practice_cards")
    question = models.UUIDField(help_text="Translation key")
    memory = models.JSONField()
    due_at = models.DateTimeField(db_index=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "question"], name="practice_card_once_per_question"),
        ]


class PracticeTurn(models.Model):
    """One question of a day's practice, frozen as it is asked; the key stays here until it is answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(PracticeCard, models.CASCADE, related_name="turns")
    day = models.DateField()
    position = models.PositiveSmallIntegerField(help_text="From 1")
    item = models.JSONField(help_text="As an item of a paper")
    key = models.JSONField()
    response = models.JSONField(null=True)
    right = models.BooleanField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["day", "position"]
        constraints = [
            models.UniqueConstraint(fields=["card", "day"], name="practice_turn_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, right=None)
                | models.Q(answered_at__isnull=False, right__isnull=False),
                name="practice_turn_judged_exactly_when_answered",
            ),
        ]
