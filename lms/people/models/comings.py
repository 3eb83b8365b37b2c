"""How people come and go: departures, and records of one person that became one."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .user import User


class Departure(models.Model):
    """She left, and perhaps came back. After its day, while it is open, she cannot sign in and holds no posting."""

    class Reason(models.TextChoices):
        RESIGNED = "resigned", _("Resigned")
        CONTRACT_ENDED = "contract_ended", _("Contract ended")
        DISMISSED = "dismissed", _("Dismissed")
        DIED = "died", _("Died")
        OTHER = "other", _("Other")

    person = models.ForeignKey(User, models.CASCADE, related_name="departures", verbose_name=_("person"))
    left_on = models.DateField(_("last day"), default=timezone.localdate)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="From then on she could not sign in")
    ended = models.JSONField(default=dict, help_text="What it ended, so that a mistake can be taken back")
    rejoined_on = models.DateField(_("came back on"), null=True, blank=True)

    class Meta:
        ordering = ["-left_on", "-pk"]
        verbose_name = _("departure")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(rejoined_on=None), name="departure_one_open_per_person"
            ),
            models.CheckConstraint(
                condition=Q(rejoined_on=None) | Q(rejoined_on__gt=F("left_on"), ended_at__isnull=False),
                name="departure_ends_after_it_began",
            ),
        ]


class Merge(models.Model):
    """Two records of one person that became one. The old staff number stays hers, on the record that went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(User, models.PROTECT, related_name="merges")
    gone = models.OneToOneField(User, models.PROTECT, related_name="merge_away")
    why = models.CharField(_("how you know that it is one person"), max_length=250)
    moved = models.JSONField(default=dict, help_text="What was moved: kind of row → how many")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two_records")]
