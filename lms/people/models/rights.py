"""What a person may say about her own data: consent to a text, a request; and a code that lets support look along."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .user import User


class ConsentText(models.Model):
    """One version, in one language, of what people are told about their data before they go on."""

    version = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    body = models.TextField(_("text"), max_length=4000)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, help_text=_("From then on it stays."))

    class Meta:
        ordering = ["-version", "language"]
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="consent_text_once")]

    def __str__(self):
        return f"{self.version} · {self.language}"


class Consent(models.Model):
    """That a person read a text and said yes."""

    person = models.ForeignKey(User, models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-given_at"]
        constraints = [models.UniqueConstraint(fields=["person", "text"], name="consent_once_per_text")]


class DataRequest(models.Model):
    """Her wish to have her data corrected or erased, and what HR answered."""

    class Kind(models.TextChoices):
        CORRECT = "correct", _("Correct my data")
        ERASE = "erase", _("Erase my data")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="data_requests")
    kind = models.CharField(_("wish"), max_length=10, choices=Kind)
    words = models.TextField(_("in her words"), max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    granted = models.BooleanField(null=True)
    answer = models.CharField(_("answer to her"), max_length=500, blank=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("data request")
        verbose_name_plural = _("data requests")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(decided_at=None, withdrawn_at=None),
                name="data_request_one_open_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, granted=None) | Q(decided_at__isnull=False, granted__isnull=False),
                name="data_request_decided_means_an_answer",
            ),
        ]


class SupportCode(models.Model):
    """A learner reads it out; then one member of staff sees for a while what she sees. Nobody signs in as her."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="support_codes")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Until when he may look; she can end it before")

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(used_by=None) | ~Q(used_by=F("person")), name="support_code_of_another"),
        ]
