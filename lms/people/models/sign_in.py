import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .user import User

CLOTHS = {
    User.Face.BIRD: "madder",
    User.Face.DRUM: "leaf",
    User.Face.TREE: "lake",
    User.Face.CALABASH: "clay",
    User.Face.SUN: "indigo",
    User.Face.FISH: "plum",
    User.Face.BASKET: "leaf",
    User.Face.STAR: "madder",
}


class OneTimeCodeQuerySet(models.QuerySet):
    def open(self):
        return self.filter(used_at=None, cancelled_at=None, expires_at__gt=timezone.now())


class OneTimeCode(models.Model):
    """Printed on a slip by an intake or a trainer's reset; lets its person choose a PIN, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="one_time_codes")
    code_hash = models.CharField(max_length=200)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = OneTimeCodeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("one-time code")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(used_at=None, cancelled_at=None),
                name="one_time_code_one_open_per_person",
            ),
        ]


class Device(models.Model):
    """A browser that this person has signed in on before: strangers' wrong tries do not count against it."""

    person = models.ForeignKey(User, models.CASCADE, related_name="devices")
    token_hash = models.CharField(max_length=64)
    first_used_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(default=timezone.now)
    label = models.CharField(max_length=60, blank=True, help_text="Browser and system, as words: «Chrome, Android»")
    remembered_at = models.DateTimeField(null=True, blank=True, help_text="Her picture stands on this shared phone")
    noticed_at = models.DateTimeField(null=True, blank=True, help_text="She has seen that this browser signed in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "token_hash"], name="device_once_per_person")]

    @property
    def cloth(self) -> str:
        """The colour behind her picture."""
        return CLOTHS.get(self.person.face, "indigo")
