import secrets

from django.db import models
from django.utils import timezone

from .permanent import Permanent, PermanentQuerySet


def new_seed() -> str:
    return secrets.token_hex(32)


class StatusList(Permanent):
    """One list of bits of a country. The seed says which bits are decoys: who knows it can count who was withdrawn."""

    country_code = models.CharField(max_length=2)
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=64, default=new_seed)
    opened_at = models.DateTimeField(default=timezone.now)

    objects = PermanentQuerySet.as_manager()

    class Meta:
        ordering = ["country_code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["country_code", "number"], name="status_list_numbered_by_country")
        ]
