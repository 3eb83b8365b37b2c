"""People picked from a list for one action, and what became of each."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .user import User


def private_storage():
    return storages["private"]


def selection_path(selection, filename) -> str:
    """A random name: nothing personal in it, nothing to guess."""
    return f"selections/{uuid.uuid4().hex}"


class Selection(models.Model):
    """Picked once, confirmed once: a second press finds `confirmed_at`. Seen by its maker only, and soon forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="selections")
    page = models.CharField(max_length=60, help_text="The URL name of the list")
    made_at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=40, blank=True)
    choices = models.JSONField(default=dict, help_text="What the action's form was answered")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When somebody was last at work on it")
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(storage=private_storage, upload_to=selection_path, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, action="") | (Q(confirmed_at__isnull=False) & ~Q(action="")),
                name="selection_confirmed_names_its_action",
            ),
        ]

    @property
    def back_url(self) -> str:
        """The list: its URL name, and after a space the key of the row that it is about, if any."""
        name, *about = self.page.split()
        return reverse(name, args=about)


class PickedQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(done_at=None, why="")

    def done(self):
        return self.filter(done_at__isnull=False)

    def refused(self):
        return self.exclude(why="")


class Picked(models.Model):
    """One row of the list. `row` is the key of what the list was about: the person, or for rooms above an enrolment."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="picked")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    row = models.UUIDField()
    done_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=250, blank=True, help_text="Why it was not done")

    objects = PickedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "person", "row"], name="picked_once"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(why=""), name="picked_done_or_refused"),
        ]
