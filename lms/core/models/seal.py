from django.db import models
from django.db.models import Q
from django.utils import timezone


class Seal(models.Model):
    """One link of the audit log's hash chain: it covers the entries that were new when it was made."""

    number = models.PositiveBigIntegerField(primary_key=True)
    previous_hash = models.CharField(max_length=64, blank=True, help_text="Empty for the first")
    hash = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(number=1, previous_hash="") | Q(number__gt=1), name="seal_first_is_one"),
            models.UniqueConstraint(fields=["previous_hash"], name="seal_chain_does_not_fork"),
        ]


class SealedEntry(models.Model):
    """The digest of one entry of Wagtail's audit log, kept so that a changed or missing one can be named."""

    class Log(models.TextChoices):
        PAGE = "page"
        MODEL = "model"

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="entries")
    log = models.CharField(max_length=5, choices=Log)
    entry = models.CharField(max_length=36, help_text="The entry's primary key")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["log", "entry"], name="sealed_entry_once")]
