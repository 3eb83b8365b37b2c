"""Training from before this platform, with its evidence, approved by a second person: credit, never a mark."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country


def credit_in_words(provider: str, done_on: date) -> str:
    """What stands wherever a completion of ours would say «done», a mark or an observer."""
    words = gettext("Credit: trained before, %(where)s, %(date)s")
    return words % {"where": provider, "date": date_format(done_on, "j M Y")}


class CreditSheet(models.Model):
    """A spreadsheet of earlier training. One person sends it, another approves it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    rows = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    handed_on_at = models.DateTimeField(null=True, blank=True, help_text="Looked over by its sender, waits for another")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(null=True)
    answer = models.CharField(_("reason"), max_length=250, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("earlier training")
        verbose_name_plural = _("earlier training")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("uploaded_by")), name="credit_sheet_needs_two_people"
            ),
        ]


class Credit(models.Model):
    """One module or practical that a person learned before. What she need not do again hangs on its completions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="credits")
    sheet = models.ForeignKey(CreditSheet, models.PROTECT, related_name="credits")
    target_key = models.UUIDField(help_text="Translation key of the module or practical")
    title = models.CharField(max_length=255)
    done_on = models.DateField(_("done on"))
    provider = models.CharField(_("where"), max_length=120)
    evidence = models.CharField(_("evidence"), max_length=250)
    valid_until = models.DateField(_("counts until"))
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-done_on"]
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        constraints = [
            models.UniqueConstraint(fields=["person", "target_key", "done_on"], name="credit_once"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("done_on")), name="credit_ends_after_it_was_done"),
        ]

    @property
    def in_words(self) -> str:
        return credit_in_words(self.provider, self.done_on)
