from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .permanent import Permanent, PermanentQuerySet
from .register import Certificate


class CertificateSeal(Permanent):
    """One link of the register's hash chain (`lms.core.audit.chain`): it covers the events that were new."""

    number = models.PositiveBigIntegerField(primary_key=True)
    previous_hash = models.CharField(max_length=64, blank=True, help_text="Empty for the first")
    hash = models.CharField(max_length=64, unique=True)
    covers = models.JSONField(default=list, help_text="[number of an event, its digest], in order")
    sealed_at = models.DateTimeField(default=timezone.now)

    objects = PermanentQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number=1, previous_hash="") | Q(number__gt=1), name="certificate_seal_first_is_one"
            ),
            models.UniqueConstraint(fields=["previous_hash"], name="certificate_seals_do_not_fork"),
        ]


class CertificateEvent(Permanent):
    """What happened to a certificate, in order. Rows are only ever added; an erasure empties `note` and its salt."""

    class Kind(models.TextChoices):
        AWARDED = "awarded", _("Awarded")
        CONFIRMED = "confirmed", _("Confirmed by HR")
        DRAWN = "drawn", _("Drawn, signed and stored")
        CARD_DRAWN = "card_drawn", _("Wallet card stored")
        BLOCKED = "blocked", _("Blocked")
        UNBLOCKED = "unblocked", _("Tried again")
        REVOKED = "revoked", _("Withdrawn")
        UPHELD = "upheld", _("Withdrawal confirmed")
        REINSTATED = "reinstated", _("Reinstated")
        SUPERSEDED = "superseded", _("Replaced")
        RENEWED = "renewed", _("Renewed")
        KEPT = "kept", _("Looked at: it stands")
        ERASED = "erased", _("Personal data erased")

    class Reason(models.TextChoices):
        ISSUED_IN_ERROR = "issued_in_error", _("Issued in error")
        RESULT_NOT_VALID = "result_not_valid", _("A result behind it does not stand")
        CONDUCT = "conduct", _("Conduct")
        LEFT = "left", _("No longer in the programme")
        OTHER = "other", _("Other")

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    note = models.CharField(_("note"), max_length=250, blank=True)
    note_salt = models.CharField(max_length=32, blank=True)
    note_sha256 = models.CharField(max_length=64, blank=True, help_text="Of salt and note: stays when they are erased")
    facts = models.JSONField(default=dict, help_text="Hashes and codes that it vouches for; never a name")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    seal = models.ForeignKey(CertificateSeal, models.PROTECT, null=True, blank=True, related_name="events")

    objects = PermanentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("certificate event")
        indexes = [
            models.Index(fields=["at"], condition=Q(seal=None), name="certificate_event_unsealed"),
            models.Index(
                fields=["at"], condition=Q(kind__in=("revoked", "reinstated")), name="certificate_event_undone"
            ),
        ]
