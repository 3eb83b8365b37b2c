"""What staff keep for their own work with people: saved views of lists, messages to many."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .user import User


class SavedView(models.Model):
    """A list with its filters, under a name that its owner gave it. Seen by nobody else."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=60, help_text="The URL name of the list")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "page", "name"], name="saved_view_name_once")]


class Broadcast(models.Model):
    """One message to many people. Its id is the batch of the outbox; the words go after a while, as theirs do."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="broadcasts")
    subject = models.CharField(_("subject"), max_length=80, blank=True)
    words = models.TextField(_("message"), max_length=480, blank=True)
    people = models.JSONField(default=list, help_text="Keys of whom it is for")
    people_count = models.PositiveIntegerField(_("people"), default=0)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True, help_text="Everybody's message is in the outbox")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    done_count = models.PositiveIntegerField(default=0, help_text="How many of the people it has been through")

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("message to many")
        verbose_name_plural = _("messages to many")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at=None, finished_at=None, done_count=0) | models.Q(sent_at__isnull=False),
                name="broadcast_is_sent_before_it_is_done",
            ),
        ]

    def __str__(self):
        return self.subject or self.words[:60]
